/** What the words of a query say of one paper. */
export interface KeywordMatch {
  readonly id: string;
  /** BM25, above 0; of papers like others, about 1 for the likest and below 0 for those like the disliked. */
  readonly score: number;
  /** Share of the query's idf mass that the paper has, 0 to 1. */
  readonly coverage: number;
  /** The paper's words that matched, as they stand in it, each once. */
  readonly words: readonly string[];
}

export interface KeywordScores {
  /** Papers with a match, best first, equal ones in the order they were put. */
  readonly matches: readonly KeywordMatch[];
  /** Number of papers searched, with and without a match. */
  readonly papers: number;
}

/**
 * The same in columns, where nothing is made for a paper that nobody looks at. A paper's place in them is its slot,
 * see `slotsOf`; valid until the index changes.
 */
export interface KeywordColumns {
  readonly papers: number;
  /** Slots with a match, rising: in the order they were put. */
  readonly slots: Uint32Array;
  /** By slot; 0 without a match. */
  readonly scores: Float64Array;
  readonly coverage: Float64Array;
  /** For each of the question's words that matched somewhere, by slot: the number of the word as it stands in the paper, 0 for none. */
  readonly forms: readonly Uint32Array[];
}

/**
 * Columns as objects, best first: for hundreds of papers.
 * @param idOf the paper of a slot.
 * @param form a word by its number.
 */
export function listMatches(
  { papers, slots, scores, coverage, forms }: KeywordColumns,
  idOf: (slot: number) => string,
  form: (number: number) => string,
): KeywordScores {
  const wordsOf = (slot: number) => forms.map((column) => form(column[slot] as number)).filter(Boolean);
  const matches = [...slots]
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
    .map((slot) => ({
      id: idOf(slot),
      score: scores[slot] as number,
      coverage: coverage[slot] as number,
      words: [...new Set(wordsOf(slot))],
    }));
  return { matches, papers };
}
