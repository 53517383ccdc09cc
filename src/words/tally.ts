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

/** Sums by slot; of the alternatives of one word only the best counts. */
export interface Board {
  readonly scores: Float64Array;
  readonly covered: Float64Array;
  /** Matched words by slot. */
  readonly words: string[][];
  /** Slots with a match, in the order they were found. */
  readonly touched: number[];
  offer(slot: number, score: number, covered: number, word: string): void;
  closeWord(): void;
  /** Adds to a slot's score, which may be below 0, and notes the word where it is to be told. */
  add(slot: number, score: number, word: string | undefined): void;
}

/** An empty board of `size` slots. */
export function createBoard(size: number): Board {
  const scores = new Float64Array(size);
  const covered = new Float64Array(size);
  const words: string[][] = [];
  const touched: number[] = [];
  const wordScore = new Float64Array(size);
  const wordCovered = new Float64Array(size);
  const wordBest: string[] = [];
  let open: number[] = [];
  return {
    scores,
    covered,
    words,
    touched,
    offer(slot, score, share, word) {
      if ((wordScore[slot] as number) === 0) open.push(slot);
      if (score > (wordScore[slot] as number)) {
        wordScore[slot] = score;
        wordBest[slot] = word;
      }
      if (share > (wordCovered[slot] as number)) wordCovered[slot] = share;
    },
    add(slot, score, word) {
      let known = words[slot];
      if (!known) {
        known = [];
        words[slot] = known;
        touched.push(slot);
      }
      if (word !== undefined) known.push(word);
      scores[slot] = (scores[slot] as number) + score;
    },
    closeWord() {
      for (const slot of open) {
        const known = words[slot];
        if (known) known.push(wordBest[slot] as string);
        else {
          words[slot] = [wordBest[slot] as string];
          touched.push(slot);
        }
        scores[slot] = (scores[slot] as number) + (wordScore[slot] as number);
        covered[slot] = (covered[slot] as number) + (wordCovered[slot] as number);
        wordScore[slot] = 0;
        wordCovered[slot] = 0;
      }
      open = [];
    },
  };
}
