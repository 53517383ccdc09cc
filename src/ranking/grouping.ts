import type { Paper } from '../paper/paper.ts';
import { readableGroups } from '../vector/clusterings.ts';
import type { Clustering } from '../vector/kmeans.ts';
import type { Matrix } from '../vector/matrix.ts';
import type { QuantizedRows } from '../vector/quantized.ts';
import { within } from '../vector/steps.ts';
import { type Groupable, groupableSteps } from './groupable.ts';
import { type Label, labelGroupsSteps } from './labels.ts';
import { inherit, OTHER } from './lineage.ts';

/** Papers found together. */
export interface Group {
  /** Of the name, fit for an address: `gaussian-splatting-compression`; {@link OTHER} for what fits nowhere. */
  readonly id: string;
  readonly name: string;
  readonly words: readonly string[];
  /** Nearest to the group's middle first. */
  readonly paperIds: readonly string[];
  /** Place in the palette, 0 … 9, kept while the group lives; absent for {@link OTHER}. */
  readonly color?: number;
}

export interface Groups {
  readonly groups: readonly Group[];
}

/** A group is named by the papers nearest to its middle, this many: more cost seconds and change no name. */
const NAMING_PAPERS = 80;
/**
 * Cosine with a group's middle, what all papers share aside, below which a paper is not of the group: of the
 * 10,000 Daily Papers 1 in 100 lies below it, in samples of 500 and 3,000 the same to 3.
 */
const LEAST_NEARNESS = 0.2;
/** A group of fewer is none, where there are enough papers for others. */
const FEWEST_IN_GROUP = 3;
const ENOUGH_PAPERS = 40;
/** Groups go on from those before while at least this share of the papers was in them. */
const LEAST_KNOWN = 0.5;
/** With more papers outside all groups there is a subject that the groups before do not have. */
const MOST_OUTSIDE = 0.12;
/** Groups may be so many more or fewer than would be looked for: papers come a few at a time. */
const COUNT_SLACK = 1.5;
/** Rounds over all papers from where the groups stood: they were settled, and only the new ones move them. */
const ROUNDS_ON = 3;
/** Share of the work that finding the groups is, for the progress told; then come their members and their names. */
const FINDING_SHARE = 0.8;
const MEMBERS_SHARE = 0.85;

/**
 * Groups of the papers that have a row, in steps: yields the share done.
 * @param ids of the rows, sorted, so that the same papers give the same groups.
 * @param before the groups that there were: they go on with the papers that have come, keeping id, name and
 * colour, unless most papers are new or they fit them no longer. Then groups are found anew, and one that holds
 * mostly the same papers as one before takes over what that was called.
 */
export function* groupSteps(
  papers: ReadonlyMap<string, Paper>,
  ids: readonly string[],
  given: Matrix | QuantizedRows,
  seed: number,
  before: readonly Group[] = [],
): Generator<number, Group[]> {
  const rows = yield* groupableSteps(given);
  const going = yield* within(goOn(ids, rows, seed, before), 0, before.length > 0 ? 0.5 * FINDING_SHARE : 0);
  const clustering = going ?? (yield* within(rows.choose(seed), 0.5 * FINDING_SHARE, FINDING_SHARE));
  const members = yield* within(membersOf(ids, rows, clustering), FINDING_SHARE, MEMBERS_SHARE);
  const { groups, outside } = members;
  const labels = yield* within(
    labelGroupsSteps(groups.map((ids) => ids.slice(0, NAMING_PAPERS).map((id) => papers.get(id) as Paper))),
    MEMBERS_SHARE,
    1,
  );
  const named = inherit(nameGroups(groups, labels), before);
  if (outside.length === 0) return named;
  return [...named, { id: OTHER, name: 'Other', words: [], paperIds: outside }];
}

function* goOn(
  ids: readonly string[],
  rows: Groupable,
  seed: number,
  before: readonly Group[],
): Generator<number, Clustering | undefined> {
  const groups = before.filter(({ id }) => id !== OTHER);
  const groupOf = new Map<string, number>();
  for (const [at, { paperIds }] of groups.entries()) for (const id of paperIds) groupOf.set(id, at);
  yield 0;
  const place = ids.map((id) => groupOf.get(id));
  const known = place.filter((at) => at !== undefined).length;
  const { minimum, maximum } = readableGroups(ids.length);
  const fit = groups.length >= minimum / COUNT_SLACK && groups.length <= maximum * COUNT_SLACK;
  if (!fit || known === 0 || known < ids.length * LEAST_KNOWN) return undefined;
  yield 0;
  const start = yield* within(rows.made(place, groups.length, seed), 0, 0);
  const found = yield* within(rows.refine(start, ROUNDS_ON), 0, 0.9);
  const { outside } = yield* within(membersOf(ids, rows, found), 0.9, 1);
  return outside.length > ids.length * MOST_OUTSIDE ? undefined : found;
}

/** Ids by group, the nearest to its middle first, and those that are near to none. */
function* membersOf(
  ids: readonly string[],
  rows: Groupable,
  clustering: Clustering,
): Generator<number, { groups: string[][]; outside: string[] }> {
  const { assignment, centroids } = clustering;
  const nearness = yield* rows.nearness(clustering);
  const groups: number[][] = Array.from({ length: centroids.rows }, () => []);
  const outside: number[] = [];
  const enough = ids.length >= ENOUGH_PAPERS;
  ids.forEach((_, row) => {
    const stray = enough && (nearness[row] as number) < LEAST_NEARNESS;
    (stray ? outside : (groups[assignment[row] as number] as number[])).push(row);
  });
  const isGroup = (rows: readonly number[]) => rows.length >= (enough ? FEWEST_IN_GROUP : 1);
  const loose = groups.filter((rows) => !isGroup(rows)).flat();
  const byNearness = (a: number, b: number) => (nearness[b] as number) - (nearness[a] as number) || a - b;
  const listed = (rows: number[]) => rows.sort(byNearness).map((row) => ids[row] as string);
  const real = groups.filter(isGroup);
  // Nothing tells papers apart that are all alike: one group, and not all of them outside of any.
  if (real.length === 0) return { groups: ids.length > 0 ? [[...ids]] : [], outside: [] };
  const members: string[][] = [];
  for (const rows of real) {
    members.push(listed(rows));
    yield 1;
  }
  return { groups: members, outside: listed([...outside, ...loose]) };
}

function nameGroups(groups: readonly string[][], labels: readonly Label[]): Group[] {
  const taken = new Set<string>([OTHER]);
  return groups.map((paperIds, index) => {
    const { name, words } = labels[index] as Label;
    const slug = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    const id = taken.has(slug) ? `${slug}-${index + 1}` : slug;
    taken.add(id);
    return { id, name, words, paperIds };
  });
}
