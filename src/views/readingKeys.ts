import { plain } from '../paper/latex.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { moveTo } from './later.ts';
import { afterSecondViews } from './onDemand.ts';
import { extendTo, paperOf } from './selecting.ts';

const focusedRow = () => paperOf(document.activeElement);

/** The paper that a key is meant for: of the row that has the focus, else the open one. */
const aimed = ({ bar }: Sheaf) => focusedRow() ?? bar.address().paper;

export function selectAimed(sheaf: Sheaf): void {
  const paper = aimed(sheaf);
  if (paper !== undefined) sheaf.selection.toggle(paper);
}

/** All from the last one selected to the one that is meant. */
export function selectUpToAimed(sheaf: Sheaf): void {
  const paper = aimed(sheaf);
  if (paper !== undefined) extendTo(sheaf, paper);
}

/** In the open paper, once it is drawn. */
function inPaper(run: () => void): void {
  if (document.querySelector('.paper')) run();
  else afterSecondViews(run);
}

export function focusTags(): void {
  inPaper(() => document.querySelector<HTMLElement>('.paper .tags input')?.focus());
}

/** To the note of the open paper, ready to write. */
export function openNote(): void {
  inPaper(() => {
    const opener = document.querySelector<HTMLElement>('.paper .note [data-write]');
    if (opener) opener.click();
    else document.querySelector<HTMLElement>('.paper .note textarea')?.focus();
  });
}

/** The first step out of a list in which something is selected; true if something was. */
export function endSelecting({ selection }: Sheaf): boolean {
  if (!selection.selecting()) return false;
  selection.clear();
  return true;
}

/** Whether a paper is meant that the reading list, in its own order, could move. */
export function canMoveInReadingList(sheaf: Sheaf): boolean {
  return sheaf.listing.order() === 'later' && sheaf.library.byId(aimed(sheaf) ?? '') !== undefined;
}

/** Moves the paper that has the focus, or is open, in the reading list. */
export function moveInReadingList(sheaf: Sheaf, by: -1 | 1): void {
  const { library, readingList } = sheaf;
  const paper = library.byId(aimed(sheaf) ?? '');
  if (!paper) return;
  const focused = focusedRow();
  const to = readingList.ids().indexOf(paper.id) + by;
  void moveTo(sheaf, paper.id, plain(paper.title), to).then(() => {
    if (focused) focusAgain(focused);
  });
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
