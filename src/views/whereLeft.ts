import { type Accessor, createComputed, createEffect, on } from 'solid-js';
import type { VirtualizerHandle } from 'virtua/solid';

/** The paper at the top of a list, and how far the list was scrolled past its beginning, pixels. */
interface Left {
  readonly id: string;
  readonly past: number;
}

/** Questions whose place is remembered: more than anybody goes back. */
const REMEMBERED = 100;

interface List {
  /** What the list answers: its place and query. */
  readonly question: Accessor<string>;
  /** Ids of the items, in order; undefined for what is no paper. */
  readonly ids: Accessor<readonly (string | undefined)[]>;
  /** The list is the answer to the question, and no better one is on its way. */
  readonly settled: Accessor<boolean>;
  /** The question came by Back or Forward. */
  returned(): boolean;
  handle(): VirtualizerHandle | undefined;
  scroller(): HTMLElement | undefined;
}

export interface WhereLeft {
  /** The reader moves the list: it is not pulled back. */
  release(): void;
  /** A place is being gone back to. */
  returning(): boolean;
}

/**
 * Back leads to the row at which a list was left; a new question starts at its top. By the paper and not by
 * pixels: rows above it may not have been measured, and papers may have arrived.
 */
export function keepWhereLeft(list: List): WhereLeft {
  const places = new Map<string, Left>();
  let goal: Left | undefined;

  /** Read from what is drawn: what the virtualizer says of rows it has just come to is a guess. */
  const remember = (question: string) => {
    // Left before it was there: what is known of it holds.
    if (goal) return;
    places.delete(question);
    const scroller = list.scroller();
    if (!scroller?.isConnected || scroller.scrollTop <= 0) return;
    const edge = scroller.getBoundingClientRect().top;
    for (const row of scroller.querySelectorAll<HTMLElement>('[data-paper]')) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom <= edge) continue;
      places.set(question, { id: row.dataset.paper as string, past: edge - top });
      break;
    }
    if (places.size > REMEMBERED) places.delete(places.keys().next().value as string);
  };
  // Computed and not an effect: the old rows still stand when it runs.
  createComputed(
    on(list.question, (question, before) => {
      if (before !== undefined) remember(before);
      goal = list.returned() ? places.get(question) : undefined;
    }),
  );
  /*
   * Not by `scrollToIndex(0)`, which goes on pulling back to the top while rows are being measured: a reader
   * who scrolls at once is thrown back.
   */
  createEffect(
    on(
      list.question,
      () => {
        if (!goal) list.scroller()?.scrollTo({ top: 0 });
      },
      { defer: true },
    ),
  );
  createEffect(
    on([list.question, list.ids, list.settled], ([, ids, settled]) => {
      const wanted = goal;
      if (!wanted) return;
      const at = ids.indexOf(wanted.id);
      if (at < 0) return;
      // After the list has taken the new rows, before they are painted.
      queueMicrotask(() => list.handle()?.scrollToIndex(at, { align: 'start', offset: wanted.past }));
      if (settled) goal = undefined;
    }),
  );

  return {
    release() {
      goal = undefined;
    },
    returning: () => goal !== undefined,
  };
}
