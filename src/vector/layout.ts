import { type Edges, fuzzyEdgesSteps } from './fuzzy.ts';
import type { Matrix } from './matrix.ts';
import { findNeighboursSteps, type Neighbours } from './neighbours.ts';
import { nearestInCellsSteps } from './neighboursInCells.ts';
import { projectSteps } from './projection.ts';
import type { QuantizedRows } from './quantized.ts';
import { createRandom } from './random.ts';
import { within } from './steps.ts';

/** Rows as points of a plane, so that rows that are near in direction are near on it. */
export interface Layout {
  /** x and y of each row, [rows, 2]. */
  readonly positions: Float32Array;
}

export interface LayoutOptions {
  readonly seed: number;
  /** Where rows stood before, [rows, 2]; NaN for those that are new, which begin among their neighbours. */
  readonly before?: Float32Array | undefined;
  /** The rows are what they were then: where few are new, those that stood hardly move. */
  readonly hold?: boolean | undefined;
}

/** Neighbours of each row that are kept near: more show the whole better and the parts worse. */
const NEIGHBOURS = 15;
/** Half the width of the first picture, in units of the curve below: about what UMAP takes. */
const HALF_WIDTH = 10;
/** The nearness of two points at distance d is 1 / (1 + TIGHTNESS d²): with no exponent there is no power to compute. */
const TIGHTNESS = 1.6;
/** Pairs pushed apart for each that is pulled together. */
const PUSHES = 5;
/** Longest step of a coordinate before the rate is applied. */
const LONGEST = 4;
/** Rounds over all edges, of few rows and of many: the fewer points, the cheaper a round. */
const MOST_EPOCHS = 500;
const LEAST_EPOCHS = 200;
const MANY_ROWS = 10_000;
/** Share of new rows up to which the others keep their places. */
const FEW_NEW = 0.25;
/** How freely rows that stood before move where few are new, 0 to 1. */
const STIFFNESS = 0.003;
/** Work between two yields, in edges looked at, and what one costs that is taken: some 15 ms. */
const SLICE_WORK = 400_000;
const TAKEN_WORK = 25;
/** Share of the work that finding neighbours is, for the progress told; then come weights, and the first places. */
const NEIGHBOUR_SHARE = 0.35;
const EDGES_SHARE = 0.39;
const START_SHARE = 0.4;

/**
 * Lays rows out in the manner of UMAP: neighbours, fuzzy weights, and a descent that pulls neighbours together and
 * pushes chance pairs apart, from the two main directions or from where the rows stood before. Yields the share done, 0 to
 * 1, every few tens of milliseconds. Reproducible by seed and row order.
 * @param given few rows as floats; many as bytes, whose neighbours are found otherwise, and of which, where few are
 * new and the others hold, only the new ones' neighbours are looked for.
 */
export function* layoutSteps(
  given: Matrix | QuantizedRows,
  { seed, before, hold }: LayoutOptions,
): Generator<number, Layout> {
  const rows = 'data' in given ? given.rows : given.count();
  if (rows < 3) return { positions: yield* startAnew(given, seed) };
  const kept = before && keptOf(before);
  const added = kept ? rows - kept.reduce((sum, one) => sum + one, 0) : rows;
  const holds = kept !== undefined && hold === true && added <= FEW_NEW * rows;
  if (before && holds && added === 0) return { positions: before.slice() };
  const only = holds ? newRows(kept) : undefined;
  const finding =
    'data' in given
      ? findNeighboursSteps(given, NEIGHBOURS, seed)
      : nearestInCellsSteps(given, NEIGHBOURS, seed, only);
  const neighbours = yield* within(finding, 0, NEIGHBOUR_SHARE);
  const edges = yield* within(fuzzyEdgesSteps(neighbours), NEIGHBOUR_SHARE, EDGES_SHARE);
  const positions =
    kept && before
      ? place(before, kept, neighbours)
      : yield* within(startAnew(given, seed), EDGES_SHARE, START_SHARE);
  const mobility = new Float32Array(rows).fill(1);
  if (holds) for (let row = 0; row < rows; row++) if (kept[row]) mobility[row] = STIFFNESS;
  yield* within(descend(positions, edges, mobility, seed), START_SHARE, 1);
  return { positions };
}

function newRows(kept: Uint8Array): Uint32Array {
  const rows = new Uint32Array(kept.length - kept.reduce((sum, one) => sum + one, 0));
  let count = 0;
  for (let row = 0; row < kept.length; row++) if (!kept[row]) rows[count++] = row;
  return rows;
}

/** 1 for each row that stood somewhere; undefined where none did. */
function keptOf(before: Float32Array): Uint8Array | undefined {
  const kept = new Uint8Array(before.length / 2);
  for (let row = 0; row < kept.length; row++) {
    kept[row] = Number.isFinite(before[row * 2]) && Number.isFinite(before[row * 2 + 1]) ? 1 : 0;
  }
  return kept.includes(1) ? kept : undefined;
}

/** The projection, wide enough, with a little chance in it: rows that are alike could not be told apart. */
function* startAnew(given: Matrix | QuantizedRows, seed: number): Generator<number, Float32Array> {
  const random = createRandom(seed);
  const { positions } = yield* projectSteps(given, seed);
  let reach = 0;
  for (const value of positions) reach = Math.max(reach, Math.abs(value));
  const scale = reach > 0 ? HALF_WIDTH / reach : 0;
  return positions.map((value) => value * scale + (random() - 0.5) * 1e-3);
}

/** New rows at the middle of those of their neighbours that stand, the nearer the heavier. */
function place(
  before: Float32Array,
  kept: Uint8Array,
  { rows, distances, count, of }: Neighbours,
): Float32Array {
  const positions = before.slice();
  const standing = kept.slice();
  const lists = of?.length ?? standing.length;
  // A row among new ones only waits until those stand.
  for (let left = standing.length, last = -1; left !== last && left > 0; ) {
    last = left;
    left = 0;
    for (let list = 0; list < lists; list++) {
      const row = of ? (of[list] as number) : list;
      if (standing[row]) continue;
      let [x, y, total] = [0, 0, 0];
      for (let i = list * count; i < (list + 1) * count; i++) {
        const other = rows[i] as number;
        if (!standing[other]) continue;
        const weight = 1 / ((distances[i] as number) + 1e-3);
        x += weight * (positions[other * 2] as number);
        y += weight * (positions[other * 2 + 1] as number);
        total += weight;
      }
      if (total === 0) {
        left++;
        continue;
      }
      positions[row * 2] = x / total;
      positions[row * 2 + 1] = y / total;
      standing[row] = 1;
    }
  }
  return positions.map((value) => (Number.isFinite(value) ? value : 0));
}

/** Stochastic descent, in place. An edge is taken the more often the surer it is. */
function* descend(
  positions: Float32Array,
  { heads, tails, weights }: Edges,
  mobility: Float32Array,
  seed: number,
): Generator<number> {
  const random = createRandom(seed + 1);
  const rows = mobility.length;
  const epochs = rows >= MANY_ROWS ? LEAST_EPOCHS : MOST_EPOCHS;
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  /** What an edge has saved up: at 1 it is taken. Begun by chance, so that epochs are alike. */
  const saved = Float32Array.from(weights, () => random());

  /** Moves a point along the line to another by `force` times their difference. */
  const shift = (row: number, x: number, y: number, force: number, rate: number): void => {
    const free = rate * (mobility[row] as number);
    const at = row * 2;
    positions[at] = (positions[at] as number) + free * bounded(force * x);
    positions[at + 1] = (positions[at + 1] as number) + free * bounded(force * y);
  };
  const pull = (a: number, b: number, rate: number): void => {
    const x = (positions[a * 2] as number) - (positions[b * 2] as number);
    const y = (positions[a * 2 + 1] as number) - (positions[b * 2 + 1] as number);
    const force = (-2 * TIGHTNESS) / (1 + TIGHTNESS * (x * x + y * y));
    shift(a, x, y, force, rate);
    shift(b, x, y, -force, rate);
  };
  const push = (row: number, rate: number): void => {
    const other = Math.floor(random() * rows);
    if (other === row) return;
    const x = (positions[row * 2] as number) - (positions[other * 2] as number);
    const y = (positions[row * 2 + 1] as number) - (positions[other * 2 + 1] as number);
    const square = x * x + y * y;
    shift(row, x, y, 2 / ((0.001 + square) * (1 + TIGHTNESS * square)), rate);
  };

  let work = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let edge = 0; edge < heads.length; edge++) {
      // Both directions of an edge, of which each has its pushes.
      const due = (saved[edge] as number) + (2 * (weights[edge] as number)) / strongest;
      const times = Math.floor(due);
      saved[edge] = due - times;
      work += 1 + TAKEN_WORK * times;
      for (let time = 0; time < times; time++) {
        const [head, tail] = [heads[edge] as number, tails[edge] as number];
        pull(head, tail, rate);
        const pushed = (epoch + time) % 2 === 0 ? head : tail;
        for (let i = 0; i < PUSHES; i++) push(pushed, rate);
      }
      if (work < SLICE_WORK) continue;
      work = 0;
      yield (epoch + edge / heads.length) / epochs;
    }
  }
}

function bounded(step: number): number {
  return step > LONGEST ? LONGEST : step < -LONGEST ? -LONGEST : step;
}
