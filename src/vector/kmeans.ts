import type { Matrix } from './matrix.ts';
import { createRandom } from './random.ts';
import { dotAt } from './similarity.ts';
import { finish, within } from './steps.ts';

/**
 * Rows put into groups by direction (spherical k-means).
 *
 * Order: sums and draws follow the row order, so that equal rows in equal order
 * give equal groups, bit for bit. A caller who wants the same groups whatever
 * order papers arrived in passes rows sorted by a canonical key (the paper's id).
 */
export interface Clustering {
  /** Group of each row, from 0; the largest group is 0, equal sizes by first row. */
  readonly assignment: Uint16Array;
  /** One unit row a group: the direction of its mean. */
  readonly centroids: Matrix;
  readonly seed: number;
}

export interface ClusterOptions {
  /** How many groups to look for; fewer come back when there are fewer different rows. */
  readonly groups: number;
  readonly seed: number;
  /** Independent starts, of which the tightest is kept. */
  readonly restarts?: number;
  /** Most rounds of assigning and averaging for each start. */
  readonly rounds?: number;
}

const DEFAULT_RESTARTS = 4;
/** Text embeddings settle in 8 to 20 rounds; what moves later is a handful of rows. */
const DEFAULT_ROUNDS = 24;
/** A start is settled when fewer rows than this share change their group. */
export const SETTLED_SHARE = 0.001;
/** Rows nearer than this (1 - cosine) are one point: float32 noise over 256 terms is about 1e-6. */
const SAME_POINT = 1e-5;

/** A state of the iteration; `sums` are the groups' sums, `centroids` their directions. */
interface Fit {
  groups: number;
  assignment: Uint16Array;
  /** Cosine of each row with its own centroid. */
  nearness: Float32Array;
  sizes: Uint32Array;
  sums: Float64Array;
  centroids: Float32Array;
  cohesion: number;
}

/**
 * Finds `groups` groups. Synchronous: 10,000 rows of 256 with 20 groups cost about 60 ms a round.
 * An empty matrix gives no groups.
 */
export function clusterRows(matrix: Matrix, options: ClusterOptions): Clustering {
  return finish(clusterRowsSteps(matrix, options));
}

/** The same in steps, a round each. */
export function* clusterRowsSteps(matrix: Matrix, options: ClusterOptions): Generator<number, Clustering> {
  const random = createRandom(options.seed);
  const restarts = options.restarts ?? DEFAULT_RESTARTS;
  let best: Fit | undefined;
  for (let start = 0; start < restarts; start++) {
    const centroids = seedCentroids(matrix, options.groups, random);
    const settling = settle(matrix, centroids, options.rounds ?? DEFAULT_ROUNDS);
    const fit = yield* within(settling, start / restarts, (start + 1) / restarts);
    if (!best || fit.cohesion > best.cohesion) best = fit;
  }
  return numbered(matrix, best ?? (yield* settle(matrix, new Float32Array(0), 0)), options.seed);
}

/** Carries given centroids on over all rows, a round a step; used to widen the fit of a sample. */
export function* refineClusteringSteps(
  matrix: Matrix,
  start: Clustering,
  rounds: number,
): Generator<number, Clustering> {
  return numbered(matrix, yield* settle(matrix, start.centroids.data.slice(), rounds), start.seed);
}

/** k-means++: each next centroid is drawn with a chance in proportion to its distance from those chosen. */
function seedCentroids(matrix: Matrix, groups: number, random: () => number): Float32Array {
  const { rows, columns, data } = matrix;
  const chosen: number[] = [];
  const distance = new Float64Array(rows).fill(1);
  let total = rows;
  while (chosen.length < Math.min(groups, rows) && total > 0) {
    const row = drawRow(distance, total, random);
    chosen.push(row);
    total = 0;
    for (let other = 0; other < rows; other++) {
      const away = 1 - dotAt(data, other * columns, data, row * columns, columns);
      const kept = Math.min(distance[other] as number, away);
      distance[other] = other === row || kept < SAME_POINT ? 0 : kept;
      total += distance[other] as number;
    }
  }
  const centroids = new Float32Array(chosen.length * columns);
  chosen.forEach((row, group) => {
    centroids.set(data.subarray(row * columns, (row + 1) * columns), group * columns);
  });
  return centroids;
}

function drawRow(weights: Float64Array, total: number, random: () => number): number {
  let left = random() * total;
  let last = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] as number;
    if (weight <= 0) continue;
    last = row;
    left -= weight;
    if (left < 0) return row;
  }
  return last;
}

function* settle(matrix: Matrix, centroids: Float32Array, rounds: number): Generator<number, Fit> {
  const groups = centroids.length / matrix.columns;
  const fit: Fit = {
    groups,
    assignment: new Uint16Array(matrix.rows),
    nearness: new Float32Array(matrix.rows),
    sizes: new Uint32Array(groups),
    sums: new Float64Array(centroids.length),
    centroids,
    cohesion: 0,
  };
  if (groups === 0) return fit;
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const changed = assign(matrix, fit) + fillEmpty(fit);
    average(matrix, fit);
    yield (round + 1) / rounds;
    if (round > 0 && changed <= matrix.rows * SETTLED_SHARE) break;
  }
  return fit;
}

/** Gives each row its nearest centroid; returns how many rows moved. */
function assign(matrix: Matrix, fit: Fit): number {
  const { rows, columns, data } = matrix;
  let changed = 0;
  fit.cohesion = 0;
  fit.sizes.fill(0);
  for (let row = 0; row < rows; row++) {
    let group = 0;
    let nearest = Number.NEGATIVE_INFINITY;
    for (let candidate = 0; candidate < fit.groups; candidate++) {
      const cosine = dotAt(data, row * columns, fit.centroids, candidate * columns, columns);
      if (cosine > nearest) {
        nearest = cosine;
        group = candidate;
      }
    }
    if (fit.assignment[row] !== group) changed++;
    fit.assignment[row] = group;
    fit.nearness[row] = nearest;
    fit.sizes[group] = (fit.sizes[group] as number) + 1;
    fit.cohesion += nearest;
  }
  return changed;
}

/** An empty group takes the row that fits worst where it is; returns how many rows moved. */
function fillEmpty(fit: Fit): number {
  let moved = 0;
  for (let group = 0; group < fit.groups; group++) {
    if (fit.sizes[group] !== 0) continue;
    let worst = -1;
    for (let row = 0; row < fit.assignment.length; row++) {
      const spare = (fit.sizes[fit.assignment[row] as number] as number) > 1;
      const limit = worst < 0 ? 1 - SAME_POINT : (fit.nearness[worst] as number);
      if (spare && (fit.nearness[row] as number) < limit) worst = row;
    }
    if (worst < 0) continue;
    const from = fit.assignment[worst] as number;
    fit.sizes[from] = (fit.sizes[from] as number) - 1;
    fit.sizes[group] = 1;
    fit.assignment[worst] = group;
    fit.nearness[worst] = 1;
    moved++;
  }
  return moved;
}

function average(matrix: Matrix, fit: Fit): void {
  const { rows, columns, data } = matrix;
  fit.sums.fill(0);
  for (let row = 0; row < rows; row++) {
    const to = (fit.assignment[row] as number) * columns;
    const from = row * columns;
    for (let i = 0; i < columns; i++) {
      fit.sums[to + i] = (fit.sums[to + i] as number) + (data[from + i] as number);
    }
  }
  for (let group = 0; group < fit.groups; group++) {
    const start = group * columns;
    let norm = 0;
    for (let i = start; i < start + columns; i++) norm += (fit.sums[i] as number) ** 2;
    const scale = norm > 0 ? 1 / Math.sqrt(norm) : 0;
    for (let i = start; i < start + columns; i++) fit.centroids[i] = (fit.sums[i] as number) * scale;
  }
}

/** Drops groups that stayed empty and numbers the rest by size. */
export function numbered(
  matrix: Pick<Matrix, 'rows' | 'columns'>,
  fit: Pick<Fit, 'groups' | 'assignment' | 'sizes' | 'centroids'>,
  seed: number,
): Clustering {
  const { columns } = matrix;
  const firstRow = new Uint32Array(fit.groups).fill(matrix.rows);
  for (let row = matrix.rows - 1; row >= 0; row--) firstRow[fit.assignment[row] as number] = row;
  const order = Array.from({ length: fit.groups }, (_, group) => group)
    .filter((group) => (fit.sizes[group] as number) > 0)
    .sort(
      (a, b) =>
        (fit.sizes[b] as number) - (fit.sizes[a] as number) ||
        (firstRow[a] as number) - (firstRow[b] as number),
    );
  const renumbered = new Uint16Array(fit.groups);
  const centroids = new Float32Array(order.length * columns);
  order.forEach((group, place) => {
    renumbered[group] = place;
    centroids.set(fit.centroids.subarray(group * columns, (group + 1) * columns), place * columns);
  });
  return {
    assignment: fit.assignment.map((group) => renumbered[group] as number),
    centroids: { rows: order.length, columns, data: centroids },
    seed,
  };
}
