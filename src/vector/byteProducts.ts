import { ensure, placesOf, ROWS_AT_ONCE, strideOf, writeQuery } from './kernel.ts';
import { createKernel } from './proof.ts';

/**
 * The inner products of rows of a table of bytes with one vector after another, exact: whole numbers below 2^31.
 * @param table [rows, columns], row-major. It is copied.
 * @returns takes a vector of whole numbers of 14 bits and gives a number for each of `count` rows from `first` on, a multiple of
 * four; a view that holds until the next vector.
 */
export function createByteProducts(
  table: Int8Array,
  columns: number,
): (vector: ArrayLike<number>, first: number, count: number) => Int32Array {
  const all = table.length / columns;
  const stride = strideOf(columns);
  const kernel = createKernel(stride);
  const room = Math.ceil(all / ROWS_AT_ONCE) * ROWS_AT_ONCE;
  const { sums, results, rows } = placesOf(stride, room);
  ensure(kernel.memory, rows + room * stride);
  const { buffer } = kernel.memory;
  const bytes = new Int8Array(buffer, rows, room * stride);
  const totals = new Int32Array(buffer, sums, room);
  for (let row = 0; row < all; row++) {
    const [start, end] = [row * columns, (row + 1) * columns];
    bytes.set(table.subarray(start, end), row * stride);
    let total = 0;
    for (let at = start; at < end; at++) total += table[at] as number;
    totals[row] = total;
  }
  return (vector, first, count) => {
    writeQuery(buffer, 0, stride, vector);
    kernel.scan(count, { query: 0, sums: sums + 4 * first, results, rows: rows + first * stride });
    return new Int32Array(buffer, results, count);
  };
}
