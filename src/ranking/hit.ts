/** What the keyword ranking said of one paper. */
export interface KeywordPart {
  /** 1 for the best. */
  readonly rank: number;
  /** BM25, no unit. */
  readonly score: number;
  /** Score over the best score of this query, 0 to 1: the length of the bar. */
  readonly strength: number;
  /** The words of the paper that matched, as they stand in it, each once. */
  readonly words: readonly string[];
  /** Share of the query's idf mass that the paper matches, 0 to 1. */
  readonly coverage: number;
}

/** What the ranking by meaning said of one paper. */
export interface MeaningPart {
  readonly rank: number;
  /** Cosine of query and paper, -1 to 1. */
  readonly similarity: number;
  /** Standard deviations above the background of unrelated papers. */
  readonly z: number;
  /** 0 to 1: the length of the bar. */
  readonly strength: number;
  /** What the reader wrote of it is nearer than the paper is. */
  readonly byNote?: true;
}

/** A paper with its score and the parts of it, so that a view can explain it. */
export interface Hit {
  readonly id: string;
  /** Fused score: orders, means nothing by itself. */
  readonly score: number;
  /** The query is this paper's title or identifier: it stands first. */
  readonly exact?: 'title' | 'identifier' | undefined;
  readonly keyword?: KeywordPart | undefined;
  readonly meaning?: MeaningPart | undefined;
  /** Above the line: a page shows these; a run file ranks all. */
  readonly relevant: boolean;
}

export interface Ranking {
  readonly query: string;
  /** Which rankings took part. */
  readonly mode: RankingMode;
  /** Best first. */
  readonly hits: readonly Hit[];
}

export type RankingMode = 'keyword' | 'hybrid' | 'semantic';

/**
 * A ranking in columns, best first: what a worker sends. Of a hundred thousand papers ten thousands may be above the
 * line, and as objects they would take longer to send than to find.
 */
export interface RankedColumns {
  readonly query: string;
  readonly mode: RankingMode;
  /** Places of the papers in the library's order. */
  readonly places: Uint32Array;
  readonly scores: Float64Array;
  /** Sums of {@link FLAGS}. */
  readonly flags: Uint8Array;
  /** Rank by words, 0 without a match; and what else a {@link KeywordPart} says. */
  readonly wordRanks: Uint32Array;
  readonly wordScores: Float64Array;
  readonly coverage: Float64Array;
  /** The score of the best by words. */
  readonly bestByWords: number;
  /** Places in `words`, so many a paper, those that it does not have are 0. */
  readonly told: Uint32Array;
  readonly toldEach: number;
  readonly words: readonly string[];
  /** Rank by meaning, 0 without a vector; and what else a {@link MeaningPart} says. */
  readonly meaningRanks: Uint32Array;
  readonly similarities: Float32Array;
  readonly z: Float32Array;
  /** The z from which the bar is full. */
  readonly fullZ: number;
}

export const FLAGS = { relevant: 1, title: 2, identifier: 4, byNote: 8 } as const;

/** A ranking of columns; hits say what they are asked. @param ids in the library's order. */
export function rankingOf(columns: RankedColumns, ids: readonly string[]): Ranking {
  const { query, mode, places } = columns;
  const hits: Hit[] = [];
  // Not by `from` and a function, which takes twice the time for ten thousands.
  for (let row = 0; row < places.length; row++) hits.push(new RankedHit(columns, ids, row));
  return { query, mode, hits };
}

/** Of a hit all parts, to be sent. */
export function wholeHit({ id, score, relevant, exact, keyword, meaning }: Hit): Hit {
  return {
    ...{ id, score, relevant },
    ...(exact ? { exact } : {}),
    ...(keyword ? { keyword } : {}),
    ...(meaning ? { meaning } : {}),
  };
}

/**
 * A row of the columns. It has no parts of its own and makes them when they are asked for: a page shows ten of ten
 * thousands, and while those came the browser had more to tidy up than to do. To compare or send one: {@link wholeHit}.
 */
class RankedHit implements Hit {
  readonly #columns: RankedColumns;
  readonly #ids: readonly string[];
  readonly #row: number;

  constructor(columns: RankedColumns, ids: readonly string[], row: number) {
    this.#columns = columns;
    this.#ids = ids;
    this.#row = row;
  }

  get id(): string {
    return this.#ids[this.#columns.places[this.#row] as number] as string;
  }

  get score(): number {
    return this.#columns.scores[this.#row] as number;
  }

  get relevant(): boolean {
    return this.#has(FLAGS.relevant);
  }

  get exact(): 'title' | 'identifier' | undefined {
    if (this.#has(FLAGS.title)) return 'title';
    return this.#has(FLAGS.identifier) ? 'identifier' : undefined;
  }

  get keyword(): KeywordPart | undefined {
    const { wordRanks, wordScores, coverage, bestByWords, told, toldEach, words } = this.#columns;
    const rank = wordRanks[this.#row] as number;
    if (rank === 0) return undefined;
    const score = wordScores[this.#row] as number;
    const numbers = told.subarray(this.#row * toldEach, (this.#row + 1) * toldEach);
    return {
      rank,
      score,
      strength: score / bestByWords,
      words: [...new Set(numbers)].flatMap((number) => words[number] || []),
      coverage: coverage[this.#row] as number,
    };
  }

  get meaning(): MeaningPart | undefined {
    const { meaningRanks, similarities, z, fullZ } = this.#columns;
    const rank = meaningRanks[this.#row] as number;
    if (rank === 0) return undefined;
    const above = z[this.#row] as number;
    return {
      rank,
      similarity: similarities[this.#row] as number,
      z: above,
      strength: Math.max(0, above / fullZ),
      ...(this.#has(FLAGS.byNote) ? { byNote: true } : {}),
    };
  }

  #has(flag: number): boolean {
    return ((this.#columns.flags[this.#row] as number) & flag) !== 0;
  }
}
