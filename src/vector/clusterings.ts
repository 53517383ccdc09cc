import { type Clustering, clusterRowsSteps, refineClusteringSteps } from './kmeans.ts';
import { dot, type Matrix, normalize } from './matrix.ts';
import { createRandom, sampleIndices } from './random.ts';
import { dotAt } from './similarity.ts';
import { finish, within } from './steps.ts';

export interface ChoiceOptions {
  readonly seed: number;
  /** Fewest and most groups; by default `readableGroups` of the number of rows. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Above this many rows the number of groups is chosen on a sample: 1,500 rows place 24 groups well. */
export const SAMPLE_ROWS = 1500;
/** Numbers of groups tried: more would cost seconds and differ by noise. */
const CANDIDATES = 5;
/** Starts for each number of groups: few rows are cheap and land in poor places more often. */
const MOST_RESTARTS = 40;
const LEAST_RESTARTS = 2;
const ROWS_A_RESTART = 4000;
/** Rounds over the sample, and over all rows from the sample's centroids. */
const SAMPLE_ROUNDS = 12;
export const FULL_ROUNDS = 8;
/** Squared length of what centring leaves of a row that is like all others. */
export const SAME_DIRECTION = 1e-8;
/**
 * Silhouettes this near to the best are alike; then the most groups win, which agrees better with the
 * tracks of a conference. Groups that are plainly there differ by ten times as much.
 */
const SILHOUETTE_SLACK = 0.015;

/**
 * How many groups a reader can take in: 5 to 8 for 50 papers, 12 to 23 for 3,000, never above 24.
 * Grows with the fourth root of the rows, fitted to those two.
 */
export function readableGroups(rows: number): { minimum: number; maximum: number } {
  const root = rows ** 0.25;
  const within = (value: number, most: number) => Math.max(1, Math.min(Math.round(value), most, rows));
  return { minimum: within(1.75 * root, 12), maximum: within(3.1 * root, 24) };
}

/**
 * Finds groups and how many there are: of the numbers tried, the largest whose mean
 * silhouette (see `meanSilhouette`) is near the best. Deterministic by seed
 * and row order. Groups are found after centring, and `centroids` are those of the centred rows. Synchronous: about two seconds for 10,000 rows of 256; see
 * `chooseClusteringSteps` to stay answerable meanwhile.
 */
export function chooseClustering(matrix: Matrix, options: ChoiceOptions): Clustering {
  return finish(chooseClusteringSteps(matrix, options));
}

/** The same in steps, a round of k-means each: yields the share done, 0 to 1; a caller may drop it at any step. */
export function* chooseClusteringSteps(
  matrix: Matrix,
  options: ChoiceOptions,
): Generator<number, Clustering> {
  const rows = centred(matrix);
  const sample = sampleRows(rows, options.seed);
  const chosen = yield* within(chooseOnSample(sample, rows.rows, options), 0, sample === rows ? 1 : 0.8);
  return sample === rows ? chosen : yield* within(refineClusteringSteps(rows, chosen, FULL_ROUNDS), 0.8, 1);
}

/**
 * The number of groups and their middles by a sample of the rows.
 * @param sample centred.
 * @param rows that there are in all.
 */
export function* chooseOnSample(
  sample: Matrix,
  rows: number,
  options: ChoiceOptions,
): Generator<number, Clustering> {
  const readable = readableGroups(rows);
  const candidates = groupCounts(options.minimum ?? readable.minimum, options.maximum ?? readable.maximum);
  const wanted = Math.round(ROWS_A_RESTART / Math.max(1, sample.rows));
  const restarts = Math.max(LEAST_RESTARTS, Math.min(MOST_RESTARTS, wanted));
  const tried: { clustering: Clustering; silhouette: number }[] = [];
  for (const [index, groups] of candidates.entries()) {
    const steps = clusterRowsSteps(sample, { groups, seed: options.seed, restarts, rounds: SAMPLE_ROUNDS });
    const each = 1 / candidates.length;
    const clustering = yield* within(steps, index * each, (index + 1) * each);
    tried.push({ clustering, silhouette: meanSilhouette(sample, clustering) });
    yield (index + 1) * each;
  }
  const best = Math.max(...tried.map((trial) => trial.silhouette));
  const chosen = tried.findLast((trial) => trial.silhouette >= best - SILHOUETTE_SLACK);
  return (chosen ?? tried[0])?.clustering as Clustering;
}

/**
 * Mean simplified silhouette over the rows, -1 to 1: how much nearer a row is to its own
 * centroid than to the next. A row's own centroid is taken without the row itself, so that
 * small groups get no praise for containing it; a row alone in its group counts 0.
 */
export function meanSilhouette(matrix: Matrix, clustering: Clustering): number {
  const { rows, columns, data } = matrix;
  const { assignment, centroids } = clustering;
  if (rows === 0 || centroids.rows < 2) return 0;
  const { lengths, sizes } = sumLengths(matrix, clustering);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = assignment[row] as number;
    if (sizes[own] === 1) continue;
    let other = Number.NEGATIVE_INFINITY;
    let withSelf = 0;
    for (let group = 0; group < centroids.rows; group++) {
      const cosine = dotAt(data, row * columns, centroids.data, group * columns, columns);
      if (group === own) withSelf = cosine;
      else if (cosine > other) other = cosine;
    }
    // The sum s = length * centroid, and x . (s - x) / |s - x| needs only x . s and |s|.
    const length = lengths[own] as number;
    const rest = Math.sqrt(Math.max(1e-9, length * length - 2 * length * withSelf + 1));
    const near = 1 - (length * withSelf - 1) / rest;
    const far = 1 - other;
    total += (far - near) / Math.max(far, near, 1e-9);
  }
  return total / rows;
}

/** Length of each group's sum of rows, and their number. */
function sumLengths(matrix: Matrix, clustering: Clustering) {
  const { columns, data } = matrix;
  const { centroids } = clustering;
  const lengths = new Float64Array(centroids.rows);
  const sizes = new Uint32Array(centroids.rows);
  clustering.assignment.forEach((group, row) => {
    // The sum points along its centroid, so its length is the sum of the rows' cosines with it.
    const cosine = dotAt(data, row * columns, centroids.data, group * columns, columns);
    lengths[group] = (lengths[group] as number) + cosine;
    sizes[group] = (sizes[group] as number) + 1;
  });
  return { lengths, sizes };
}

/**
 * The rows without their common direction, as unit rows again: what all papers of a library share says
 * nothing about its groups, and left in it makes one group of everything that is not special.
 */
export function centred(matrix: Matrix): Matrix {
  const { rows, columns, data } = matrix;
  const mean = new Float64Array(columns);
  data.forEach((value, index) => {
    mean[index % columns] = (mean[index % columns] as number) + value / rows;
  });
  const moved = data.map((value, index) => value - (mean[index % columns] as number));
  for (let row = 0; row < rows; row++) {
    const vector = moved.subarray(row * columns, (row + 1) * columns);
    // Rows that are all alike have nothing left but rounding: they stay at zero, in one group.
    if (dot(vector, vector) < SAME_DIRECTION) vector.fill(0);
    normalize(vector);
  }
  return { rows, columns, data: moved };
}

/**
 * A clustering as others have made it, to be carried on: each group's middle is that of its rows.
 * @param groupOf group of each row; undefined for one that has none yet, which is put with the first.
 */
export function clusteringOf(
  matrix: Matrix,
  groupOf: readonly (number | undefined)[],
  groups: number,
  seed: number,
): Clustering {
  const { columns, data } = matrix;
  const centroids = new Float32Array(groups * columns);
  groupOf.forEach((group, row) => {
    if (group === undefined) return;
    for (let i = 0; i < columns; i++) {
      const at = group * columns + i;
      centroids[at] = (centroids[at] as number) + (data[row * columns + i] as number);
    }
  });
  for (let group = 0; group < groups; group++) {
    normalize(centroids.subarray(group * columns, (group + 1) * columns));
  }
  const assignment = Uint16Array.from(groupOf, (group) => group ?? 0);
  return { assignment, centroids: { rows: groups, columns, data: centroids }, seed };
}

function groupCounts(minimum: number, maximum: number): number[] {
  const low = Math.max(1, Math.min(minimum, maximum));
  const count = Math.min(CANDIDATES, maximum - low + 1);
  const counts = Array.from({ length: count }, (_, index) =>
    Math.round(low + (index * (maximum - low)) / Math.max(1, count - 1)),
  );
  return counts.length > 0 ? counts : [low];
}

function sampleRows(matrix: Matrix, seed: number): Matrix {
  if (matrix.rows <= SAMPLE_ROWS) return matrix;
  const { columns } = matrix;
  const chosen = sampleIndices(matrix.rows, SAMPLE_ROWS, createRandom(seed));
  const data = new Float32Array(chosen.length * columns);
  chosen.forEach((row, place) => {
    data.set(matrix.data.subarray(row * columns, (row + 1) * columns), place * columns);
  });
  return { rows: chosen.length, columns, data };
}
