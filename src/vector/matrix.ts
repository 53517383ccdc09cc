/**
 * A row-major matrix of unit rows: embeddings, one text a row.
 * Moved between threads by its buffer, never copied.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers; each row has length 1 (or is all zero for an empty text). */
  readonly data: Float32Array;
}

/** How far from 1 the squared norm of a row may be: float32 sums over 256 terms err by about 1e-6. */
const UNIT_TOLERANCE = 1e-3;

/**
 * Checks shape, finiteness and unit rows.
 * @throws {RangeError} naming the row and the value that is wrong.
 */
export function createMatrix(data: Float32Array, columns: number): Matrix {
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`a matrix needs at least one column, not ${columns}`);
  }
  if (data.length % columns !== 0) {
    throw new RangeError(`${data.length} numbers do not fill rows of ${columns}`);
  }
  const rows = data.length / columns;
  for (let row = 0; row < rows; row++) {
    if (isUnitRow(data, row, columns)) continue;
    const norm = squaredNorm(data, row * columns, columns);
    throw new RangeError(`row ${row} has squared length ${norm}, not 1`);
  }
  return { rows, columns, data };
}

/** Whether a row is of finite numbers and of length 1, or all zero. */
export function isUnitRow(data: Float32Array, row: number, columns: number): boolean {
  const norm = squaredNorm(data, row * columns, columns);
  return norm === 0 || Math.abs(norm - 1) < UNIT_TOLERANCE;
}

/** A view of one row, not a copy. */
export function rowOf(matrix: Matrix, row: number): Float32Array {
  return matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

/** Inner product; for unit vectors the cosine, in [-1, 1]. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Scales a vector to length 1 in place and returns it; a zero vector stays zero. */
export function normalize(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(dot(vector, vector));
  if (norm > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / norm;
  return vector;
}

function squaredNorm(data: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += (data[i] as number) ** 2;
  return sum;
}
