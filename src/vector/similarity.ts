import type { Matrix } from './matrix.ts';

/**
 * Cosine of the query with each row: one number a row, in row order.
 * `out`, of at least `matrix.rows`, saves the allocation.
 * @throws {RangeError} when the query's length is not the matrix's columns.
 */
export function similarities(matrix: Matrix, query: Float32Array, out?: Float32Array): Float32Array {
  if (query.length !== matrix.columns) {
    throw new RangeError(`a query of ${query.length} numbers does not fit rows of ${matrix.columns}`);
  }
  const scores = out ?? new Float32Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    scores[row] = dotAt(matrix.data, row * matrix.columns, query, 0, matrix.columns);
  }
  return scores;
}

/**
 * Inner product of two stretches of `length` numbers.
 * Four sums side by side keep the processor's adders busy: about three times as fast as one.
 */
export function dotAt(
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  length: number,
): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    first += (a[aStart + i] as number) * (b[bStart + i] as number);
    second += (a[aStart + i + 1] as number) * (b[bStart + i + 1] as number);
    third += (a[aStart + i + 2] as number) * (b[bStart + i + 2] as number);
    fourth += (a[aStart + i + 3] as number) * (b[bStart + i + 3] as number);
  }
  for (let i = whole; i < length; i++) first += (a[aStart + i] as number) * (b[bStart + i] as number);
  return first + second + (third + fourth);
}
