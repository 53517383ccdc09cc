import type { Matrix } from '../vector/matrix.ts';
import { similarities } from '../vector/similarity.ts';

export interface NearestSentence {
  /** Row of the sentence. */
  readonly index: number;
  /** Cosine with the query, -1 to 1. */
  readonly similarity: number;
}

/** The sentence nearest to the query, the first of equals; undefined when there are none. */
export function nearestSentence(sentences: Matrix, query: Float32Array): NearestSentence | undefined {
  const scores = similarities(sentences, query);
  let found: NearestSentence | undefined;
  scores.forEach((similarity, index) => {
    if (similarity > (found?.similarity ?? Number.NEGATIVE_INFINITY)) found = { index, similarity };
  });
  return found;
}
