/** BM25's saturation: how much a word's second and third use still add. */
export const BM25_K1 = 1.2;
/** BM25's length correction: 0 none, 1 full. */
export const BM25_B = 0.75;

/** Rarity of a term that `papers` of `total` papers have, above 0. */
export function idfOf(papers: number, total: number): number {
  return Math.log(1 + (total - papers + 0.5) / (papers + 0.5));
}

/** What a paper's length takes from its words. */
export function lengthNorm(length: number, averageLength: number): number {
  return BM25_K1 * (1 - BM25_B + (BM25_B * length) / (averageLength || 1));
}

/** The share of a term's highest possible score that `count` uses reach, times k1 + 1. */
export function saturate(count: number, norm: number): number {
  return (count * (BM25_K1 + 1)) / (count + norm);
}
