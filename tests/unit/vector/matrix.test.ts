import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMatrix, dot, normalize, rowOf } from '../../../src/vector/matrix.ts';
import { createRandom, sampleIndices } from '../../../src/vector/random.ts';
import { dotAt, similarities } from '../../../src/vector/similarity.ts';
import { randomMatrix } from './rows.ts';

describe('a matrix', () => {
  test('takes unit and zero rows and refuses others by name', () => {
    expect(createMatrix(new Float32Array([1, 0, 0, 0]), 2).rows).toBe(2);
    expect(() => createMatrix(new Float32Array([1, 0, 3, 4]), 2)).toThrow('row 1 has squared length 25');
    expect(() => createMatrix(new Float32Array([Number.NaN, 0]), 2)).toThrow('row 0');
    expect(() => createMatrix(new Float32Array(5), 2)).toThrow('5 numbers do not fill rows of 2');
    expect(() => createMatrix(new Float32Array(4), 0)).toThrow('at least one column');
  });
});

describe('similarities', () => {
  test('are the inner products, whatever the number of columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(20), fc.nat(), (columns, rows, seed) => {
        const matrix = randomMatrix(rows + 1, columns, seed);
        const query = rowOf(matrix, 0);
        const scores = similarities(matrix, query);
        expect(scores.length).toBe(matrix.rows);
        for (let row = 0; row < matrix.rows; row++) {
          expect(scores[row]).toBeCloseTo(dot(rowOf(matrix, row), query), 5);
        }
        expect(scores[0]).toBeCloseTo(1, 5);
      }),
    );
  });

  test('fill a given array and refuse a query of another length', () => {
    const matrix = randomMatrix(3, 8, 1);
    const out = new Float32Array(3);
    expect(similarities(matrix, rowOf(matrix, 1), out)).toBe(out);
    expect(() => similarities(matrix, new Float32Array(7))).toThrow(
      'a query of 7 numbers does not fit rows of 8',
    );
  });

  test('dotAt reads at its offsets', () => {
    const a = new Float32Array([9, 1, 2, 3, 4, 5]);
    const b = new Float32Array([9, 9, 1, 1, 1, 1, 2]);
    expect(dotAt(a, 1, b, 2, 5)).toBe(1 + 2 + 3 + 4 + 10);
  });
});

describe('random', () => {
  test('repeats itself by seed and stays in [0, 1)', () => {
    const draws = (seed: number) => Array.from({ length: 500 }, createRandom(seed));
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
    expect(Math.min(...draws(7))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws(7))).toBeLessThan(1);
    const mean = draws(7).reduce((sum, value) => sum + value, 0) / 500;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });

  test('samples different indices in order, all when asked for all', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(220), fc.nat(), (total, count, seed) => {
        const sample = [...sampleIndices(total, count, createRandom(seed))];
        expect(sample.length).toBe(Math.min(total, count));
        expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
        expect(sample.every((index) => index < total)).toBe(true);
      }),
    );
  });

  test('normalize leaves a zero vector alone', () => {
    expect([...normalize(new Float32Array(3))]).toEqual([0, 0, 0]);
  });
});
