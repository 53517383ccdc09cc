import { createEffect, onCleanup, onMount, untrack } from 'solid-js';
import type { MarkKind } from '../state/marks.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { markPaper } from './mark.ts';
import { endSelecting, moveInReadingList, readingKeys } from './readingKeys.ts';
import { sayOf } from './say.ts';

interface Actions {
  focusSearch(): void;
  showKeys(): void;
  /** Closes what lies on top; true if something did. */
  closeTop(): boolean;
}

/** Frames that a row is waited for before the focus stays where it is: the list draws in one or two. */
const FRAMES_TO_DRAW = 20;
/** What of the last screen stays in sight when the list is paged, pixels. */
const PAGE_OVERLAP = 60;

const rowOf = (target: Element | null) => target?.closest<HTMLElement>('a.row') ?? undefined;

/** Enter on a row opens it and moves to its text; with Shift the browser opens a window. */
const opensRow = (event: KeyboardEvent) => !event.shiftKey && rowOf(event.target as Element) !== undefined;

/** The whole site by keyboard. Ctrl/Cmd-F is the browser's and is left alone. */
export function bindKeys(sheaf: Sheaf, actions: Actions): void {
  const { bar, library, listing, question, search, topics, notices } = sheaf;
  let prefix = '';
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
  const focusTitle = () =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.paper h1')?.focus());
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
    if (awaited !== undefined) return;
    const first = listing.rows().find((row) => row.kind === 'paper');
    if (first?.kind === 'paper') bar.go({ paper: first.paper.id, page: undefined });
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
  /** One step out: what lies on top, the paper or page, the query, the neighbourhood of a paper. */
  const leave = () => {
    if (actions.closeTop() || endSelecting(sheaf)) return;
    const { paper, page, query, place } = bar.address();
    if (paper || page) {
      const wasReading = document.activeElement?.closest('.column-paper');
      bar.go({ paper: undefined, page: undefined });
      if (paper && wasReading) focusRow(paper);
    } else if (query) bar.go({ query: '' });
    else if (place.kind === 'similar') bar.go({ place: { kind: 'all' } });
  };
  /** The browser scrolls what has the focus, and the page itself never scrolls: with none, the list is meant. */
  const scrollList = (event: KeyboardEvent): boolean => {
    const list = document.querySelector<HTMLElement>('.column-list .scroller');
    // On a phone the paper lies over the list.
    const scroller =
      list && getComputedStyle(list).visibility === 'visible'
        ? list
        : document.querySelector<HTMLElement>('.column-paper');
    if (!scroller) return false;
    const page = scroller.clientHeight - PAGE_OVERLAP;
    if (event.key === 'Home') scroller.scrollTo({ top: 0 });
    else if (event.key === 'End') scroller.scrollTo({ top: scroller.scrollHeight });
    else if (event.key === 'PageDown' || (event.key === ' ' && !event.shiftKey))
      scroller.scrollBy({ top: page });
    else if (event.key === 'PageUp' || event.key === ' ') scroller.scrollBy({ top: -page });
    else return false;
    return true;
  };
  /** The open paper, before the list moves it far away or takes it out: the next one is what stood next. */
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
  const mark = (kind: MarkKind) => {
    const paper = takePaper();
    if (paper !== undefined) void markPaper(sheaf, paper, kind);
  };
  /** Of the open paper and the open topic. */
  const say = (said: 'liked' | 'disliked') => {
    const { place } = bar.address();
    const topic = place.kind === 'topic' ? topics.byId(place.id) : undefined;
    const paper = topic && takePaper();
    if (topic && paper !== undefined) void sayOf({ topics, notices }, topic, paper, said);
  };
  const plainKeys: Record<string, () => void> = {
    '/': actions.focusSearch,
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    o: open,
    Enter: open,
    y: () => say('liked'),
    n: () => say('disliked'),
    s: () => mark('starred'),
    m: () => mark('read'),
    ...readingKeys(sheaf, takePaper, listed),
    e: () => bar.go({ page: 'export' }),
    Escape: leave,
    '?': actions.showKeys,
  };

  const onKey = (event: KeyboardEvent) => {
    awaited = undefined;
    // What lies over the page has its own keys: taking Esc from a dialog would keep it open.
    if (document.querySelector('dialog[open]')) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      actions.focusSearch();
      return;
    }
    if (moveInReadingList(sheaf, event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    // Held down, a mark would be put and taken away in turns.
    if (event.repeat && 'smynlx'.includes(event.key)) return;
    const target = event.target as HTMLElement;
    const typing = target.matches('input:not([type="radio"]), textarea, select');
    if (typing) {
      // From the field the arrows go on into the list.
      const intoList =
        target.matches('[type="search"]') && (event.key === 'ArrowDown' || event.key === 'Enter');
      if (!intoList) return;
      target.blur();
      // Enter asks for the best answer, whatever is open from before.
      if (event.key === 'Enter') toFirst();
      // Not there yet: nothing of what stands there from before is opened.
      if (awaited !== undefined) {
        event.preventDefault();
        return;
      }
    } else if (event.key === 'Enter' && !opensRow(event) && target.closest('a, button, label, summary')) {
      return;
    } else if (event.key.startsWith('Arrow') && target.closest('.column-paper, [type="radio"]')) {
      return;
    }
    if (prefix === 'g' && event.key === 'a') bar.go({ place: { kind: 'all' }, query: '', paper: undefined });
    else if (plainKeys[event.key]) {
      event.preventDefault();
      plainKeys[event.key]?.();
    } else if (target === document.body && scrollList(event)) event.preventDefault();
    prefix = event.key === 'g' ? 'g' : '';
  };
  onMount(() => addEventListener('keydown', onKey));
  onCleanup(() => removeEventListener('keydown', onKey));
}
