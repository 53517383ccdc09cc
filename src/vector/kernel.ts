import { type Code, moduleOf, wasm } from './wasm.ts';

/*
 * The scan of many rows of bytes by one query: an integer a row. Three programs that give the same integers:
 *
 * - `relaxed`: four products at a time, of a byte and seven bits. The query's 14 bits are two halves of seven; the
 *   upper one, which has a sign, is moved above 0 by 64 and what that adds is taken away by the row's sum.
 * - `simd`: bytes are widened to 16 bits and multiplied with the query as it is.
 * - `plain`: the same in JavaScript.
 */

/**
 * In the order in which they are tried. The relaxed one needs two products where the other needs one of twice the
 * width: it read 18 GB/s, the other 26 (`npm run bench`), and comes first again when a machine shows otherwise.
 */
export const KERNELS = ['simd', 'relaxed', 'plain'] as const;
export type KernelName = (typeof KERNELS)[number];

/** Rows are scanned four at a time: there must be room for a multiple of four, whatever it holds. */
export const ROWS_AT_ONCE = 4;
/** A row's bytes are filled up with zeros to a multiple of this. */
export const COLUMNS_AT_ONCE = 16;
/** Bits of the query's numbers, the sign among them. */
export const QUERY_BITS = 14;
const LOW_BITS = 7;
const MOVED_BY = 64;

/** Memory that grows by pages of 64 KiB; its buffer is another one afterwards. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): void;
}

/** Places in memory, in bytes. */
export interface Places {
  readonly rows: number;
  /** As {@link writeQuery} leaves it, {@link queryBytes} long. */
  readonly query: number;
  /** Sum of each row's bytes, 32 bits. */
  readonly sums: number;
  /** Where the results go, 32 bits each. */
  readonly results: number;
}

/** Where all lies that so many rows need, the query first: what is small stands before the rows. */
export function placesOf(stride: number, rows: number): Places {
  const sums = queryBytes(stride);
  const results = sums + 4 * rows;
  return { query: 0, sums, results, rows: results + 4 * rows };
}

const PAGE = 2 ** 16;

/** Lets memory grow to so many bytes, where it has fewer. Throws where there is not as much. */
export function ensure(memory: Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

export interface Kernel {
  readonly name: KernelName;
  readonly memory: Memory;
  /** Inner product of the query with each of the first `count` rows. */
  scan(count: number, places: Places): void;
}

/** Bytes of a row of so many columns. */
export const strideOf = (columns: number): number => Math.ceil(columns / COLUMNS_AT_ONCE) * COLUMNS_AT_ONCE;

/** The query stands as 16-bit numbers and then as its two halves: each program reads what it wants. */
export const queryBytes = (stride: number): number => 4 * stride;

/**
 * Writes a query of whole numbers of {@link QUERY_BITS} bits.
 * @param numbers at most `stride`; the rest is 0.
 */
export function writeQuery(
  buffer: ArrayBuffer,
  at: number,
  stride: number,
  numbers: ArrayLike<number>,
): void {
  const whole = new Int16Array(buffer, at, stride);
  const high = new Uint8Array(buffer, at + 2 * stride, stride);
  const low = new Uint8Array(buffer, at + 3 * stride, stride);
  for (let i = 0; i < stride; i++) {
    const value = numbers[i] ?? 0;
    whole[i] = value;
    high[i] = (value >> LOW_BITS) + MOVED_BY;
    low[i] = value & (2 ** LOW_BITS - 1);
  }
}

/** One of the programs; undefined where it does not run. */
export function tryKernel(name: KernelName, stride: number): Kernel | undefined {
  if (name === 'plain') return plainKernel(stride);
  try {
    const module = new WebAssembly.Module(kernelBytes(name, stride));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const run = new WebAssembly.Instance(module, { of: { memory } }).exports.run as (
      ...given: number[]
    ) => void;
    return {
      name,
      memory: memory as Memory,
      scan(count, { rows, query, sums, results }) {
        if (count === 0) return;
        const from = name === 'relaxed' ? query + 2 * stride : query;
        run(rows, rows + Math.ceil(count / ROWS_AT_ONCE) * ROWS_AT_ONCE * stride, from, sums, results);
      },
    };
  } catch {
    return undefined;
  }
}

export function plainKernel(stride: number): Kernel {
  let buffer = new ArrayBuffer(2 ** 16);
  const memory: Memory = {
    get buffer() {
      return buffer;
    },
    grow(pages) {
      const larger = new ArrayBuffer(buffer.byteLength + pages * 2 ** 16);
      new Uint8Array(larger).set(new Uint8Array(buffer));
      buffer = larger;
    },
  };
  return {
    name: 'plain',
    memory,
    scan(count, { rows, query, results }) {
      const numbers = new Int16Array(buffer, query, stride);
      const bytes = new Int8Array(buffer, rows, count * stride);
      const out = new Int32Array(buffer, results, count);
      for (let row = 0; row < count; row++) out[row] = product(bytes, row * stride, numbers, stride);
    },
  };
}

/** Sums stay whole numbers below 2^31, see `peakOf`: nothing is rounded. Two side by side keep the adders busy. */
function product(bytes: Int8Array, start: number, numbers: Int16Array, stride: number): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < stride; i += 2) {
    even = (even + Math.imul(bytes[start + i] as number, numbers[i] as number)) | 0;
    odd = (odd + Math.imul(bytes[start + i + 1] as number, numbers[i + 1] as number)) | 0;
  }
  return (even + odd) | 0;
}

/** Parameters, and what comes after them. */
const [ROW, END, QUERY, SUMS, RESULTS, COLUMN, ROW_END] = [0, 1, 2, 3, 4, 5, 6] as const;
const FIRST_VECTOR = 7;
const { v128 } = wasm;
const lanes = [0, 1, 2, 3] as const;

/**
 * The program as a module's bytes, for rows of `stride` bytes: distances between the four rows are written into the
 * instructions, so that one pointer walks through all of them.
 */
export function kernelBytes(name: 'relaxed' | 'simd', stride: number): Uint8Array<ArrayBuffer> {
  const sums = (lane: number) => FIRST_VECTOR + lane;
  const upper = (lane: number) => FIRST_VECTOR + 4 + lane;
  const [first, second] = [FIRST_VECTOR + 8, FIRST_VECTOR + 9];
  const clear = lanes.flatMap((lane) => [v128.zero, wasm.set(sums(lane)), v128.zero, wasm.set(upper(lane))]);
  const load = (offset: number, into: number): Code[] => [
    wasm.get(COLUMN),
    v128.load(offset),
    wasm.set(into),
  ];

  /** 16 columns of four rows. */
  const simdStep = [
    ...load(0, first),
    ...load(COLUMNS_AT_ONCE, second),
    ...lanes.flatMap((lane) => [
      ...[wasm.get(ROW), v128.load8x8(lane * stride), wasm.get(first), v128.dot16],
      ...[wasm.get(ROW), v128.load8x8(lane * stride + 8), wasm.get(second), v128.dot16, v128.add],
      ...[wasm.get(sums(lane)), v128.add, wasm.set(sums(lane))],
    ]),
  ];
  const relaxedStep = [
    ...load(0, first),
    ...load(stride, second),
    ...lanes.flatMap((lane) => {
      const row = second + 1;
      const dot = (half: number, into: number) => [
        ...[wasm.get(row), wasm.get(half), wasm.get(into), v128.relaxedDot8, wasm.set(into)],
      ];
      const bytes = [wasm.get(ROW), v128.load(lane * stride), wasm.set(row)];
      return [...bytes, ...dot(first, upper(lane)), ...dot(second, sums(lane))];
    }),
  ];
  const join = lanes.flatMap((lane) => [
    ...[wasm.get(upper(lane)), wasm.constant(LOW_BITS), v128.shiftLeft],
    ...[wasm.get(sums(lane)), v128.add, wasm.set(sums(lane))],
  ]);
  const unmove = [
    ...[wasm.get(SUMS), v128.load(), wasm.constant(LOW_BITS + Math.log2(MOVED_BY)), v128.shiftLeft],
    v128.subtract,
  ];

  /** Two vectors as one of twice as many sums. */
  const fold = (a: number, b: number, low: Lanes, high: Lanes): Code[] => [
    ...[wasm.get(a), wasm.get(b), v128.shuffle(...low)],
    ...[wasm.get(a), wasm.get(b), v128.shuffle(...high), v128.add],
  ];
  const total = [
    ...[...fold(sums(0), sums(1), [0, 4, 1, 5], [2, 6, 3, 7]), wasm.set(first)],
    ...[...fold(sums(2), sums(3), [0, 4, 1, 5], [2, 6, 3, 7]), wasm.set(second)],
    ...fold(first, second, [0, 1, 4, 5], [2, 3, 6, 7]),
  ];

  const relaxed = name === 'relaxed';
  const advance = (local: number, by: number): Code[] => [wasm.get(local), wasm.constant(by), wasm.add];
  return moduleOf(
    5,
    { numbers: 2, vectors: 11 },
    wasm.repeat(
      ...clear,
      ...[wasm.get(QUERY), wasm.set(COLUMN)],
      ...[...advance(ROW, stride), wasm.set(ROW_END)],
      wasm.repeat(
        ...(relaxed ? relaxedStep : simdStep),
        ...[...advance(COLUMN, relaxed ? COLUMNS_AT_ONCE : 2 * COLUMNS_AT_ONCE), wasm.set(COLUMN)],
        ...[...advance(ROW, COLUMNS_AT_ONCE), wasm.tee(ROW), wasm.get(ROW_END), wasm.isBelow],
      ),
      ...(relaxed ? join : []),
      ...[wasm.get(RESULTS), ...total, ...(relaxed ? unmove : []), v128.store()],
      ...[...advance(RESULTS, 16), wasm.set(RESULTS), ...advance(SUMS, 16), wasm.set(SUMS)],
      ...[...advance(ROW, (ROWS_AT_ONCE - 1) * stride), wasm.tee(ROW), wasm.get(END), wasm.isBelow],
    ),
  );
}

type Lanes = readonly [number, number, number, number];
