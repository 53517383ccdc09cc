import type { Group } from './grouping.ts';

/** The group of the papers that fit in none: it is nobody's heir, and has no colour. */
export const OTHER = 'other';

/** Groups share a palette with topics. */
const COLORS = 10;
/**
 * Papers that two groups share, of all that either has and that were there at both times, from which they are one
 * group: beyond a half a group can be heir of one only.
 */
const SAME = 0.5;
/** A group of which fewer were there before has become something else: a few papers may not name hundreds. */
const LEAST_OLD = 0.2;

/**
 * Gives groups the ids, names and colours of those before them, where they hold mostly the same papers; others get
 * the colours that the fewest have. Ids and names stay different from one another. Pure, O(papers).
 * @param named ids of groups that the reader has named: however they have grown, they go on, and where one has
 * no heir nobody else is called as the reader called it.
 */
export function inherit(
  groups: readonly Group[],
  before: readonly Group[],
  named: ReadonlySet<string> = new Set(),
): Group[] {
  const heirs = heirsOf(groups, before, named);
  const ended = before.filter(({ id }) => named.has(id));
  const taken = new Set([...heirs.values(), ...ended].map(({ id }) => id));
  const names = new Set([...heirs.values()].map(({ name }) => name));
  const used = Array.from({ length: COLORS }, () => 0);
  const use = (color: number) => {
    used[color] = (used[color] as number) + 1;
    return color;
  };
  for (const { color } of heirs.values()) if (color !== undefined) use(color);
  const free = () => use(used.indexOf(Math.min(...used)));
  return groups.map((group) => {
    if (group.id === OTHER) return group;
    const heir = heirs.get(group);
    if (heir) return { ...group, id: heir.id, name: heir.name, color: heir.color ?? free() };
    const id = freeOf(group.id, '-', taken);
    const name = freeOf(group.name, ' ', names);
    return { ...group, id, name, color: free() };
  });
}

function freeOf(wanted: string, between: string, taken: Set<string>): string {
  let free = wanted;
  for (let n = 2; taken.has(free); n++) free = `${wanted}${between}${n}`;
  taken.add(free);
  return free;
}

/** Each group with the one before it that it is the heir of. */
function heirsOf(
  groups: readonly Group[],
  before: readonly Group[],
  named: ReadonlySet<string>,
): Map<Group, Group> {
  const groupOf = new Map<string, Group>();
  for (const group of before) for (const id of group.paperIds) groupOf.set(id, group);
  const now = new Set<string>();
  for (const { paperIds } of groups) for (const id of paperIds) now.add(id);
  const left = new Map(before.map((group) => [group, group.paperIds.filter((id) => now.has(id)).length]));
  const heirs = new Map<Group, Group>();
  for (const group of groups) {
    if (group.id === OTHER) continue;
    const shared = new Map<Group, number>();
    let known = 0;
    for (const id of group.paperIds) {
      const old = groupOf.get(id);
      if (!old) continue;
      known++;
      shared.set(old, (shared.get(old) ?? 0) + 1);
    }
    for (const [old, both] of shared) {
      const either = known + (left.get(old) as number) - both;
      const goesOn = known >= LEAST_OLD * group.paperIds.length || named.has(old.id);
      if (both > SAME * either && goesOn && old.id !== OTHER) heirs.set(group, old);
    }
  }
  return heirs;
}
