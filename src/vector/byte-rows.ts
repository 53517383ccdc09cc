import type { Matrix } from './matrix.ts';

/*
 * Unit rows as bytes on their way through files: whole numbers from -127 to 127, of which only the direction counts, so
 * that no scale is written beside them.
 */

const PEAK = 127;

/** Writes a row's bytes at a place; a row of zeros stays one. */
export function writeByteRow(vector: ArrayLike<number>, bytes: Int8Array, at: number): void {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] as number));
  const factor = largest > 0 ? PEAK / largest : 0;
  for (let i = 0; i < vector.length; i++) bytes[at + i] = Math.round((vector[i] as number) * factor);
}

/** Reads the row at a place into `row`, of length 1. */
export function readByteRow(bytes: Int8Array, at: number, row: Float32Array): void {
  let squares = 0;
  for (let i = 0; i < row.length; i++) squares += (bytes[at + i] as number) ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let i = 0; i < row.length; i++) row[i] = (bytes[at + i] as number) * scale;
}

/** Cosine of a vector of length 1 with the row at a place. */
export function byteRowCosine(query: Float32Array, bytes: Int8Array, at: number): number {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < query.length; i++) {
    const value = bytes[at + i] as number;
    product += (query[i] as number) * value;
    squares += value * value;
  }
  return squares > 0 ? product / Math.sqrt(squares) : 0;
}

/** Rows of bytes as a matrix; `picked` names those that are wanted, all without it. */
export function byteRowsMatrix(bytes: Int8Array, columns: number, picked?: Uint32Array): Matrix {
  const rows = picked?.length ?? bytes.length / columns;
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = (picked ? (picked[row] as number) : row) * columns;
    readByteRow(bytes, from, data.subarray(row * columns, (row + 1) * columns));
  }
  return { rows, columns, data };
}
