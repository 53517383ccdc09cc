/**
 * As much of WebAssembly's binary format as our kernels need: instructions as lists of bytes, and a module of one
 * function over an imported memory. A compiler for 500 bytes would be a dependency for life.
 */

/** Encoded instructions. */
export type Code = readonly number[];

/** An unsigned number in seven-bit groups, the lowest first (LEB128). */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** The same for a number with a sign: the highest bit of the last group is the sign. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = rest === ((low & 0x40) === 0 ? 0 : -1);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (number: number, ...rest: readonly number[]): Code => [0xfd, ...unsigned(number), ...rest];
/** Alignment is a hint only, and 0 is always true. */
const at = (offset: number): readonly number[] => [0, ...unsigned(offset)];

/** Instructions by their names in the specification, with what they carry. */
export const wasm = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a] as Code,
  isBelow: [0x49] as Code,
  /** Runs its body once, and again as long as the body leaves a number other than 0. */
  repeat: (...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0x00, 0x0b],
  v128: {
    load: (offset = 0): Code => simd(0x00, ...at(offset)),
    /** Eight bytes with a sign, as eight numbers of 16 bits. */
    load8x8: (offset = 0): Code => simd(0x01, ...at(offset)),
    store: (offset = 0): Code => simd(0x0b, ...at(offset)),
    zero: simd(0x0c, ...new Array<number>(16).fill(0)),
    /** Four of the eight 32-bit lanes of two vectors. */
    shuffle: (...lanes: readonly [number, number, number, number]): Code =>
      simd(0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte))),
    shiftLeft: simd(0xab),
    add: simd(0xae),
    subtract: simd(0xb1),
    /** Sums of two neighbouring products of 16-bit numbers. */
    dot16: simd(0xba),
    /** Sums of four neighbouring products of bytes with a sign and numbers of seven bits, added to a third vector. */
    relaxedDot8: simd(0x113),
  },
};

const I32 = 0x7f;
const V128 = 0x7b;

const section = (number: number, body: readonly number[]): number[] => [
  number,
  ...unsigned(body.length),
  ...body,
];
const name = (text: string): number[] => [...unsigned(text.length), ...[...text].map((c) => c.charCodeAt(0))];

/**
 * A module with one function, exported as `run`, over the memory that it imports as `of.memory`.
 * @param parameters of 32 bits each, the first locals; then come `numbers` more and `vectors` of 128 bits.
 */
export function moduleOf(
  parameters: number,
  locals: { readonly numbers: number; readonly vectors: number },
  ...body: readonly Code[]
): Uint8Array<ArrayBuffer> {
  const code = [2, ...unsigned(locals.numbers), I32, ...unsigned(locals.vectors), V128, ...body.flat(), 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters, ...new Array<number>(parameters).fill(I32), 0]),
    ...section(2, [1, ...name('of'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('run'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
