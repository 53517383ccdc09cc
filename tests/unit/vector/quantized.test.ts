import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  KERNELS,
  type Kernel,
  plainKernel,
  queryBytes,
  strideOf,
  tryKernel,
  writeQuery,
} from '../../../src/vector/kernel.ts';
import { dot, normalize } from '../../../src/vector/matrix.ts';
import { agree, createKernel } from '../../../src/vector/proof.ts';
import { createQuantizedRows, peakOf } from '../../../src/vector/quantized.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { randomMatrix } from './rows.ts';

// In Node 20 relaxed SIMD is there behind a flag, and only its better compiler makes the right program of it.
setFlagsFromString('--experimental-wasm-relaxed-simd');
const quickCompiler = (on: boolean) => setFlagsFromString(on ? '--liftoff' : '--no-liftoff');
quickCompiler(false);

/** Whole numbers up to the peak, the peak itself among them, of either sign. */
function wholeNumbers(count: number, peak: number, random: () => number): number[] {
  return Array.from({ length: count }, () => {
    const extreme = random() < 0.3;
    const size = extreme ? peak : Math.floor(random() * (peak + 1));
    return random() < 0.5 ? -size : size;
  });
}

function scanWith(
  kernel: Kernel,
  rows: readonly number[][],
  query: readonly number[],
  stride: number,
): number[] {
  const sums = queryBytes(stride);
  const results = sums + 4 * 4 * Math.ceil(rows.length / 4);
  const first = results + 4 * 4 * Math.ceil(rows.length / 4);
  const needed = first + stride * 4 * Math.ceil(rows.length / 4);
  kernel.memory.grow(Math.ceil(needed / 2 ** 16));
  const { buffer } = kernel.memory;
  writeQuery(buffer, 0, stride, query);
  rows.forEach((row, at) => {
    new Int8Array(buffer, first + at * stride, stride).set(row);
    new Int32Array(buffer, sums, rows.length)[at] = row.reduce((sum, value) => sum + value, 0);
  });
  kernel.scan(rows.length, { query: 0, sums, results, rows: first });
  return [...new Int32Array(buffer, results, rows.length)];
}

describe('the three programs', () => {
  test('run here, two of them at least', () => {
    const running = KERNELS.filter((name) => tryKernel(name, 256));
    expect(running).toContain('simd');
    expect(running).toContain('plain');
    if (Number(process.versions.node.split('.')[0]) >= 20) expect(running).toContain('relaxed');
  });

  test('give the same integers, those of the books, for any rows and columns', () => {
    const shape = fc.record({
      columns: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(128, 256, 384, 768, 1024, 4096)),
      rows: fc.integer({ min: 0, max: 13 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shape, ({ columns, rows, seed }) => {
        const random = createRandom(seed);
        const stride = strideOf(columns);
        const list = Array.from({ length: rows }, () => wholeNumbers(columns, 127, random));
        const query = wholeNumbers(columns, peakOf(stride), random);
        const expected = list.map((row) =>
          row.reduce((sum, value, at) => sum + value * (query[at] as number), 0),
        );
        for (const name of KERNELS) {
          const kernel = tryKernel(name, stride);
          if (kernel) expect([name, ...scanWith(kernel, list, query, stride)]).toEqual([name, ...expected]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a program that gives other numbers is not used', () => {
  const stride = 64;
  const plain = plainKernel(stride);
  const right = tryKernel('relaxed', stride) as Kernel;
  expect(agree(right, plain, stride)).toBe(true);
  const wrong: Kernel = {
    ...right,
    scan(count, places) {
      right.scan(count, places);
      new Int32Array(right.memory.buffer, places.results, count)[count - 1] = 0;
    },
  };
  expect(agree(wrong, plain, stride)).toBe(false);
  expect(createKernel(stride).name).toBe('simd');
});

describe('rows as bytes', () => {
  test('keep their direction, and their similarities to a thousandth or two', () => {
    for (const columns of [5, 64, 100, 256]) {
      const { data } = randomMatrix(300, columns, 47);
      const rows = createQuantizedRows(columns);
      const row = (at: number) => data.subarray(at * columns, (at + 1) * columns);
      for (let at = 0; at < 300; at++) rows.set(at, row(at));
      const query = row(7).slice();
      const scores = rows.similarities(query);
      expect(scores.length).toBe(300);
      for (let at = 0; at < 300; at++) {
        expect(Math.abs((scores[at] as number) - dot(row(at), query))).toBeLessThan(0.01);
        expect(dot(rows.get(at), rows.get(at))).toBeCloseTo(1, 5);
      }
    }
  });

  test('stay what they are when there has to be room for more, and beyond where WebAssembly begins', () => {
    const columns = 20;
    const { data } = randomMatrix(3000, columns, 48);
    const rows = createQuantizedRows(columns);
    const plain = createQuantizedRows(columns, plainKernel(strideOf(columns)));
    const first = data.slice(0, columns);
    for (let at = 0; at < 3000; at++) {
      const vector = data.subarray(at * columns, (at + 1) * columns);
      rows.set(at, vector);
      plain.set(at, vector);
      if (at === 0 || at % 500 === 499) expect(rows.similarities(first)).toEqual(plain.similarities(first));
    }
    expect(rows.get(0)).toEqual(plain.get(0));
    rows.remove(1);
    expect(rows.count()).toBe(2999);
    expect(rows.get(1)).toEqual(plain.get(2999));
    expect(rows.similarities(first)[1]).toBe(plain.similarities(first)[2999]);
  });

  test('of zeros, and a query of zeros, are like nothing', () => {
    const rows = createQuantizedRows(3);
    rows.set(0, Float32Array.of(0, 0, 0));
    rows.set(1, normalize(Float32Array.of(1, 2, 3)));
    expect([...rows.similarities(Float32Array.of(0, 0, 0))]).toEqual([0, 0]);
    expect(rows.similarities(Float32Array.of(1, 0, 0))[0]).toBe(0);
    expect([...rows.get(0)]).toEqual([0, 0, 0]);
  });
});
