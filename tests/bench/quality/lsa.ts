/** Latent semantic analysis: the directions in which TF-IDF rows vary most, by a randomized SVD (Halko and others 2011). */
import { createMatrix, type Matrix, normalize } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import type { SparseRows } from './sparse.ts';

const DIMENSIONS = 256;
/** Rounds of the power iteration: with four the subspace has settled, so that no spare directions are needed. */
const ROUNDS = 4;
const SEED = 47;

export interface Lsa {
  readonly rows: Matrix;
  row(sparse: { readonly places: Uint32Array; readonly values: Float32Array }): Float32Array;
}

export function createLsa(sparse: SparseRows): Lsa {
  const width = Math.min(DIMENSIONS, sparse.columns, sparse.places.length);
  const random = createRandom(SEED);
  // Directions over the columns, [columns, width].
  let basis: Float64Array = Float64Array.from(
    { length: sparse.columns * width },
    () => random() + random() + random() - 1.5,
  );
  for (let round = 0; round < ROUNDS; round++) {
    basis = timesTransposed(sparse, times(sparse, basis, width), width);
    orthonormalize(basis, sparse.columns, width);
  }
  const project = (places: Uint32Array, values: Float32Array): Float32Array => {
    const sums = new Float64Array(width);
    places.forEach((column, i) => {
      const value = values[i] as number;
      for (let j = 0; j < width; j++)
        sums[j] = (sums[j] as number) + value * (basis[column * width + j] as number);
    });
    return normalize(Float32Array.from(sums));
  };
  const data = new Float32Array(sparse.places.length * width);
  sparse.places.forEach((places, row) => {
    data.set(project(places, sparse.values[row] as Float32Array), row * width);
  });
  return { rows: createMatrix(data, width), row: ({ places, values }) => project(places, values) };
}

/** rows x basis: [rows, width]. */
function times({ places, values }: SparseRows, basis: Float64Array, width: number): Float64Array {
  const out = new Float64Array(places.length * width);
  places.forEach((columns, row) => {
    const weights = values[row] as Float32Array;
    for (let i = 0; i < columns.length; i++) {
      const value = weights[i] as number;
      const from = (columns[i] as number) * width;
      for (let j = 0; j < width; j++)
        out[row * width + j] = (out[row * width + j] as number) + value * (basis[from + j] as number);
    }
  });
  return out;
}

/** Transposed rows x dense: [columns, width]. */
function timesTransposed(
  { places, values, columns }: SparseRows,
  dense: Float64Array,
  width: number,
): Float64Array {
  const out = new Float64Array(columns * width);
  places.forEach((wheres, row) => {
    const weights = values[row] as Float32Array;
    for (let i = 0; i < wheres.length; i++) {
      const value = weights[i] as number;
      const to = (wheres[i] as number) * width;
      for (let j = 0; j < width; j++)
        out[to + j] = (out[to + j] as number) + value * (dense[row * width + j] as number);
    }
  });
  return out;
}

/** Modified Gram and Schmidt over the columns of a [rows, width] array, in place. */
function orthonormalize(matrix: Float64Array, rows: number, width: number): void {
  const columns = Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: rows }, (__, i) => matrix[i * width + j] as number),
  );
  columns.forEach((column, j) => {
    const length = Math.sqrt(inner(column, column)) || 1;
    for (let i = 0; i < rows; i++) column[i] = (column[i] as number) / length;
    for (const later of columns.slice(j + 1)) {
      const along = inner(column, later);
      for (let i = 0; i < rows; i++) later[i] = (later[i] as number) - along * (column[i] as number);
    }
  });
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      matrix[i * width + j] = value;
    });
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
