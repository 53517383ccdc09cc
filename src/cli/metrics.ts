/** Measures of a ranking against judgements. A ranking is a list of papers, best first. */
import { createRandom } from '../vector/random.ts';

/** The grade of each judged paper of a query; above 0 is relevant. */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Normalized discounted cumulative gain of the first `cutoff` papers, 0 to 1: gain is the grade itself, discount
 * log2(rank + 1), as in trec_eval 9's ndcg_cut and first in Järvelin and Kekäläinen 2002. A paper without a
 * judgement, or with a grade below 0, has gain 0. 0 where no paper is relevant.
 */
export function ndcg(ranked: readonly string[], grades: Judgements, cutoff: number): number {
  const best = [...grades.values()].sort((a, b) => b - a);
  const ideal = discountedGain(best.slice(0, cutoff));
  if (ideal === 0) return 0;
  return discountedGain(ranked.slice(0, cutoff).map((paper) => grades.get(paper) ?? 0)) / ideal;
}

/** The cut of nDCG%20: this part of the judged papers of a query. */
const PARTS = 5;

/**
 * nDCG%20: only the judged papers are ranked, and the cut is a fifth of them, rounded up. A judged
 * paper that the ranking lacks counts as last.
 */
export function ndcgOfFifth(ranked: readonly string[], grades: Judgements): number {
  const judged = ranked.filter((paper) => grades.has(paper));
  return ndcg(judged, grades, Math.ceil(grades.size / PARTS));
}

/** One over the rank of the first relevant paper; 0 where there is none. */
export function reciprocalRank(ranked: readonly string[], grades: Judgements): number {
  const place = ranked.findIndex((paper) => isRelevant(grades, paper));
  return place < 0 ? 0 : 1 / (place + 1);
}

/** The share of the relevant papers that are among the first `cutoff`, 0 to 1; 0 where none is relevant. */
export function recall(ranked: readonly string[], grades: Judgements, cutoff: number): number {
  const relevant = [...grades.keys()].filter((paper) => isRelevant(grades, paper)).length;
  const found = ranked.slice(0, cutoff).filter((paper) => isRelevant(grades, paper)).length;
  return relevant === 0 ? 0 : found / relevant;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Ends of the middle 95 %. */
const TAIL = 0.025;

/**
 * Paired bootstrap: how the mean of the queries' differences varies when as many queries are drawn again, with
 * repeats. The percentile interval, which holds 95 % of the means.
 * @param differences one a query: of one ranking's measure less the other's.
 */
export function bootstrapInterval(
  differences: readonly number[],
  resamples: number,
  seed: number,
): { readonly low: number; readonly high: number } {
  const random = createRandom(seed);
  const { length } = differences;
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < length; draw++) sum += differences[Math.floor(random() * length)] as number;
    means[resample] = sum / length;
  }
  means.sort();
  return { low: quantile(means, TAIL), high: quantile(means, 1 - TAIL) };
}

/** Between two values of a sorted list it is as far as its place is between theirs. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + Math.max(0, gain) / Math.log2(index + 2), 0);
}

function isRelevant(grades: Judgements, paper: string): boolean {
  return (grades.get(paper) ?? 0) > 0;
}
