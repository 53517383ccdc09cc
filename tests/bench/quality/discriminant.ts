/** A way for a topic to learn from examples that the site does not have yet: measured here first. */
import { dot, type Matrix, rowOf } from '../../../src/vector/matrix.ts';

/** Papers that a reader has said belong to a topic, and papers that do not; as unit vectors. */
export interface Examples {
  readonly liked: readonly Float32Array[];
  readonly disliked: readonly Float32Array[];
}

/** A direction learned from examples: how far along it a paper lies tells how like the liked ones it is. */
export interface Lesson {
  /** [columns]; not of unit length. */
  readonly direction: Float32Array;
}

/** A lesson in a space: what all directions of it have in common is learned once. */
export interface Teacher {
  readonly columns: number;
  /** @returns undefined when nothing is liked or disliked. */
  learn(examples: Examples): Lesson | undefined;
}

/**
 * Share of the mean variance that is added to each direction's: directions of which a few hundred papers say little
 * must not decide. Not fitted yet.
 */
const RIDGE = 0.3;

/**
 * Linear discriminant analysis with one covariance for all topics, that of unrelated papers of the field (as
 * Hariharan, Malik and Ramanan 2012 learn a detector from one example): the direction is the covariance's inverse
 * times what the liked have more than the field and the disliked. No rounds and no rate, so that it is there at once.
 */
export function createTeacher(background: Matrix): Teacher {
  const { columns } = background;
  const mean = meanOf(rowsOf(background), columns);
  const factor = cholesky(covariance(background, mean), columns);
  return {
    columns,
    learn({ liked, disliked }) {
      if (liked.length + disliked.length === 0) return undefined;
      const above = liked.length > 0 ? meanOf(liked, columns) : mean;
      const below = disliked.length > 0 ? blend(mean, meanOf(disliked, columns), disliked.length) : mean;
      const difference = above.map((value, at) => value - (below[at] as number));
      return { direction: Float32Array.from(solve(factor, difference, columns)) };
    },
  };
}

/** The field and the disliked papers: with more of these, more of them. */
function blend(field: Float64Array, disliked: Float64Array, papers: number): Float64Array {
  const share = papers / (papers + 1);
  return field.map((value, at) => value + share * ((disliked[at] as number) - value));
}

/** How far each row lies along a lesson. */
export function follow({ direction }: Lesson, matrix: Matrix): Float32Array {
  return Float32Array.from({ length: matrix.rows }, (_, row) => dot(rowOf(matrix, row), direction));
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
