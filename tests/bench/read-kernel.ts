import { moduleOf, wasm } from '../../src/vector/wasm.ts';

const { v128 } = wasm;
const [FROM, TO, RESULT] = [0, 1, 2] as const;
const SUMS = [3, 4, 5, 6] as const;
const STEP = 64;

/** A program that only reads memory, 64 bytes a step, and adds: what a scan cannot be faster than. */
export function readingModule(): Uint8Array<ArrayBuffer> {
  return moduleOf(
    3,
    { numbers: 0, vectors: SUMS.length },
    wasm.repeat(
      ...SUMS.flatMap((sum, at) => [
        ...[wasm.get(sum), wasm.get(FROM), v128.load(16 * at), v128.add, wasm.set(sum)],
      ]),
      ...[wasm.get(FROM), wasm.constant(STEP), wasm.add, wasm.tee(FROM), wasm.get(TO), wasm.isBelow],
    ),
    ...[wasm.get(RESULT), wasm.get(SUMS[0]), wasm.get(SUMS[1]), v128.add],
    ...[wasm.get(SUMS[2]), v128.add, wasm.get(SUMS[3]), v128.add, v128.store()],
  );
}
