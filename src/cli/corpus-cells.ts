import { setImmediate } from 'node:timers/promises';
import { ENTRY_BYTES, PIECES } from '../corpus/description.ts';
import type { Connection } from '../engine/call.ts';
import { byteRowsMatrix, writeByteRow } from '../vector/byte-rows.ts';
import { type CellMap, mapCells } from '../vector/cells.ts';
import { type Codebook, trainCodebook } from '../vector/codebook.ts';
import { rowOf } from '../vector/matrix.ts';
import { createRandom } from '../vector/random.ts';
import { CODES_BYTES, type Placed, readError, writeEntry } from './cell-share.ts';
import { count } from './failure.ts';
import { createReporter } from './reporter.ts';
import type { Share } from './share.ts';
import { handOut } from './shares.ts';

/** Where each paper of a list lies in the space of its vectors, as the files of a large list have it. */
export interface Arrangement {
  /** The middle of each cell as bytes [cells, dimensions]. */
  readonly centroids: Int8Array;
  /** Cells of each region, which are a row group. */
  readonly regions: Uint32Array;
  /** Papers in the order of their cells: the number that each had before. */
  readonly order: Uint32Array;
  /** First entry of each cell, and the count of all. */
  readonly starts: Uint32Array;
  /** All entries, cell after cell. */
  readonly entries: Uint8Array;
  readonly codebook: Codebook;
}

/**
 * Papers of a cell, on average: the smaller cells are, the less has to be read for the same recall, but the middle of
 * each is read at opening. So a list has small ones while there are not many.
 */
const SMALL_CELL = 60;
const LARGE_CELL = 250;
const MANY_CELLS = 4_000;
const SAMPLE_A_CELL = 30;
const BOOK_SAMPLE = 8_000;
const SEED = 20_26;
/** Papers of a slice. */
const SLICE = 2_000;

/**
 * @param vectors as bytes [papers, dimensions].
 * @param shares do what is done for each paper.
 */
export async function arrangePapers(
  vectors: Int8Array,
  dimensions: number,
  shares: readonly Connection<Share>[],
  signal: AbortSignal,
): Promise<Arrangement> {
  const papers = vectors.length / dimensions;
  const wanted = Math.ceil(Math.max(papers / LARGE_CELL, Math.min(MANY_CELLS, papers / SMALL_CELL)));
  const random = createRandom(SEED);
  const sample = drawRows(papers, Math.max(wanted * SAMPLE_A_CELL, 2_000), random);
  console.error(`Finding ${count(wanted, 'cell')} of the space…`);
  const map = asWritten(mapCells(byteRowsMatrix(vectors, dimensions, sample), wanted, SEED));
  await setImmediate();
  signal.throwIfAborted();
  await Promise.all(shares.map((share) => share.call('openCells', map)));
  const [home, second] = [new Uint32Array(papers), new Uint32Array(papers)];
  await inSlices('Placed', papers, shares, signal, async (share, start, end) => {
    const rows = vectors.slice(start * dimensions, end * dimensions);
    const placed = await share.call('placePapers', rows);
    home.set(placed.home, start);
    second.set(placed.second, start);
  });
  const codebook = bookOf(vectors, map, home, drawRows(papers, BOOK_SAMPLE, random));
  await Promise.all(shares.map((share) => share.call('openCodebook', codebook)));
  const codes = new Uint8Array(papers * CODES_BYTES);
  await inSlices('Coded', papers, shares, signal, async (share, start, end) => {
    const rows = vectors.slice(start * dimensions, end * dimensions);
    const placed = { home: home.slice(start, end), second: second.slice(start, end) };
    codes.set(await share.call('codePapers', rows, placed), start * CODES_BYTES);
  });
  const centroids = new Int8Array(map.centroids.rows * dimensions);
  for (let cell = 0; cell < map.centroids.rows; cell++)
    writeByteRow(rowOf(map.centroids, cell), centroids, cell * dimensions);
  return {
    centroids,
    regions: map.starts,
    codebook,
    ...sortByCell(map.centroids.rows, { home, second }, codes),
  };
}

/** Papers in the order of their cells; of each cell the entries of those at home in it, then of those that are near. */
function sortByCell(cells: number, { home, second }: Placed, codes: Uint8Array) {
  const placed = byCell(home, cells);
  const also = byCell(second, cells, (paper) => home[paper] === second[paper]);
  const order = placed.rows;
  const newNumber = new Uint32Array(order.length);
  order.forEach((paper, at) => {
    newNumber[paper] = at;
  });
  const starts = placed.starts.map((start, cell) => start + (also.starts[cell] as number));
  const entries = new Uint8Array((starts[cells] as number) * ENTRY_BYTES);
  let at = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (const [turn, { rows, starts: of }] of [placed, also].entries()) {
      for (const paper of rows.subarray(of[cell], of[cell + 1])) {
        const from = paper * CODES_BYTES + turn * PIECES;
        writeEntry(newNumber[paper] as number, codes.subarray(from, from + PIECES), entries, at);
        at += ENTRY_BYTES;
      }
    }
  }
  return { order, starts, entries };
}

/** Hands out all papers in slices; between two of them a stop is heard. */
async function inSlices(
  verb: string,
  papers: number,
  shares: readonly Connection<Share>[],
  signal: AbortSignal,
  work: (share: Connection<Share>, start: number, end: number) => Promise<void>,
): Promise<void> {
  const tell = createReporter(verb, ['paper', 'papers']);
  const begun = performance.now();
  let done = 0;
  const starts = Array.from({ length: Math.ceil(papers / SLICE) }, (_, at) => at * SLICE);
  await handOut(shares, starts, async (share, start) => {
    const end = Math.min(papers, start + SLICE);
    await work(share, start, end);
    await setImmediate();
    signal.throwIfAborted();
    done += end - start;
    tell(sinceThen(done, papers, begun));
  });
}

/** With middles that are what their bytes say: readers will have no others. */
function asWritten(map: CellMap): CellMap {
  const { columns, rows } = map.centroids;
  const bytes = new Int8Array(rows * columns);
  for (let cell = 0; cell < rows; cell++) writeByteRow(rowOf(map.centroids, cell), bytes, cell * columns);
  return { ...map, centroids: byteRowsMatrix(bytes, columns) };
}

function bookOf(vectors: Int8Array, map: CellMap, home: Uint32Array, sample: Uint32Array): Codebook {
  const dimensions = map.centroids.columns;
  const errors = new Float32Array(sample.length * dimensions);
  sample.forEach((paper, at) => {
    const error = errors.subarray(at * dimensions, (at + 1) * dimensions);
    readError(vectors, map, paper, home[paper] as number, error);
  });
  return trainCodebook(errors, dimensions, PIECES, SEED);
}

/** Papers sorted by cell, in their order within it; `skip` leaves some out. */
function byCell(cellOf: Uint32Array, cells: number, skip?: (paper: number) => boolean) {
  const starts = new Uint32Array(cells + 1);
  cellOf.forEach((cell, paper) => {
    if (!skip?.(paper)) starts[cell + 1] = (starts[cell + 1] as number) + 1;
  });
  for (let cell = 0; cell < cells; cell++)
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  const next = starts.slice();
  const rows = new Uint32Array(starts[cells] as number);
  cellOf.forEach((cell, paper) => {
    if (skip?.(paper)) return;
    const at = next[cell] as number;
    rows[at] = paper;
    next[cell] = at + 1;
  });
  return { starts, rows };
}

/** So many of the rows, each once, in their order: all where there are no more. */
function drawRows(rows: number, wanted: number, random: () => number): Uint32Array {
  if (wanted >= rows) return Uint32Array.from({ length: rows }, (_, row) => row);
  const drawn = new Set<number>();
  while (drawn.size < wanted) drawn.add(Math.floor(random() * rows));
  return Uint32Array.from(drawn).sort();
}

function sinceThen(done: number, total: number, begun: number) {
  const perSecond = done / Math.max(1e-3, (performance.now() - begun) / 1000);
  return { done: Math.round(done), total, perSecond, secondsLeft: (total - done) / perSecond };
}
