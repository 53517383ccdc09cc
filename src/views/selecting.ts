import type { FirstSheaf } from '../state/sheaf.ts';

/** The paper of a row in which an element lies, or of the tools or the box beside it. */
export function paperOf(element: Element | null): string | undefined {
  const { paper, of } = element?.closest<HTMLElement>('a.row, .row-tools, .select-box')?.dataset ?? {};
  return paper ?? of;
}

/** Selects from the last one selected, or else from the open paper, to this one. */
export function extendTo(
  { bar, listing, selection }: Pick<FirstSheaf, 'bar' | 'listing' | 'selection'>,
  paper: string,
): void {
  const ids = listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
  const open = bar.address().paper;
  if (selection.papers().length === 0 && open !== undefined && ids.includes(open)) selection.toggle(open);
  selection.extend(paper, ids);
}
