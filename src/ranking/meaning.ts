import { dot, type Matrix } from '../vector/matrix.ts';
import { similarities } from '../vector/similarity.ts';

/** Where a query's similarities with papers that have nothing to do with it lie. */
export interface Level {
  readonly mean: number;
  readonly deviation: number;
}

/** Vectors of papers drawn at random from the field: what a similarity is measured against. */
export interface Background {
  readonly columns: number;
  /** The vectors themselves. */
  readonly matrix: Matrix;
  /** Mean and deviation of the query's similarity with the background. */
  levelOf(query: Float32Array): Level;
}

/** Fewer background rows than this say less about a query than the library itself. */
const LEAST_ROWS = 32;
/** A deviation below this is a degenerate set (one text many times): z would explode. */
const LEAST_DEVIATION = 0.02;
/** With fewer papers than this their own spread says nothing, and a usual one is taken. */
const LEAST_PAPERS = 8;
const USUAL_DEVIATION = 0.1;
/** Median absolute deviation to standard deviation, for a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;

/** A background from at least 32 vectors; undefined when there are fewer. */
export function createBackground(matrix: Matrix): Background | undefined {
  if (matrix.rows < LEAST_ROWS) return undefined;
  return {
    columns: matrix.columns,
    matrix,
    levelOf(query) {
      const scores = similarities(matrix, query);
      let sum = 0;
      for (const score of scores) sum += score;
      const mean = sum / scores.length;
      let squares = 0;
      for (const score of scores) squares += (score - mean) ** 2;
      return { mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(squares / scores.length)) };
    },
  };
}

/**
 * The level of a query by the library's own similarities (NaN passed over): median and median absolute
 * deviation, which the few papers that do answer the query cannot move. In a narrow library, where every paper
 * is near, this finds the nearer ones only.
 */
export function levelOfLibrary(scores: Float32Array): Level {
  const known = scores.filter((score) => !Number.isNaN(score)).sort();
  const middle = median(known);
  if (known.length < LEAST_PAPERS) return { mean: Math.min(0, middle), deviation: USUAL_DEVIATION };
  const distances = known.map((score) => Math.abs(score - middle)).sort();
  return { mean: middle, deviation: Math.max(LEAST_DEVIATION, median(distances) * MAD_TO_DEVIATION) };
}

/** Standard deviations above the level, one a score; NaN stays NaN. */
export function standardScores(scores: Float32Array, level: Level): Float32Array {
  const above = new Float32Array(scores.length);
  const { mean, deviation } = level;
  for (let i = 0; i < scores.length; i++) above[i] = ((scores[i] as number) - mean) / deviation;
  return above;
}

/** The direction between several unit rows; all zero when there are none. */
export function meanDirection(rows: readonly Float32Array[], columns: number): Float32Array {
  const sum = new Float32Array(columns);
  for (const row of rows) for (let i = 0; i < columns; i++) sum[i] = (sum[i] as number) + (row[i] as number);
  const length = Math.sqrt(dot(sum, sum));
  return length > 0 ? sum.map((value) => value / length) : sum;
}

function median(sorted: Float32Array): number {
  if (sorted.length === 0) return 0;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
