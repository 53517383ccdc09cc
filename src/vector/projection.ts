import { type Matrix, rowOf } from './matrix.ts';
import type { QuantizedRows } from './quantized.ts';
import { createRandom, sampleIndices } from './random.ts';
import { dotAt } from './similarity.ts';
import { finish } from './steps.ts';

/** Rows seen from the side from which they lie furthest apart (principal components). */
export interface Projection {
  /** x and y of each row, [rows, 2]. */
  readonly positions: Float32Array;
  /** Mean square of the rows along each axis, the larger first; 0 where rows do not differ. */
  readonly variances: readonly [number, number];
}

/** Products of two numbers that the covariance may cost, about as many ns: 10,000 rows of 256. */
const SAMPLE_PRODUCTS = 330_000_000;
const LEAST_SAMPLE = 1_000;
/** Of many rows there is more to do beside it: half of that turns the axes by less than one can see. */
const SHARE_OF_MANY = 0.5;
/** Directions that are looked for together: the more besides the two, the fewer rounds until these stand still. */
const DIRECTIONS = 8;
const ROUNDS = 200;
/** A round that turns both axes by less than this (1 - cosine) is the last. */
const STILL = 1e-7;

/** Rows of a sample whose products are summed between two yields, and rounds of the search for directions: 10 to 20 ms. */
const SLICE_ROWS = 200;
const SLICE_ROUNDS = 10;

/**
 * Projects rows to the two directions of largest variance: subspace iteration on the covariance of a sample, so
 * that the cost beyond it is one pass. Reproducible by seed; an axis points to where its largest loading is
 * positive. About half a second for 10,000 rows of 256, and little more for 100,000.
 */
export function projectRows(matrix: Matrix, seed: number): Projection {
  return finish(projectSteps(matrix, seed));
}

/** The same in steps, of rows as floats or as bytes: of these no more than the sample becomes floats. */
export function* projectSteps(given: Matrix | QuantizedRows, seed: number): Generator<number, Projection> {
  const rows = 'data' in given ? given.rows : given.count();
  const { columns } = given;
  const sample = sampleOf(given, rows, seed);
  yield 0;
  const mean = meanOf(sample);
  const axes = yield* findAxes(sample, mean, seed);
  const positions = new Float32Array(rows * 2);
  const variances: [number, number] = [0, 0];
  for (let axis = 0; axis < 2; axis++) {
    const direction = axes.slice(axis * columns, (axis + 1) * columns);
    const middle = dotAt(mean, 0, direction, 0, columns);
    const byRow = 'data' in given ? undefined : given.similarities(direction);
    const at = (row: number) =>
      byRow ? (byRow[row] as number) : dotAt((given as Matrix).data, row * columns, direction, 0, columns);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const along = at(row) - middle;
      positions[row * 2 + axis] = along;
      sum += along * along;
    }
    variances[axis] = rows > 0 ? sum / rows : 0;
    yield 1;
  }
  // Two of nearly the same variance stand still before they stand in order.
  if (variances[0] >= variances[1]) return { positions, variances };
  for (let at = 0; at < 2 * rows; at += 2) positions.subarray(at, at + 2).reverse();
  return { positions, variances: [variances[1], variances[0]] };
}

function sampleOf(given: Matrix | QuantizedRows, rows: number, seed: number): Matrix {
  const { columns } = given;
  const products = 'data' in given ? SAMPLE_PRODUCTS : SAMPLE_PRODUCTS * SHARE_OF_MANY;
  const affordable = Math.round((2 * products) / columns ** 2);
  const chosen = sampleIndices(rows, Math.max(LEAST_SAMPLE, affordable), createRandom(seed));
  if ('data' in given && chosen.length === rows) return given;
  const data = new Float32Array(chosen.length * columns);
  for (const [place, row] of chosen.entries()) {
    const vector = 'data' in given ? rowOf(given, row) : given.get(row);
    data.set(vector, place * columns);
  }
  return { rows: chosen.length, columns, data };
}

function meanOf({ rows, columns, data }: Matrix): Float32Array {
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) mean[i] = (mean[i] as number) + (data[row * columns + i] as number);
  }
  return Float32Array.from(mean, (sum) => sum / Math.max(1, rows));
}

/** Unit directions [2, columns] of largest variance, the larger first; zero where there is none. */
function* findAxes(sample: Matrix, mean: Float32Array, seed: number): Generator<number, Float32Array> {
  const { columns } = sample;
  const random = createRandom(seed);
  const count = Math.min(DIRECTIONS, columns);
  const covariance = yield* covarianceOf(sample, mean);
  let directions = Float32Array.from({ length: count * columns }, () => random() - 0.5);
  orthonormalize(directions, count, columns);
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float32Array(count * columns);
    for (let d = 0; d < count; d++) {
      for (let i = 0; i < columns; i++) {
        next[d * columns + i] = dotAt(covariance, i * columns, directions, d * columns, columns);
      }
    }
    orthonormalize(next, count, columns);
    let turned = 0;
    for (let d = 0; d < Math.min(2, count); d++) {
      const cosine = dotAt(next, d * columns, directions, d * columns, columns);
      turned = Math.max(turned, 1 - Math.abs(cosine));
    }
    directions = next;
    if (turned < STILL) break;
    if (round % SLICE_ROUNDS === SLICE_ROUNDS - 1) yield 0.9;
  }
  return pointed(directions, count, columns);
}

/** Sums over the sample of products of two columns, without their means [columns, columns]. */
function* covarianceOf({ rows, columns, data }: Matrix, mean: Float32Array): Generator<number, Float32Array> {
  const sums = new Float64Array(columns * columns);
  const away = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) away[i] = (data[row * columns + i] as number) - (mean[i] as number);
    for (let i = 0; i < columns; i++) {
      const [value, start] = [away[i] as number, i * columns];
      for (let j = 0; j <= i; j++)
        sums[start + j] = (sums[start + j] as number) + value * (away[j] as number);
    }
    if (row % SLICE_ROWS === SLICE_ROWS - 1) yield (0.8 * row) / rows;
  }
  const whole = Float32Array.from(sums);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) whole[j * columns + i] = whole[i * columns + j] as number;
  }
  return whole;
}

/** Gram-Schmidt in place, twice against rounding; a row that adds no direction becomes zero. */
function orthonormalize<T extends Float32Array>(rows: T, count: number, columns: number): T {
  const row = (index: number) => rows.subarray(index * columns, (index + 1) * columns);
  for (let d = 0; d < count; d++) {
    const vector = row(d);
    const before = Math.sqrt(dotAt(vector, 0, vector, 0, columns));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < d; other++) {
        const along = dotAt(vector, 0, row(other), 0, columns);
        for (let i = 0; i < columns; i++) {
          vector[i] = (vector[i] as number) - along * (row(other)[i] as number);
        }
      }
    }
    const norm = Math.sqrt(dotAt(vector, 0, vector, 0, columns));
    const scale = norm > before * 1e-5 && norm > 1e-12 ? 1 / norm : 0;
    for (let i = 0; i < columns; i++) vector[i] = (vector[i] as number) * scale;
  }
  return rows;
}

/** The first two, each turned to where its largest loading is positive. */
function pointed(directions: Float32Array, count: number, columns: number): Float32Array {
  const axes = new Float32Array(2 * columns);
  for (let axis = 0; axis < Math.min(2, count); axis++) {
    const direction = directions.subarray(axis * columns, (axis + 1) * columns);
    const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    axes.set(largest < 0 ? direction.map((value) => -value) : direction, axis * columns);
  }
  return axes;
}
