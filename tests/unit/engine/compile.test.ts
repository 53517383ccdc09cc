import { describe, expect, it } from 'vitest';
import { compileWhileComing, handOver } from '../../../src/engine/compile.ts';

/** A module with one function, `f`, that gives 42. */
const CODE = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 5, 1, 96, 0, 1, 127],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 102, 0, 0],
  ...[10, 6, 1, 4, 0, 65, 42, 11],
]);
const part = (start: number, end: number) => CODE.slice(start, end).buffer;

function run(instance: WebAssembly.Instance): unknown {
  return (instance.exports.f as () => number)();
}

describe('WebAssembly that comes in parts', () => {
  it('is compiled as they come, whatever becomes of them afterwards', async () => {
    const compiling = compileWhileComing();
    for (const [at, end] of [10, 21, CODE.length].entries()) {
      const bytes = part([0, 10, 21][at] as number, end);
      compiling.take(at, bytes);
      structuredClone(bytes, { transfer: [bytes] });
    }
    const module = (await compiling.module()) as WebAssembly.Module;
    expect(run(await WebAssembly.instantiate(module))).toBe(42);
  });

  it('is not compiled ahead where one is missing, comes out of order, or is none', async () => {
    const wrong: [number, ArrayBuffer][][] = [
      [[0, part(0, 10)]],
      [
        [1, part(0, 10)],
        [0, part(10, CODE.length)],
      ],
      [
        [0, part(0, 10)],
        [0, part(0, 10)],
        [1, part(10, CODE.length)],
      ],
      [[0, new Uint8Array(30).buffer]],
    ];
    for (const parts of wrong) {
      const compiling = compileWhileComing();
      for (const [at, bytes] of parts) compiling.take(at, bytes);
      expect(await compiling.module()).toBeUndefined();
    }
  });
});

describe('a module that is handed over', () => {
  it('takes the place of its bytes, once, and of no others', async () => {
    const before = WebAssembly.instantiate;
    const bytes = new Uint8Array(CODE.length).buffer;
    handOver(bytes, await WebAssembly.compile(CODE));
    expect(run((await WebAssembly.instantiate(CODE)).instance)).toBe(42);
    expect(run((await WebAssembly.instantiate(new Uint8Array(bytes))).instance)).toBe(42);
    expect(WebAssembly.instantiate).toBe(before);
    await expect(WebAssembly.instantiate(bytes)).rejects.toThrow(WebAssembly.CompileError);
  });
});
