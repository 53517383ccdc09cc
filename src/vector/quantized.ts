import {
  ensure,
  type Kernel,
  placesOf,
  plainKernel,
  QUERY_BITS,
  ROWS_AT_ONCE,
  strideOf,
  writeQuery,
} from './kernel.ts';
import { createKernel } from './proof.ts';

/**
 * Unit rows as bytes, in one block of memory that a kernel scans: a quarter of their size, and the only copy. A row's
 * numbers are whole, -127 to 127, times a scale of its own by which it has length 1 again.
 */
export interface QuantizedRows {
  readonly columns: number;
  count(): number;
  /** Writes a row in the place of another, or behind the last. A row of zeros stays one. */
  set(row: number, vector: Float32Array): void;
  /** The last row moves into the place of this one. */
  remove(row: number): void;
  /** A row as numbers again. */
  get(row: number): Float32Array;
  /** Cosine of a vector of length 1 with each row; of other vectors their inner product. */
  similarities(query: Float32Array): Float32Array;
  /** Cosines of a row with those from `start` to before `end`, exact but for the rows' own bytes, into `out` from 0. */
  besides(row: number, start: number, end: number, out: Float32Array): void;
  /**
   * Adds each row from `start` to before `end`, times its weight, to the sum of its group.
   * @param sums [groups, columns]
   */
  addTo(
    sums: Float64Array,
    groupOf: ArrayLike<number>,
    weights: ArrayLike<number>,
    start: number,
    end: number,
  ): void;
  /** These rows in a table of their own, in this order: a quarter of what they would take as floats. */
  pick(rows: ArrayLike<number>): QuantizedRows;
  /** Puts some of the rows of another table of as many columns behind the last, byte by byte. */
  take(from: RawRows, order: ArrayLike<number>): void;
  /** All rows as they lie in memory: views, which hold until the next row is put. */
  raw(): RawRows;
}

export interface RawRows {
  /** A row each so many bytes that a kernel takes a row for. */
  readonly bytes: Int8Array;
  readonly sums: Int32Array;
  /** One over the length that each row's bytes have; 0 for a row of zeros. */
  readonly scales: Float32Array;
}

/** The largest number of a row: -128 has no opposite. */
const PEAK = 127;
/** Room for the first rows; then it grows by half. */
const FIRST_ROWS = 256;
const GROWTH = 1.5;
/**
 * From this many rows on the kernel is WebAssembly. Its memory takes gigabytes of addresses, of which there are not
 * enough for every small table, and fewer rows are scanned in plain JavaScript in half a millisecond.
 */
const KERNEL_ROWS = 1024;

/**
 * @param fixed kernel for the given stride, of whatever size: for comparisons.
 * @param expected rows that there will be: then there is room for these at once, and for no more.
 */
export function createQuantizedRows(columns: number, fixed?: Kernel, expected = 0): QuantizedRows {
  const stride = strideOf(columns);
  const peak = peakOf(stride);
  let kernel = fixed ?? plainKernel(stride);
  let room = 0;
  let count = 0;
  let scales = new Float32Array(0);
  /** The row that the query's place holds, -1 for another query. */
  let aimed = -1;

  // All but the rows are small, so that only these move when there has to be more room.
  const places = (size = room) => placesOf(stride, size);

  function grow(): void {
    const before = places();
    const next = multipleOf(ROWS_AT_ONCE, Math.max(FIRST_ROWS, room === 0 ? expected : 0, room * GROWTH));
    const { sums, rows } = places(next);
    const from = kernel;
    const into = !fixed && next > KERNEL_ROWS && room <= KERNEL_ROWS ? createKernel(stride) : kernel;
    // It may throw: until there is room all stays as it was. A stretch that begins anywhere is read past the last row.
    ensure(into.memory, rows + (next + ROWS_AT_ONCE) * stride);
    aimed = -1;
    kernel = into;
    const [old, now] = [new Uint8Array(from.memory.buffer), new Uint8Array(kernel.memory.buffer)];
    // The rows first: what stands before them moves less far and would be written over.
    move(old, now, before.rows, rows, count * stride);
    move(old, now, before.sums, sums, count * 4);
    const more = new Float32Array(next);
    more.set(scales);
    scales = more;
    room = next;
  }

  const bytesOf = (row: number) => new Int8Array(kernel.memory.buffer, places().rows + row * stride, columns);
  const sumsNow = () => new Int32Array(kernel.memory.buffer, places().sums, room);
  const raw = (): RawRows => ({
    bytes: new Int8Array(kernel.memory.buffer, places().rows, count * stride),
    sums: sumsNow(),
    scales,
  });

  function take(from: RawRows, order: ArrayLike<number>): void {
    while (count + order.length > room) grow();
    const first = count;
    count += order.length;
    const { bytes, sums } = raw();
    for (let at = 0; at < order.length; at++) {
      const row = order[at] as number;
      bytes.set(from.bytes.subarray(row * stride, (row + 1) * stride), (first + at) * stride);
      sums[first + at] = from.sums[row] as number;
      scales[first + at] = from.scales[row] as number;
    }
  }

  return {
    columns,
    count: () => count,
    set(row, vector) {
      if (row >= room) grow();
      const bytes = bytesOf(row);
      const factor = factorOf(vector, PEAK);
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < columns; i++) {
        const value = Math.round((vector[i] as number) * factor);
        bytes[i] = value;
        sum += value;
        squares += value * value;
      }
      sumsNow()[row] = sum;
      if (row === aimed) aimed = -1;
      scales[row] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
      count = Math.max(count, row + 1);
    },
    remove(row) {
      count--;
      aimed = -1;
      bytesOf(row).set(bytesOf(count));
      sumsNow()[row] = sumsNow()[count] as number;
      scales[row] = scales[count] as number;
    },
    get(row) {
      const [bytes, scale] = [bytesOf(row), scales[row] as number];
      const vector = new Float32Array(columns);
      // By hand: `from` with a function takes twenty times as long.
      for (let i = 0; i < columns; i++) vector[i] = (bytes[i] as number) * scale;
      return vector;
    },
    similarities(query) {
      const { query: at, sums, results, rows } = places();
      const factor = factorOf(query, peak);
      if (count === 0 || factor === 0) return new Float32Array(count);
      const whole = query.map((value) => Math.round(value * factor));
      writeQuery(kernel.memory.buffer, at, stride, whole);
      aimed = -1;
      kernel.scan(count, { query: at, sums, results, rows });
      const products = new Int32Array(kernel.memory.buffer, results, count);
      const scores = new Float32Array(count);
      const back = 1 / factor;
      for (let row = 0; row < count; row++) {
        scores[row] = (products[row] as number) * (scales[row] as number) * back;
      }
      return scores;
    },
    besides(row, start, end, out) {
      const { query, sums, results, rows } = places();
      const { buffer } = kernel.memory;
      if (row !== aimed) writeQuery(buffer, query, stride, bytesOf(row));
      aimed = row;
      const at = { query, sums: sums + 4 * start, results, rows: rows + start * stride };
      kernel.scan(end - start, at);
      const products = new Int32Array(buffer, results, end - start);
      const own = scales[row] as number;
      for (let i = 0; i < products.length; i++) {
        out[i] = (products[i] as number) * own * (scales[start + i] as number);
      }
    },
    addTo(sums, groupOf, weights, start, end) {
      const bytes = new Int8Array(kernel.memory.buffer, places().rows, count * stride);
      for (let row = start; row < end; row++) {
        const weight = (weights[row] as number) * (scales[row] as number);
        const [to, from] = [(groupOf[row] as number) * columns, row * stride];
        for (let i = 0; i < columns; i++) {
          sums[to + i] = (sums[to + i] as number) + weight * (bytes[from + i] as number);
        }
      }
    },
    pick(order) {
      const picked = createQuantizedRows(columns, undefined, order.length);
      picked.take(raw(), order);
      return picked;
    },
    take,
    raw,
  };
}

/** The largest number of a query: its product with a row of as many columns is below 2^31, whatever they are. */
export function peakOf(stride: number): number {
  return Math.min(2 ** (QUERY_BITS - 1) - 1, Math.floor((2 ** 31 - 1) / (PEAK * stride)));
}

/** What makes the largest of the numbers the peak; 0 where all are 0. */
function factorOf(vector: Float32Array, peak: number): number {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return largest > 0 ? peak / largest : 0;
}

function move(from: Uint8Array, to: Uint8Array, start: number, target: number, length: number): void {
  if (from.buffer === to.buffer) to.copyWithin(target, start, start + length);
  else to.set(from.subarray(start, start + length), target);
}

const multipleOf = (step: number, value: number): number => Math.ceil(value / step) * step;
