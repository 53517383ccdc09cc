import fc from 'fast-check';
import { type Matrix, normalize, rowOf } from '../../../src/vector/matrix.ts';
import { createQuantizedRows, type QuantizedRows } from '../../../src/vector/quantized.ts';
import { createRandom } from '../../../src/vector/random.ts';

/** Unit rows in random directions. */
export function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: rows * columns }, () => random() - 0.5);
  return unit({ rows, columns, data });
}

/** Rows around `groups` far-apart directions, in turns: row i belongs to group i % groups. */
export function groupedMatrix(rows: number, groups: number, spread: number, seed: number): Matrix {
  const columns = Math.max(8, groups * 2);
  const random = createRandom(seed);
  const data = Float32Array.from({ length: rows * columns }, () => (random() - 0.5) * spread);
  for (let row = 0; row < rows; row++) {
    const at = row * columns + (row % groups);
    data[at] = (data[at] as number) + 1;
  }
  return unit({ rows, columns, data });
}

/** The rows in another order: row i of the result is row `order[i]`. */
export function reordered(matrix: Matrix, order: readonly number[]): Matrix {
  const data = new Float32Array(order.length * matrix.columns);
  order.forEach((row, place) => {
    const start = row * matrix.columns;
    data.set(matrix.data.subarray(start, start + matrix.columns), place * matrix.columns);
  });
  return { rows: order.length, columns: matrix.columns, data };
}

/** What a byte a number leaves of a cosine. */
export const BYTES_ERR = 0.01;

/** Each row as bytes. */
export function bytesOf(matrix: Matrix): QuantizedRows {
  const block = createQuantizedRows(matrix.columns);
  for (let row = 0; row < matrix.rows; row++) block.set(row, rowOf(matrix, row));
  return block;
}

/** As bytes tell them: then both ways have the same rows. */
export function roundedRows(matrix: Matrix): Matrix {
  const block = bytesOf(matrix);
  const data = new Float32Array(matrix.data.length);
  for (let row = 0; row < matrix.rows; row++) data.set(block.get(row), row * matrix.columns);
  return { ...matrix, data };
}

/** Of a matrix, drawn by chance. */
export const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 90 }),
  columns: fc.integer({ min: 2, max: 40 }),
  seed: fc.nat(),
});

function unit(matrix: Matrix): Matrix {
  for (let row = 0; row < matrix.rows; row++) {
    normalize(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns));
  }
  return matrix;
}
