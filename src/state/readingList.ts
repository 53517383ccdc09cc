import { type Accessor, createMemo } from 'solid-js';
import type { Library } from './library.ts';
import type { Marked, Marks } from './marks.ts';

/** What is to be read, in the reader's order. */
export interface ReadingList {
  /** Ids of the papers that are here, the next one first. */
  readonly ids: Accessor<readonly string[]>;
  /** Puts papers at the end; those in it stay where they are. */
  add(papers: readonly string[]): Promise<Marked>;
  remove(papers: readonly string[]): Promise<Marked>;
  /** Moves a paper to a place, 0 for the first. */
  move(paper: string, to: number): Promise<Marked>;
}

interface Placed {
  readonly paper: string;
  readonly later: number;
}

/** Halving a gap so often would end at the last digit: below this all are numbered anew. */
const LEAST_GAP = 1e-6;

/**
 * The fewest changes that bring one of the placed, given in order, to another place: its own number between those of
 * its new neighbours, or, where there is no room between them, new numbers for all.
 */
export function movesOf(placed: readonly Placed[], paper: string, to: number): Placed[] {
  const from = placed.findIndex((one) => one.paper === paper);
  const wanted = Math.max(0, Math.min(placed.length - 1, to));
  if (from < 0 || from === wanted) return [];
  const others = placed.filter((one) => one.paper !== paper);
  const [before, after] = [others[wanted - 1]?.later, others[wanted]?.later];
  if (before === undefined) return [{ paper, later: (after as number) - 1 }];
  if (after === undefined) return [{ paper, later: before + 1 }];
  if (after - before > LEAST_GAP) return [{ paper, later: (before + after) / 2 }];
  const order = others.toSpliced(wanted, 0, { paper, later: 0 });
  return order.map((one, at) => ({ paper: one.paper, later: at + 1 }));
}

export function createReadingList(marks: Marks, library: Pick<Library, 'byId'>): ReadingList {
  const placed = createMemo(() =>
    marks
      .all()
      .flatMap(({ paper, later }): Placed[] => (later === undefined ? [] : [{ paper, later }]))
      // Two tabs may give the same place at once: every tab shows them alike.
      .sort((a, b) => a.later - b.later || (a.paper < b.paper ? -1 : 1)),
  );
  /** After the last place that was given: it may not be kept when the next paper is put in. */
  let next = 0;
  const here = createMemo(() => placed().filter(({ paper }) => library.byId(paper)));
  return {
    ids: createMemo(() => here().map(({ paper }) => paper)),
    add(papers) {
      const known = marks.with('later');
      const fresh = [...new Set(papers)].filter((paper) => !known.has(paper));
      const first = Math.max(next, marks.lastPlace());
      next = first + fresh.length;
      return marks.change(fresh.map((paper, at) => ({ paper, later: first + at })));
    },
    remove: (papers) => marks.change(papers.map((paper) => ({ paper, later: undefined }))),
    move(paper, to) {
      // Among those that are seen: one that was removed keeps its number and comes back near its old neighbours.
      return marks.change(movesOf(here(), paper, to));
    },
  };
}
