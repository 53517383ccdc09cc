import {
  type Kernel,
  type Memory,
  plainKernel,
  QUERY_BITS,
  queryBytes,
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
const PAGE = 2 ** 16;

/** @param fixed kernel for the given stride, of whatever size: for comparisons. */
export function createQuantizedRows(columns: number, fixed?: Kernel): QuantizedRows {
  const stride = strideOf(columns);
  const peak = peakOf(stride);
  let kernel = fixed ?? plainKernel(stride);
  let room = 0;
  let count = 0;
  let scales = new Float32Array(0);

  // Query, sums, results, rows: all but the rows are small, so that only these move when there has to be more room.
  const places = (size = room) => {
    const sums = queryBytes(stride);
    const results = sums + 4 * size;
    return { query: 0, sums, results, rows: results + 4 * size };
  };

  function grow(): void {
    const before = places();
    const next = multipleOf(ROWS_AT_ONCE, Math.max(FIRST_ROWS, room * GROWTH));
    const { sums, rows } = places(next);
    const from = kernel;
    const into = !fixed && next > KERNEL_ROWS && room <= KERNEL_ROWS ? createKernel(stride) : kernel;
    // It may throw: until there is room all stays as it was.
    ensure(into.memory, rows + next * stride);
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
      scales[row] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
      count = Math.max(count, row + 1);
    },
    remove(row) {
      count--;
      bytesOf(row).set(bytesOf(count));
      sumsNow()[row] = sumsNow()[count] as number;
      scales[row] = scales[count] as number;
    },
    get(row) {
      return Float32Array.from(bytesOf(row), (value) => value * (scales[row] as number));
    },
    similarities(query) {
      const { query: at, sums, results, rows } = places();
      const factor = factorOf(query, peak);
      if (count === 0 || factor === 0) return new Float32Array(count);
      const whole = query.map((value) => Math.round(value * factor));
      writeQuery(kernel.memory.buffer, at, stride, whole);
      kernel.scan(count, { query: at, sums, results, rows });
      const products = new Int32Array(kernel.memory.buffer, results, count);
      const scores = new Float32Array(count);
      const back = 1 / factor;
      for (let row = 0; row < count; row++) {
        scores[row] = (products[row] as number) * (scales[row] as number) * back;
      }
      return scores;
    },
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

function ensure(memory: Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

function move(from: Uint8Array, to: Uint8Array, start: number, target: number, length: number): void {
  if (from.buffer === to.buffer) to.copyWithin(target, start, start + length);
  else to.set(from.subarray(start, start + length), target);
}

const multipleOf = (step: number, value: number): number => Math.ceil(value / step) * step;
