/**
 * What the campaigns on storage do to a library, and what a library is after it: a model of a few lines, written
 * apart from the store, that the real one is held against.
 */

/** One change, acknowledged as a whole. */
export type Deed =
  | { readonly do: 'import'; readonly from: number; readonly to: number }
  /** Of the import just before. */
  | { readonly do: 'undo'; readonly from: number; readonly to: number }
  | { readonly do: 'remove'; readonly papers: readonly string[] }
  | { readonly do: 'note'; readonly paper: string; readonly text: string }
  /** A line more in a note, whatever of it the tab has seen; the others' lines stay. */
  | { readonly do: 'write'; readonly paper: string; readonly line: string }
  | { readonly do: 'mark'; readonly papers: readonly string[]; readonly read: string }
  | { readonly do: 'tag'; readonly papers: readonly string[]; readonly tag: string }
  | { readonly do: 'topic'; readonly id: string; readonly papers: readonly string[] }
  | { readonly do: 'drop topic'; readonly id: string }
  | { readonly do: 'group'; readonly id: string; readonly name: string }
  | { readonly do: 'setting'; readonly value: number }
  | { readonly do: 'backup'; readonly n: number }
  | { readonly do: 'vectors'; readonly batch: number }
  /** Some bytes of a model. */
  | { readonly do: 'model'; readonly bytes: number }
  | { readonly do: 'copy' };

/** A library as it is compared: plain, and in one order. */
export interface Kept {
  readonly papers: string[];
  readonly notes: Record<string, string>;
  readonly read: Record<string, string>;
  readonly tags: Record<string, readonly string[]>;
  readonly topics: string[];
  /** `topic paper`. */
  readonly opinions: string[];
  readonly groups: Record<string, string>;
  readonly setting: number;
  /** Batches of vectors of which every row is there. */
  readonly vectors: number[];
}

export const NOTHING: Kept = {
  papers: [],
  notes: {},
  read: {},
  tags: {},
  topics: [],
  opinions: [],
  groups: {},
  setting: 0,
  vectors: [],
};

/** Vectors that are stored at once. */
export const BATCH = 16;

export const idOf = (n: number) => `title:paper${n}`;
/** The papers of a backup, apart from those of imports. */
export const ofBackup = (n: number) => [`title:backup${n}a`, `title:backup${n}b`] as const;

/** A library after a deed. */
export function after(kept: Kept, deed: Deed): Kept {
  switch (deed.do) {
    case 'import':
      return { ...kept, papers: union(kept.papers, numbers(deed)) };
    case 'undo':
      return { ...kept, papers: without(kept.papers, numbers(deed)) };
    case 'remove':
      return { ...kept, papers: without(kept.papers, deed.papers) };
    case 'note':
      return { ...kept, notes: put(kept.notes, deed.paper, deed.text || undefined) };
    case 'write': {
      const lines = linesOf(`${kept.notes[deed.paper] ?? ''}\n${deed.line}`);
      return { ...kept, notes: put(kept.notes, deed.paper, lines) };
    }
    case 'mark':
      return {
        ...kept,
        read: deed.papers.reduce((all, id) => put(all, id, deed.read || undefined), kept.read),
      };
    case 'tag':
      return {
        ...kept,
        tags: deed.papers.reduce(
          (all, id) => put(all, id, [...new Set([...(all[id] ?? []), deed.tag])]),
          kept.tags,
        ),
      };
    case 'topic':
      return {
        ...kept,
        topics: union(kept.topics, [deed.id]),
        opinions: union(
          kept.opinions,
          deed.papers.map((paper) => `${deed.id} ${paper}`),
        ),
      };
    case 'drop topic':
      return {
        ...kept,
        topics: without(kept.topics, [deed.id]),
        opinions: kept.opinions.filter((one) => !one.startsWith(`${deed.id} `)),
      };
    case 'group':
      return { ...kept, groups: put(kept.groups, deed.id, deed.name) };
    case 'setting':
      return { ...kept, setting: deed.value };
    case 'backup': {
      const [first, second] = ofBackup(deed.n);
      return {
        ...kept,
        papers: union(kept.papers, [first, second]),
        notes: put(kept.notes, first, `backup ${deed.n}`),
        read: put(kept.read, second, `backup ${deed.n}`),
        topics: union(kept.topics, [`b${deed.n}`]),
        opinions: union(kept.opinions, [`b${deed.n} ${first}`]),
      };
    }
    case 'vectors':
      return { ...kept, vectors: [...new Set([...kept.vectors, deed.batch])].sort((a, b) => a - b) };
    case 'model':
    case 'copy':
      return kept;
  }
}

/** A next deed, drawn by chance; `n` counts them, so that no two write the same. */
export function drawDeed(random: () => number, n: number, last?: Deed): Deed {
  const upTo = (count: number) => Math.floor(random() * count);
  const some = () => [...new Set(Array.from({ length: 1 + upTo(4) }, () => idOf(upTo(40))))];
  if (last?.do === 'import' && last.from >= 1_000 && random() < 0.5) return { ...last, do: 'undo' };
  const fresh = 1_000 + n * 100;
  const deeds: (() => Deed)[] = [
    () => ({ do: 'import', from: fresh, to: fresh + 5 + upTo(40) }),
    () => ({ do: 'import', from: upTo(20), to: 21 + upTo(20) }),
    () => ({ do: 'remove', papers: some() }),
    () => ({
      do: 'note',
      paper: idOf(upTo(40)),
      text: random() < 0.2 ? '' : `note ${n} ${'x'.repeat(upTo(400))}`,
    }),
    () => ({ do: 'note', paper: idOf(upTo(40)), text: `note ${n}` }),
    () => ({ do: 'mark', papers: some(), read: random() < 0.3 ? '' : `${n}` }),
    () => ({ do: 'tag', papers: some(), tag: `tag${upTo(8)}` }),
    () => ({ do: 'topic', id: `t${upTo(6)}`, papers: some() }),
    () => ({ do: 'drop topic', id: `t${upTo(6)}` }),
    () => ({ do: 'group', id: `g${upTo(6)}`, name: `group ${n}` }),
    () => ({ do: 'setting', value: n + 1 }),
    () => ({ do: 'backup', n: upTo(50) }),
    () => ({ do: 'vectors', batch: n }),
    () => ({ do: 'copy' }),
  ];
  return (deeds[upTo(deeds.length)] as () => Deed)();
}

/** The same library always as the same text. */
export function textOf(kept: Kept): string {
  const sorted = (record: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { notes, read, tags, groups } = kept;
  return JSON.stringify({
    ...kept,
    papers: [...kept.papers].sort(),
    topics: [...kept.topics].sort(),
    opinions: [...kept.opinions].sort(),
    notes: sorted(notes),
    read: sorted(read),
    tags: sorted(tags),
    groups: sorted(groups),
  });
}

/** A note as its lines, in one order: where two tabs wrote at once either may stand first. */
export function linesOf(text: string): string {
  const lines = text.split('\n').filter((line) => line && line !== '---');
  return [...new Set(lines)].sort().join('\n');
}

function numbers({ from, to }: { from: number; to: number }): string[] {
  return Array.from({ length: to - from }, (_, index) => idOf(from + index));
}

function union(before: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...before, ...more])];
}

function without(before: readonly string[], gone: readonly string[]): string[] {
  return before.filter((one) => !gone.includes(one));
}

function put<T>(record: Record<string, T>, key: string, value: T | undefined): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return value === undefined ? rest : { ...rest, [key]: value };
}
