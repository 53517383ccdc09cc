import { type Matrix, normalize, rowOf } from './matrix.ts';

/** Learns directions in a space: what all of them have in common is learned once. */
export interface Discriminant {
  readonly columns: number;
  /**
   * The direction [columns], of unit length, along which the liked lie furthest from the field and the disliked.
   * @param liked unit vectors of papers that belong together.
   * @param disliked and of papers that do not belong to them.
   * @returns undefined when nothing is liked or disliked.
   */
  learn(liked: readonly Float32Array[], disliked: readonly Float32Array[]): Float32Array | undefined;
}

/**
 * Share of the mean variance that is added to each direction's: directions of which a few hundred papers say little
 * must not decide. Of 0.3, 1, 3, 10 and 30, tried on the fitting halves of topics by five examples and of readers'
 * libraries with words beside it, 1 to 10 were alike (by a script that is not
 * kept; npm run bench:examples measures the one chosen).
 */
const RIDGE = 3;

/**
 * Linear discriminant analysis with one covariance for all topics, that of unrelated papers of the field (as
 * Hariharan, Malik and Ramanan 2012 learn a detector from one example): the direction is the covariance's inverse
 * times what the liked have more than the field and the disliked. No rounds and no rate, so that it is there at once.
 */
export function createDiscriminant(background: Matrix): Discriminant {
  const { columns } = background;
  const mean = meanOf(rowsOf(background), columns);
  const factor = cholesky(covariance(background, mean), columns);
  return {
    columns,
    learn(liked, disliked) {
      if (liked.length + disliked.length === 0) return undefined;
      const above = liked.length > 0 ? meanOf(liked, columns) : mean;
      const below = disliked.length > 0 ? blend(mean, meanOf(disliked, columns), disliked.length) : mean;
      const difference = above.map((value, at) => value - (below[at] as number));
      return normalize(Float32Array.from(solve(factor, difference, columns)));
    },
  };
}

/** The field and the disliked papers: with more of these, more of them. */
function blend(field: Float64Array, disliked: Float64Array, papers: number): Float64Array {
  const share = papers / (papers + 1);
  return field.map((value, at) => value + share * ((disliked[at] as number) - value));
}

function rowsOf(matrix: Matrix): Float32Array[] {
  return Array.from({ length: matrix.rows }, (_, row) => rowOf(matrix, row));
}

function meanOf(rows: readonly Float32Array[], columns: number): Float64Array {
  const mean = new Float64Array(columns);
  for (const row of rows)
    for (let i = 0; i < columns; i++) mean[i] = (mean[i] as number) + (row[i] as number) / rows.length;
  return mean;
}

/** Of the rows about their mean, [columns, columns], with the ridge on its diagonal. */
function covariance(matrix: Matrix, mean: Float64Array): Float64Array {
  const { columns, rows, data } = matrix;
  const sums = new Float64Array(columns * columns);
  const away = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) away[i] = (data[row * columns + i] as number) - (mean[i] as number);
    for (let i = 0; i < columns; i++) {
      const value = (away[i] as number) / rows;
      for (let j = 0; j <= i; j++)
        sums[i * columns + j] = (sums[i * columns + j] as number) + value * (away[j] as number);
    }
  }
  let variance = 0;
  for (let i = 0; i < columns; i++) variance += (sums[i * columns + i] as number) / columns;
  // All rows alike: any ridge above 0 will do.
  const ridge = variance > 0 ? RIDGE * variance : 1;
  for (let i = 0; i < columns; i++) sums[i * columns + i] = (sums[i * columns + i] as number) + ridge;
  return sums;
}

/** The lower triangle L of a symmetric positive matrix L Lᵀ, given by its lower triangle, in place. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[i * size + k] as number) * (matrix[j * size + k] as number);
      matrix[i * size + j] = i === j ? Math.sqrt(sum) : sum / (matrix[j * size + j] as number);
    }
  }
  return matrix;
}

/** x of L Lᵀ x = right. */
function solve(factor: Float64Array, right: Float64Array, size: number): Float64Array {
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (factor[i * size + k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++)
      x[i] = (x[i] as number) - (factor[k * size + i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (factor[i * size + i] as number);
  }
  return x;
}
