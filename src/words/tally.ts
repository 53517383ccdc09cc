import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { isStopWord, type Token, visitTokens } from './terms.ts';

/** A word in the title counts as so many in the abstract. */
export const TITLE_WEIGHT = 2.5;

/** A paper as it is searched: with what the reader wrote of it. */
export type NotedPaper = Paper & { readonly note?: string };

/** Weighted counts of one paper's terms after another, in arrays by term number that are used again. */
export function createTally(numberOf: (token: Token) => number) {
  const counts: number[] = [];
  const words: string[] = [];

  /**
   * Names of people and organisations are found, but lengthen nothing, and no more does a note: a paper is not
   * found worse by its own words because much was written of it. The first `own` terms are the paper's.
   */
  function count(paper: NotedPaper): { terms: number[]; own: number; length: number } {
    const terms: number[] = [];
    let length = 0;
    const read = (text: string, weight: number, lengthens: boolean) =>
      visitTokens(text, (token) => {
        if (isStopWord(token.word)) return;
        const term = numberOf(token);
        const known = counts[term];
        if (!known) {
          terms.push(term);
          words[term] = token.written;
        }
        counts[term] = (known ?? 0) + weight;
        if (lengthens && !token.joined) length += weight;
      });
    read(plain(paper.title), TITLE_WEIGHT, true);
    read(plain(paper.abstract), 1, true);
    for (const name of paper.authors ?? []) read(name, 1, false);
    if (paper.organization) read(paper.organization, 1, false);
    const own = terms.length;
    if (paper.note) read(paper.note, 1, false);
    return { terms, own, length };
  }

  /** What was counted of a term; counted anew from here on. */
  function take(term: number): { count: number; word: string } {
    const taken = { count: counts[term] as number, word: words[term] as string };
    counts[term] = 0;
    return taken;
  }

  return { count, take };
}

/** Whether the keyword index would hold the same of both. */
export function sameWords(a: Paper, b: Paper): boolean {
  return (
    a.title === b.title &&
    a.abstract === b.abstract &&
    a.organization === b.organization &&
    (a.authors ?? []).join('\n') === (b.authors ?? []).join('\n')
  );
}
