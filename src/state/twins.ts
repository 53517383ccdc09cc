import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { compareDates } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import type { Twins as Found } from '../ranking/duplicates.ts';
import type { Store } from '../store/store.ts';
import type { Address } from './address.ts';
import type { Library } from './library.ts';
import type { Row } from './listing.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices } from './notices.ts';
import type { Undo } from './topicChanges.ts';

/** Papers that tell of one work. In the list the newest stands for all; elsewhere each is a paper of its own. */
export interface Twins {
  /** All versions of the paper's work that are here, newest first; none for a paper that stands alone. */
  of(paperId: string): readonly Paper[];
  /** The rows with the versions of a work folded into one, where the open place folds. */
  fold(rows: readonly Row[]): Folded;
  /** Whether the versions of this paper's work are all shown. */
  isUnfolded(paperId: string): boolean;
  unfold(paperId: string, open: boolean): void;
  /** The reader says that two papers are not one work. */
  part(one: string, other: string): Promise<Undo>;
}

export interface Folded {
  readonly rows: readonly Row[];
  /** How many other versions each paper stands for, by its id. */
  readonly under: ReadonlyMap<string, number>;
}

interface Parts {
  readonly address: Accessor<Address>;
  readonly store: Promise<Store>;
  readonly library: Library;
  readonly ranker: Pick<Ranker, 'twins'>;
  readonly meaning: Pick<Meaning, 'complete'>;
  readonly notices: Notices;
}

/** Pairs of ids that the reader has parted. */
const PARTED_SETTING = 'not-same';
const NONE: ReadonlyMap<string, number> = new Map();
/** What the reader marked is meant one by one. */
const FOLDING_PLACES: readonly string[] = ['all', 'topic', 'group', 'similar'];

export function createTwins({ address, store, library, ranker, meaning, notices }: Parts): Twins {
  const [found, setFound] = createSignal<Found>([]);
  const [parted, setParted] = createSignal<ReadonlySet<string>>(new Set());
  const [unfolded, setUnfolded] = createSignal<ReadonlySet<string>>(new Set());
  const warn = (error: unknown) => {
    if (!isStop(error)) notices.fail(error);
  };

  let newest = 0;
  createEffect(
    // Once all papers have their vectors: half of them would fold half of the works. What changes them changes this.
    on(meaning.complete, async (papers) => {
      const mine = ++newest;
      if (!papers) return;
      // A ranker that is gone has been told of already.
      const twins = await ranker.twins().catch(() => []);
      if (mine === newest) setFound(twins);
    }),
  );

  const readParted = async () => {
    setParted(keysOf(await (await store).setting<unknown>(PARTED_SETTING)));
  };
  readParted().catch(warn);
  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'settings') readParted().catch(warn);
    }),
  );
  const keep = async (change: (keys: Set<string>) => void) => {
    const kept = await (await store).changeSetting<unknown>(PARTED_SETTING, (before) => {
      const keys = keysOf(before);
      change(keys);
      return [...keys];
    });
    setParted(keysOf(kept));
  };

  const versions = createMemo(() => {
    const map = new Map<string, readonly Paper[]>();
    for (const ids of found()) {
      const here = ids.flatMap((id) => library.byId(id) ?? []);
      for (const group of partedGroups(here, parted())) {
        const sorted = group.toSorted((a, b) => compareDates(b.date ?? '', a.date ?? ''));
        if (sorted.length > 1) for (const paper of sorted) map.set(paper.id, sorted);
      }
    }
    return map;
  });
  const of = (id: string) => versions().get(id) ?? [];
  const keyOf = (id: string) => of(id)[0]?.id ?? id;
  const isUnfolded = (id: string) => unfolded().has(keyOf(id));

  return {
    of,
    fold(rows) {
      const folds = versions().size > 0 && FOLDING_PLACES.includes(address().place.kind);
      return folds ? foldRows(rows, of, isUnfolded) : { rows, under: NONE };
    },
    isUnfolded,
    unfold(id, open) {
      const keys = new Set(unfolded());
      if (open) keys.add(keyOf(id));
      else keys.delete(keyOf(id));
      setUnfolded(keys);
    },
    async part(one, other) {
      const key = pairKey(one, other);
      await keep((keys) => keys.add(key));
      return () => keep((keys) => keys.delete(key));
    },
  };
}

/** Of a setting, which may hold anything. */
function keysOf(kept: unknown): Set<string> {
  return new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : []);
}

function pairKey(one: string, other: string): string {
  return JSON.stringify([one, other].sort());
}

/** Papers of one work without those that the reader has parted: each joins the first group in which it has no such pair. */
export function partedGroups(papers: readonly Paper[], parted: ReadonlySet<string>): Paper[][] {
  const groups: Paper[][] = [];
  for (const paper of papers) {
    const fits = groups.find((group) => group.every(({ id }) => !parted.has(pairKey(id, paper.id))));
    if (fits) fits.push(paper);
    else groups.push([paper]);
  }
  return groups;
}

/**
 * The newest version that the list has stands where the first one did; the others follow it where the work is
 * unfolded and are left out where it is not. Nothing moves over a line: there are other papers below it.
 */
export function foldRows(
  rows: readonly Row[],
  of: (id: string) => readonly Paper[],
  isUnfolded: (id: string) => boolean,
): Folded {
  const under = new Map<string, number>();
  const folded: Row[] = [];
  let stretch: Row[] = [];
  const close = () => {
    const here = new Map(
      stretch.flatMap((row) => (row.kind === 'paper' ? [[row.paper.id, row] as const] : [])),
    );
    const done = new Set<string>();
    for (const row of stretch) {
      if (row.kind !== 'paper' || done.has(row.paper.id)) continue;
      const all = of(row.paper.id).flatMap(({ id }) => here.get(id) ?? []);
      const [first = row, ...others] = all;
      for (const one of all) if (one.kind === 'paper') done.add(one.paper.id);
      folded.push(first);
      if (others.length === 0 || first.kind !== 'paper') continue;
      under.set(first.paper.id, others.length);
      if (isUnfolded(first.paper.id)) folded.push(...others);
    }
    stretch = [];
  };
  for (const row of rows) {
    if (row.kind === 'paper') {
      stretch.push(row);
      continue;
    }
    close();
    folded.push(row);
  }
  close();
  return { rows: folded, under };
}
