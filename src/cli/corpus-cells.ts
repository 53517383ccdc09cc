import { setImmediate } from 'node:timers/promises';
import { ENTRY_BYTES, ID_BYTES, PIECES } from '../corpus/description.ts';
import { byteRowsMatrix, readByteRow, writeByteRow } from '../vector/byte-rows.ts';
import { type CellMap, cellsOf, mapCells } from '../vector/cells.ts';
import { type Codebook, trainCodebook, wordsOf, writeCode } from '../vector/codebook.ts';
import { rowOf } from '../vector/matrix.ts';
import { createRandom } from '../vector/random.ts';
import { createReporter } from './reporter.ts';

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

/** Papers of a cell, on average. */
const CELL_PAPERS = 250;
const SAMPLE_A_CELL = 30;
const BOOK_SAMPLE = 8_000;
const SEED = 20_26;
/** Between two slices a stop is heard. */
const SLICE = 2_000;

/** @param vectors as bytes [papers, dimensions]. */
export async function arrangePapers(
  vectors: Int8Array,
  dimensions: number,
  signal: AbortSignal,
): Promise<Arrangement> {
  const papers = vectors.length / dimensions;
  const wanted = Math.ceil(papers / CELL_PAPERS);
  const random = createRandom(SEED);
  const sample = drawRows(papers, Math.max(wanted * SAMPLE_A_CELL, 2_000), random);
  console.error(`Finding ${wanted.toLocaleString('en')} cells of the space…`);
  const map = asWritten(mapCells(byteRowsMatrix(vectors, dimensions, sample), wanted, SEED));
  signal.throwIfAborted();
  const { home, second } = await assign(vectors, map, signal);
  const codebook = bookOf(vectors, map, home, drawRows(papers, BOOK_SAMPLE, random));
  const cells = map.centroids.rows;
  const placed = byCell(home, cells);
  const order = placed.rows;
  const newNumber = new Uint32Array(papers);
  order.forEach((paper, at) => {
    newNumber[paper] = at;
  });
  const lone = (paper: number) => home[paper] === second[paper];
  const also = byCell(second, cells, lone);
  const starts = placed.starts.map((start, cell) => start + (also.starts[cell] as number));
  const entries = new Uint8Array((starts[cells] as number) * ENTRY_BYTES);
  const write = entryWriter(vectors, map, codebook, newNumber, entries);
  const tell = createReporter('Coded', ['paper', 'papers']);
  const begun = performance.now();
  for (let cell = 0, at = 0, told = 0; cell < cells; cell++) {
    for (const { rows, starts: of } of [placed, also])
      for (let i = of[cell] as number; i < (of[cell + 1] as number); i++)
        write(rows[i] as number, cell, at++);
    if (at - told < SLICE) continue;
    told = at;
    tell(sinceThen(at / 2, papers, begun));
    await setImmediate();
    signal.throwIfAborted();
  }
  const centroids = new Int8Array(cells * dimensions);
  for (let cell = 0; cell < cells; cell++)
    writeByteRow(rowOf(map.centroids, cell), centroids, cell * dimensions);
  return { centroids, regions: map.starts, order, starts, entries, codebook };
}

/** With middles that are what their bytes say: readers will have no others. */
function asWritten(map: CellMap): CellMap {
  const { columns, rows } = map.centroids;
  const bytes = new Int8Array(rows * columns);
  for (let cell = 0; cell < rows; cell++) writeByteRow(rowOf(map.centroids, cell), bytes, cell * columns);
  return { ...map, centroids: byteRowsMatrix(bytes, columns) };
}

async function assign(vectors: Int8Array, map: CellMap, signal: AbortSignal) {
  const dimensions = map.centroids.columns;
  const papers = vectors.length / dimensions;
  const [home, second] = [new Uint32Array(papers), new Uint32Array(papers)];
  const row = new Float32Array(dimensions);
  const tell = createReporter('Placed', ['paper', 'papers']);
  const begun = performance.now();
  for (let paper = 0; paper < papers; paper++) {
    readByteRow(vectors, paper * dimensions, row);
    const cells = cellsOf(map, row);
    home[paper] = cells.home;
    second[paper] = cells.second;
    if (paper % SLICE !== SLICE - 1) continue;
    tell(sinceThen(paper + 1, papers, begun));
    await setImmediate();
    signal.throwIfAborted();
  }
  return { home, second };
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

/** What is between a paper and the middle of a cell. */
function readError(vectors: Int8Array, map: CellMap, paper: number, cell: number, error: Float32Array): void {
  const { columns, data } = map.centroids;
  readByteRow(vectors, paper * columns, error);
  for (let i = 0; i < columns; i++) error[i] = (error[i] as number) - (data[cell * columns + i] as number);
}

function entryWriter(
  vectors: Int8Array,
  map: CellMap,
  codebook: Codebook,
  newNumber: Uint32Array,
  entries: Uint8Array,
) {
  const error = new Float32Array(map.centroids.columns);
  const words = wordsOf(codebook);
  return (paper: number, cell: number, entry: number): void => {
    const at = entry * ENTRY_BYTES;
    const number = newNumber[paper] as number;
    for (let byte = 0; byte < ID_BYTES; byte++) entries[at + byte] = (number >>> (8 * byte)) & 255;
    readError(vectors, map, paper, cell, error);
    writeCode(codebook, words, error, entries, at + ID_BYTES);
  };
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
