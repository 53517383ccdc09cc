/**
 * BM25 as the books have it (Robertson and Zaragoza 2009), with each of its choices open: the rival
 * of all else, and what the choices of the site's keyword index can be checked with.
 */

import { plain } from '../../../src/paper/latex.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { isStopWord, tokenize } from '../../../src/words/terms.ts';

export interface Bm25Options {
  readonly k1: number;
  readonly b: number;
  /** A word in the title counts as so many in the abstract. */
  readonly titleWeight: number;
  readonly stemming: boolean;
  /** Whether words such as `the` and `with` are left out. */
  readonly stopWords: boolean;
}

/** The site's: src/words/keyword.ts and tally.ts. */
export const SITE_OPTIONS: Bm25Options = {
  k1: 1.2,
  b: 0.75,
  titleWeight: 2.5,
  stemming: true,
  stopWords: true,
};

export function createBm25(papers: readonly Paper[], options: Bm25Options) {
  const { k1, b, titleWeight } = options;
  const postings = new Map<string, { papers: number[]; counts: number[] }>();
  const lengths = papers.map((paper, index) => {
    const counts = new Map<string, number>();
    for (const term of termsOf(plain(paper.title), options)) add(counts, term, titleWeight);
    for (const term of termsOf(plain(paper.abstract), options)) add(counts, term, 1);
    let length = 0;
    for (const [term, count] of counts) {
      length += count;
      const list = postings.get(term) ?? { papers: [], counts: [] };
      postings.set(term, list);
      list.papers.push(index);
      list.counts.push(count);
    }
    return length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;

  /** One score a paper. */
  function score(text: string): Float64Array {
    const scores = new Float64Array(papers.length);
    const counts = new Map<string, number>();
    for (const term of termsOf(text, options)) add(counts, term, 1);
    for (const [term, count] of counts) {
      const list = postings.get(term);
      if (!list) continue;
      const rarity = Math.log(1 + (papers.length - list.papers.length + 0.5) / (list.papers.length + 0.5));
      list.papers.forEach((paper, entry) => {
        const uses = list.counts[entry] as number;
        const norm = k1 * (1 - b + (b * (lengths[paper] as number)) / average);
        scores[paper] = (scores[paper] as number) + (count * rarity * uses * (k1 + 1)) / (uses + norm);
      });
    }
    return scores;
  }

  return { score: (text: string) => score(plain(text)) };
}

function* termsOf(text: string, { stemming, stopWords }: Bm25Options): Generator<string> {
  for (const { term, word, joined } of tokenize(text)) {
    if (joined || (stopWords && isStopWord(word))) continue;
    yield stemming ? term : word;
  }
}

function add(counts: Map<string, number>, term: string, amount: number): void {
  counts.set(term, (counts.get(term) ?? 0) + amount);
}
