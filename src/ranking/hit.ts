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
  readonly exact?: 'title' | 'identifier';
  readonly keyword?: KeywordPart;
  readonly meaning?: MeaningPart;
  /** Above the line: a page shows these; a run file ranks all. */
  readonly relevant: boolean;
}

export interface Ranking {
  readonly query: string;
  /** Which rankings took part. */
  readonly mode: 'keyword' | 'hybrid' | 'semantic';
  /** Best first. */
  readonly hits: readonly Hit[];
}
