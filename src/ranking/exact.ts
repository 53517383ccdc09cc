import { parseArxivId, titleKey } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';

/** A title's beginning names its paper from this many words on, if it is the only one. */
const TITLE_BEGINNING_WORDS = 3;

export interface Named {
  /** `titleKey` of each paper's title and its arXiv id, in the library's order. */
  readonly titleKeys: readonly string[];
  readonly arxivIds: readonly (string | undefined)[];
}

/** The library's order, and what names its papers. */
export interface Order extends Named {
  readonly ids: readonly string[];
}

export function createOrder(papers: readonly Paper[]): Order {
  return {
    ids: papers.map(({ id }) => id),
    titleKeys: papers.map(({ title }) => titleKey(title)),
    arxivIds: papers.map(({ arxivId }) => arxivId),
  };
}

/** Papers that the query names, by their place. */
export function exactMatches(parts: Named, text: string): Map<number, 'title' | 'identifier'> {
  const found = new Map<number, 'title' | 'identifier'>();
  const arxivId = parseArxivId(text);
  if (arxivId !== undefined) {
    parts.arxivIds.forEach((id, index) => {
      if (id === arxivId) found.set(index, 'identifier');
    });
    return found;
  }
  const key = titleKey(text);
  if (key === '') return found;
  parts.titleKeys.forEach((title, index) => {
    if (title === key) found.set(index, 'title');
  });
  if (found.size > 0 || text.split(/\s+/).length < TITLE_BEGINNING_WORDS) return found;
  const begun: number[] = [];
  parts.titleKeys.forEach((title, index) => {
    if (title.startsWith(key)) begun.push(index);
  });
  if (begun.length === 1) found.set(begun[0] as number, 'title');
  return found;
}
