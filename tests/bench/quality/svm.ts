/** A linear classifier over TF-IDF, as arxiv-sanity-lite ranks what a reader has tagged. */
import { createRandom } from '../../../src/vector/random.ts';
import type { SparseRows } from './sparse.ts';

/** As arxiv-sanity-lite sets it; classes are balanced by it. */
const C = 0.01;
const EPOCHS = 30;
const SEED = 47;

/**
 * L2-regularized squared hinge by dual coordinate descent (Hsieh and others 2008, what LIBLINEAR does).
 * @param positive whether each row is one; all others are negatives.
 * @returns weights [columns].
 */
export function trainLinear(
  { columns, places, values }: SparseRows,
  positive: readonly boolean[],
): Float64Array {
  const count = positive.filter(Boolean).length;
  const balance = (of: number) => (C * positive.length) / (2 * Math.max(1, of));
  const [costUp, costDown] = [balance(count), balance(positive.length - count)];
  const weights = new Float64Array(columns);
  let bias = 0;
  const dual = new Float64Array(places.length);
  const random = createRandom(SEED);
  const order = [...places.keys()];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const row of order) {
      const sign = positive[row] ? 1 : -1;
      const diagonal = 1 / (2 * (positive[row] ? costUp : costDown));
      const where = places[row] as Uint32Array;
      const what = values[row] as Float32Array;
      let score = bias;
      for (let i = 0; i < where.length; i++)
        score += (what[i] as number) * (weights[where[i] as number] as number);
      const before = dual[row] as number;
      const gradient = sign * score - 1 + diagonal * before;
      // Rows have length 1, and the bias is one more column.
      const now = Math.max(0, before - gradient / (2 + diagonal));
      if (now === before) continue;
      dual[row] = now;
      const step = (now - before) * sign;
      for (let i = 0; i < where.length; i++) {
        const at = where[i] as number;
        weights[at] = (weights[at] as number) + step * (what[i] as number);
      }
      bias += step;
    }
  }
  return weights;
}
