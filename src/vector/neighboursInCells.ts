import { type CentredRows, centreSteps } from './byteClusters.ts';
import { dot, normalize } from './matrix.ts';
import { createTable, type Neighbours } from './neighbours.ts';
import type { QuantizedRows } from './quantized.ts';
import { createRandom, sampleIndices } from './random.ts';
import { within } from './steps.ts';

/** Cells for so many rows: then it costs about as much to find each row's cells as to look through them. */
const cellsFor = (rows: number): number => Math.max(1, Math.round(2 * Math.sqrt(rows)));
/** Cells that are looked through for each row. */
const PROBES = 10;
/** Rows a cell by which the middles are found, and rounds. */
const SAMPLED_A_CELL = 24;
const ROUNDS = 3;
/** Rows that have been looked for between two yields: some 10 ms. */
const SLICE_ROWS = 500;
/** Middles compared with all rows between two yields: some 20 ms for a hundred thousand. */
const SLICE_CELLS = 4;

/**
 * The rows nearest to each of many, by cosine: rows are sorted into cells by direction, and a row is compared with
 * those of the cells nearest to it, by the kernel, a cell at a time. Finds some 94 of 100. Reproducible by seed.
 * @param block nothing may change it meanwhile.
 * @param of rows whose neighbours are wanted, ascending; all by default.
 */
export function* nearestInCellsSteps(
  block: QuantizedRows,
  wanted: number,
  seed: number,
  of?: Uint32Array,
): Generator<number, Neighbours> {
  const total = block.count();
  const count = Math.max(0, Math.min(wanted, total - 1));
  const centred = yield* within(centreSteps(block), 0, 0);
  const middles = yield* within(findMiddles(centred, seed), 0, 0.1);
  const probes = yield* within(nearestMiddles(centred, middles), 0.1, 0.4);
  const { order, starts } = sortIntoCells(probes, middles.length);
  yield 0.4;
  const cells = block.pick(order);
  yield 0.4;
  const places = new Uint32Array(total);
  for (let place = 0; place < total; place++) places[order[place] as number] = place;
  const asked = of ? Uint32Array.from(of, (row) => places[row] as number).sort() : undefined;
  const table = createTable(total, count);
  const found = new Float32Array(largestCell(starts) + 4);
  const length = asked?.length ?? total;
  for (let at = 0; at < length; at++) {
    const place = asked ? (asked[at] as number) : at;
    const row = order[place] as number;
    for (let probe = 0; probe < probes.each; probe++) {
      const cell = probes.cells[row * probes.each + probe] as number;
      const [start, end] = [starts[cell] as number, starts[cell + 1] as number];
      cells.besides(place, start, end, found);
      offerStretch(table, place, start, end, found, asked === undefined);
    }
    if (at % SLICE_ROWS === SLICE_ROWS - 1) yield 0.4 + (0.6 * at) / length;
  }
  return inOldOrder(table, order, of, places);
}

type Table = ReturnType<typeof createTable>;

/** @param both a neighbour learns of the row too: it may not look into this row's cell. */
function offerStretch(
  table: Table,
  place: number,
  start: number,
  end: number,
  cosines: Float32Array,
  both: boolean,
): void {
  const { count, distances, offer } = table;
  if (count === 0) return;
  const last = count - 1;
  let worst = distances[place * count + last] as number;
  for (let other = start; other < end; other++) {
    const distance = 1 - (cosines[other - start] as number);
    if (distance < worst && other !== place) {
      offer(place, other, Math.max(0, distance));
      worst = distances[place * count + last] as number;
    }
    if (both && distance < (distances[other * count + last] as number) && other !== place)
      offer(other, place, Math.max(0, distance));
  }
}

/** Rows have had the numbers of their places in cells; those of `of` alone, where only theirs are wanted. */
function inOldOrder(
  { count, rows, distances }: Table,
  order: Uint32Array,
  of: Uint32Array | undefined,
  places: Uint32Array,
): Neighbours {
  const length = of?.length ?? order.length;
  const found = { rows: new Uint32Array(length * count), distances: new Float32Array(length * count) };
  for (let at = 0; at < length; at++) {
    const from = (places[of ? (of[at] as number) : at] as number) * count;
    for (let i = 0; i < count; i++) {
      const other = rows[from + i] as number;
      // Fewer than wanted in all its cells: the first stands for the missing, and no pair is new.
      const known = other < order.length;
      const first = rows[from] as number;
      // One that is alone in all its cells stands for itself.
      const alone = first >= order.length;
      const stands = known ? other : alone ? from / count : first;
      found.rows[at * count + i] = order[stands] as number;
      found.distances[at * count + i] = alone ? 0 : (distances[known ? from + i : from] as number);
    }
  }
  return { count, ...found, ...(of ? { of } : {}) };
}

/** Directions of the cells: k-means over a sample, which is small enough to be moved as it is. */
function* findMiddles(
  { block, mean, scales }: CentredRows,
  seed: number,
): Generator<number, readonly Float32Array[]> {
  const random = createRandom(seed);
  const wanted = cellsFor(block.count());
  const drawn = sampleIndices(block.count(), wanted * SAMPLED_A_CELL, random);
  const sample = block.pick(drawn);
  const own = Float32Array.from(drawn, (row) => scales[row] as number);
  const first = sampleIndices(drawn.length, wanted, random);
  let middles = Array.from(first, (at) => away(sample.get(at), mean));
  for (let round = 0; round < ROUNDS; round++) {
    const nearest = yield* within(
      nearestMiddles({ block: sample, mean, scales: own }, middles, 1),
      round / ROUNDS,
      (round + 1) / ROUNDS,
    );
    const sums = new Float64Array(middles.length * block.columns);
    const weights = new Float64Array(middles.length);
    sample.addTo(sums, nearest.cells, own, 0, sample.count());
    nearest.cells.forEach((cell, at) => {
      weights[cell] = (weights[cell] as number) + (own[at] as number);
    });
    middles = middles.map((middle, cell) => {
      const weight = weights[cell] as number;
      if (weight === 0) return middle;
      const sum = sums.subarray(cell * block.columns, (cell + 1) * block.columns);
      return normalize(Float32Array.from(sum, (value, i) => value - weight * (mean[i] as number)));
    });
    yield (round + 1) / ROUNDS;
  }
  return middles;
}

const away = (row: Float32Array, mean: Float32Array): Float32Array =>
  normalize(row.map((value, i) => value - (mean[i] as number)));

interface Probes {
  readonly each: number;
  /** [rows, each], the nearest first. */
  readonly cells: Uint16Array;
}

/** The middles nearest to each row. */
function* nearestMiddles(
  { block, mean }: CentredRows,
  middles: readonly Float32Array[],
  most: number = PROBES,
): Generator<number, Probes> {
  const rows = block.count();
  const each = Math.min(most, middles.length);
  const cells = new Uint16Array(rows * each);
  const near = new Float32Array(rows * each).fill(Number.NEGATIVE_INFINITY);
  for (const [cell, middle] of middles.entries()) {
    const shift = dot(mean, middle);
    const along = block.similarities(middle);
    for (let row = 0; row < rows; row++) {
      const score = (along[row] as number) - shift;
      let at = row * each + each - 1;
      if (score <= (near[at] as number)) continue;
      for (; at > row * each && (near[at - 1] as number) < score; at--) {
        near[at] = near[at - 1] as number;
        cells[at] = cells[at - 1] as number;
      }
      near[at] = score;
      cells[at] = cell;
    }
    if (cell % SLICE_CELLS === SLICE_CELLS - 1) yield (cell + 1) / middles.length;
  }
  return { each, cells };
}

/** Rows by their nearest cell: those of cell c stand in `order` from `starts[c]` to `starts[c + 1]`. */
function sortIntoCells({ each, cells }: Probes, count: number) {
  const rows = cells.length / each;
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < rows; row++) {
    const cell = cells[row * each] as number;
    starts[cell + 1] = (starts[cell + 1] as number) + 1;
  }
  for (let cell = 0; cell < count; cell++)
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  const next = starts.slice();
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const cell = cells[row * each] as number;
    order[next[cell] as number] = row;
    next[cell] = (next[cell] as number) + 1;
  }
  return { order, starts };
}

function largestCell(starts: Uint32Array): number {
  let largest = 0;
  for (let cell = 1; cell < starts.length; cell++)
    largest = Math.max(largest, (starts[cell] as number) - (starts[cell - 1] as number));
  return largest;
}
