import { plain } from '../paper/latex.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { moveTo, toggleLater } from './later.ts';

/** The paper of the row that has the focus, or of the tools beside it. */
function focusedRow(): string | undefined {
  const { paper, of } = document.activeElement?.closest<HTMLElement>('a.row, .row-tools')?.dataset ?? {};
  return paper ?? of;
}

/** Keys of the open paper: to the reading list, its tags, its note; and x to select. */
export function readingKeys(
  sheaf: Sheaf,
  takePaper: () => string | undefined,
  listed: () => readonly string[],
): Record<string, () => void> {
  const { bar, selection } = sheaf;
  const aimed = () => focusedRow() ?? bar.address().paper;
  const focusIn = (what: string) => document.querySelector<HTMLElement>(`.paper ${what}`);
  return {
    l: () => {
      const paper = takePaper();
      if (paper !== undefined) void toggleLater(sheaf, paper);
    },
    t: () => focusIn('.tags input')?.focus(),
    w: () => {
      const opener = focusIn('.note [data-write]');
      if (opener) opener.click();
      else focusIn('.note textarea')?.focus();
    },
    x: () => {
      const paper = aimed();
      if (paper !== undefined) selection.toggle(paper);
    },
    X: () => {
      const paper = aimed();
      if (paper !== undefined) selection.extend(paper, listed());
    },
  };
}

/** Selects from the last one selected, or else from the open paper, to this one. */
export function extendTo({ bar, listing, selection }: Sheaf, paper: string): void {
  const ids = listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
  const open = bar.address().paper;
  if (selection.papers().length === 0 && open !== undefined && ids.includes(open)) selection.toggle(open);
  selection.extend(paper, ids);
}

/** The first step out of a list in which something is selected; true if something was. */
export function endSelecting({ selection }: Sheaf): boolean {
  if (!selection.selecting()) return false;
  selection.clear();
  return true;
}

/** Alt with an arrow moves the paper that has the focus, or is open, in the reading list. */
export function moveInReadingList(sheaf: Sheaf, event: KeyboardEvent): boolean {
  const { bar, library, listing, readingList } = sheaf;
  const by = event.altKey && !event.ctrlKey && !event.metaKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : 0;
  if (!by || listing.order() !== 'later') return false;
  if ((event.target as Element).closest('input, textarea, select')) return false;
  const focused = focusedRow();
  const paper = library.byId(focused ?? bar.address().paper ?? '');
  if (!paper) return false;
  event.preventDefault();
  const to = readingList.ids().indexOf(paper.id) + by;
  void moveTo(sheaf, paper.id, plain(paper.title), to).then(() => {
    if (focused) focusAgain(focused);
  });
  return true;
}

/** A row that is moved in the page loses the focus. */
function focusAgain(id: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    document
      .querySelector<HTMLElement>(`a.row[data-paper="${CSS.escape(id)}"]`)
      ?.focus({ preventScroll: true });
  });
}
