import { createEffect, untrack } from 'solid-js';
import type { MarkKind } from '../state/marks.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { markPaper } from './mark.ts';
import { afterSecondViews } from './onDemand.ts';
import { sayOf } from './say.ts';

/** Frames that a row is waited for before the focus stays where it is: the list draws in one or two. */
const FRAMES_TO_DRAW = 20;

/** The way through the list and the papers, as keys and commands go it. */
export interface Walk {
  /** To the next paper, or the one before; from none to the first. */
  move(by: 1 | -1): void;
  /** The paper of the row that has the focus, or the open one: the focus moves to its text. */
  open(): void;
  /** The list's first paper. One that is not there yet is opened when it comes; true while it is waited for. */
  toFirst(): boolean;
  /** Nothing is waited for any more. */
  forget(): void;
  /** One step out: the paper or page, the query, the neighbourhood of a paper. */
  leave(): void;
  /** Of the open paper. */
  mark(kind: MarkKind): void;
  /** Of the open paper and the open topic. */
  say(said: 'liked' | 'disliked'): void;
  /** The open paper, before the list moves it far away or takes it out: the next one is what stood next. */
  takePaper(): string | undefined;
}

export const rowOf = (target: Element | null) => target?.closest<HTMLElement>('a.row') ?? undefined;

export function createWalk(sheaf: Sheaf): Walk {
  const { bar, library, listing, question, search, topics, notices } = sheaf;
  /** Enter was pressed before the answer came: this question's best paper is opened when it does. */
  let awaited: string | undefined;
  /** The row that takes the focus as soon as it is drawn. */
  let coming: string | undefined;
  /** What stood before and after a paper when it was marked, or said whether it belongs. */
  let neighbours:
    | { of: string; in: string; before: string | undefined; after: string | undefined }
    | undefined;

  const focusRow = (id: string) => {
    coming = id;
    let frames = 0;
    const look = () => {
      if (coming !== id) return;
      const row = document.querySelector<HTMLElement>(`a.row[data-paper="${CSS.escape(id)}"]`);
      if (row || ++frames > FRAMES_TO_DRAW) coming = undefined;
      if (row) row.focus({ preventScroll: true });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  const focusTitle = () => afterSecondViews(() => document.querySelector<HTMLElement>('.paper h1')?.focus());
  /** Another question lists other papers: what stood beside one there is no neighbour here. */
  const listOf = () => JSON.stringify([bar.address().place, bar.address().query]);
  const listed = () => listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
  const move = (by: number) => {
    const ids = listed();
    if (ids.length === 0) return;
    const open = bar.address().paper ?? '';
    const at = ids.indexOf(open);
    const here = neighbours?.of === open && neighbours.in === listOf() ? neighbours : undefined;
    const before = by > 0 ? here?.after : here?.before;
    const stood = before !== undefined && ids.includes(before) ? before : undefined;
    neighbours = undefined;
    const next = stood ?? ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))];
    // Walking down the list is one step of the history, not one a paper.
    const inList = coming !== undefined || rowOf(document.activeElement);
    bar.go({ paper: next, page: undefined }, { replace: bar.address().paper !== undefined });
    // A focus left behind would make Enter open the row that it stands on.
    if (inList && next) focusRow(next);
  };
  const answered = () => {
    const wanted = question().text.trimStart();
    return !wanted || search.ranking()?.query === wanted || !search.pending();
  };
  const toFirst = () => {
    awaited = answered() ? undefined : bar.address().query;
    if (awaited !== undefined) return true;
    const first = listing.rows().find((row) => row.kind === 'paper');
    if (first?.kind === 'paper') bar.go({ paper: first.paper.id, page: undefined });
    return false;
  };
  createEffect(() => {
    const ready = answered();
    const { query } = bar.address();
    if (awaited === undefined) return;
    // Another question since: whoever typed on has not asked for this one's best.
    if (awaited !== query) awaited = undefined;
    else if (ready) {
      untrack(toFirst);
      focusTitle();
    }
  });
  const open = () => {
    const focused = rowOf(document.activeElement)?.dataset.paper;
    if (focused) bar.go({ paper: focused, page: undefined });
    else if (!bar.address().paper) move(1);
    coming = undefined;
    focusTitle();
  };
  const leave = () => {
    const { paper, page, query, place } = bar.address();
    if (paper || page) {
      const wasReading = document.activeElement?.closest('.column-paper');
      bar.go({ paper: undefined, page: undefined });
      if (paper && wasReading) focusRow(paper);
    } else if (query) bar.go({ query: '' });
    else if (place.kind === 'similar') bar.go({ place: { kind: 'all' } });
  };
  const takePaper = () => {
    const { paper } = bar.address();
    if (paper === undefined || !library.byId(paper)) return undefined;
    if (neighbours?.of !== paper) {
      const ids = listed();
      const at = ids.indexOf(paper);
      neighbours = { of: paper, in: listOf(), before: ids[at - 1], after: ids[at + 1] };
    }
    return paper;
  };

  return {
    move,
    open,
    toFirst,
    forget() {
      awaited = undefined;
    },
    leave,
    mark(kind) {
      const paper = takePaper();
      if (paper !== undefined) void markPaper(sheaf, paper, kind);
    },
    say(said) {
      const { place } = bar.address();
      const topic = place.kind === 'topic' ? topics.byId(place.id) : undefined;
      const paper = topic && takePaper();
      if (topic && paper !== undefined) void sayOf({ topics, notices }, topic, paper, said);
    },
    takePaper,
  };
}
