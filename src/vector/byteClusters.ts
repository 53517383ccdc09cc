import { chooseOnSample, FULL_ROUNDS, SAMPLE_ROWS } from './clusterings.ts';
import { type Clustering, numbered, SETTLED_SHARE } from './kmeans.ts';
import { dot, type Matrix, normalize } from './matrix.ts';
import type { QuantizedRows } from './quantized.ts';
import { createRandom, sampleIndices } from './random.ts';
import { within } from './steps.ts';

/*
 * Groups of many rows where they lie, as bytes: as floats a hundred thousand would take 100 MB, and centred as much
 * again. The kernel compares all rows with a middle in one scan, and a row is centred by numbers alone: of x, the mean
 * m and a middle c the centred cosine is (x c - m c) / |x - m|.
 */

/** Rows seen from their mean. */
export interface CentredRows {
  readonly block: QuantizedRows;
  readonly mean: Float32Array;
  /** One over the length of each row without the mean; 0 for rows that are like all others. */
  readonly scales: Float32Array;
}

/** Rows summed between two yields: some 10 ms at 256 columns. */
const SLICE_ROWS = 10_000;
/** Squared length of what centring leaves of a row that is like all others: a scan errs by a tenth of it. */
const SAME_POINT = 1e-4;

/** @param block nothing may change it while there is work on it. */
export function* centreSteps(block: QuantizedRows): Generator<number, CentredRows> {
  const rows = block.count();
  const all = new Uint8Array(rows);
  const sum = yield* sumSteps(block, all, new Float32Array(rows).fill(1), 1);
  const mean = Float32Array.from(sum, (value) => value / Math.max(1, rows));
  const along = block.similarities(mean);
  const square = dot(mean, mean);
  const scales = new Float32Array(rows);
  const { scales: own } = block.raw();
  for (let row = 0; row < rows; row++) {
    const left = ((own[row] as number) > 0 ? 1 : 0) - 2 * (along[row] as number) + square;
    scales[row] = left > SAME_POINT ? 1 / Math.sqrt(left) : 0;
  }
  return { block, mean, scales };
}

/** As `chooseClusteringSteps`: the number of groups by the same sample, then rounds over all rows. */
export function* chooseByteClusteringSteps(rows: CentredRows, seed: number): Generator<number, Clustering> {
  const sample = sampleOf(rows, seed);
  const chosen = yield* within(chooseOnSample(sample, rows.block.count(), { seed }), 0, 0.5);
  return yield* within(refineByteClusteringSteps(rows, chosen, FULL_ROUNDS), 0.5, 1);
}

/** As `refineClusteringSteps`, but that a middle to which no row is nearest is dropped. */
export function* refineByteClusteringSteps(
  rows: CentredRows,
  start: Clustering,
  rounds: number,
): Generator<number, Clustering> {
  const { columns } = rows.block;
  const groups = start.centroids.rows;
  const centroids = start.centroids.data.slice();
  let assignment = new Uint16Array(rows.block.count());
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const [from, to] = [round / rounds, (round + 1) / rounds];
    const next = yield* within(assignSteps(rows, centroids), from, to);
    let changed = 0;
    for (let row = 0; row < next.length; row++) if (next[row] !== assignment[row]) changed++;
    assignment = next;
    centroids.set(yield* within(middleSteps(rows, assignment, groups), to, to));
    if (round > 0 && changed <= assignment.length * SETTLED_SHARE) break;
  }
  const sizes = new Uint32Array(groups);
  for (const group of assignment) sizes[group] = (sizes[group] as number) + 1;
  return numbered({ rows: assignment.length, columns }, { groups, assignment, sizes, centroids }, start.seed);
}

/** As `clusteringOf`: groups as others have made them. */
export function* byteClusteringOf(
  rows: CentredRows,
  groupOf: readonly (number | undefined)[],
  groups: number,
  seed: number,
): Generator<number, Clustering> {
  const assignment = Uint16Array.from(groupOf, (group) => group ?? 0);
  const known = {
    ...rows,
    scales: rows.scales.map((scale, row) => (groupOf[row] === undefined ? 0 : scale)),
  };
  const data = yield* middleSteps(known, assignment, groups);
  return { assignment, centroids: { rows: groups, columns: rows.block.columns, data }, seed };
}

/** Cosine of each row with the middle of its group. */
export function* byteNearnessSteps(
  { block, mean, scales }: CentredRows,
  { assignment, centroids }: Clustering,
): Generator<number, Float32Array> {
  const nearness = new Float32Array(assignment.length);
  for (let group = 0; group < centroids.rows; group++) {
    const middle = centroids.data.slice(group * block.columns, (group + 1) * block.columns);
    const shift = dot(mean, middle);
    const along = block.similarities(middle);
    for (let row = 0; row < nearness.length; row++) {
      if (assignment[row] === group)
        nearness[row] = ((along[row] as number) - shift) * (scales[row] as number);
    }
    yield (group + 1) / centroids.rows;
  }
  return nearness;
}

/** The nearest middle of each row. A row's length does not change which that is. */
function* assignSteps(
  { block, mean }: CentredRows,
  centroids: Float32Array,
): Generator<number, Uint16Array<ArrayBuffer>> {
  const { columns } = block;
  const groups = centroids.length / columns;
  const assignment = new Uint16Array(block.count());
  const best = new Float32Array(assignment.length).fill(Number.NEGATIVE_INFINITY);
  for (let group = 0; group < groups; group++) {
    const middle = centroids.slice(group * columns, (group + 1) * columns);
    const shift = dot(mean, middle);
    const along = block.similarities(middle);
    for (let row = 0; row < best.length; row++) {
      const near = (along[row] as number) - shift;
      if (near <= (best[row] as number)) continue;
      best[row] = near;
      assignment[row] = group;
    }
    yield (group + 1) / groups;
  }
  return assignment;
}

/** The direction of each group's centred rows, [groups, columns]; 0 for a group of none. */
function* middleSteps(
  { block, mean, scales }: CentredRows,
  assignment: Uint16Array,
  groups: number,
): Generator<number, Float32Array<ArrayBuffer>> {
  const { columns } = block;
  const sums = yield* sumSteps(block, assignment, scales, groups);
  const weights = new Float64Array(groups);
  assignment.forEach((group, row) => {
    weights[group] = (weights[group] as number) + (scales[row] as number);
  });
  const middles = Float32Array.from(
    sums,
    (sum, at) => sum - (weights[Math.floor(at / columns)] as number) * (mean[at % columns] as number),
  );
  for (let at = 0; at < middles.length; at += columns) normalize(middles.subarray(at, at + columns));
  return middles;
}

/** Its yields only make room: they say nothing of the share done. */
function* sumSteps(
  block: QuantizedRows,
  groupOf: Uint16Array | Uint8Array,
  weights: Float32Array,
  groups: number,
): Generator<number, Float64Array> {
  const sums = new Float64Array(groups * block.columns);
  const rows = block.count();
  for (let start = 0; start < rows; start += SLICE_ROWS) {
    block.addTo(sums, groupOf, weights, start, Math.min(rows, start + SLICE_ROWS));
    yield 1;
  }
  return sums;
}

/** Centred rows as floats, those that `chooseClustering` would draw. */
function sampleOf({ block, mean, scales }: CentredRows, seed: number): Matrix {
  const { columns } = block;
  const chosen = sampleIndices(block.count(), SAMPLE_ROWS, createRandom(seed));
  const data = new Float32Array(chosen.length * columns);
  chosen.forEach((row, place) => {
    const vector = block.get(row);
    const scale = scales[row] as number;
    for (let i = 0; i < columns; i++)
      data[place * columns + i] = ((vector[i] as number) - (mean[i] as number)) * scale;
  });
  return { rows: chosen.length, columns, data };
}
