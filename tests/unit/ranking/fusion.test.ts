import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuse, MEANING_WEIGHT, standardized } from '../../../src/ranking/fusion.ts';

const order = (scores: ArrayLike<number>) =>
  Array.from(scores, (score, index) => ({ score, index }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index }) => index);

describe('fuse', () => {
  test('is the weighted sum of standard scores', () => {
    const fused = fuse([0, 0, 2, 2], Float32Array.of(0.5, -0.5, 0.5, -0.5));
    const expected = [-1 + MEANING_WEIGHT, -1 - MEANING_WEIGHT, 1 + MEANING_WEIGHT, 1 - MEANING_WEIGHT];
    for (const [index, score] of expected.entries()) expect(fused[index]).toBeCloseTo(score, 6);
  });

  test('without a word match it is the order of meaning; with all alike, that of words', () => {
    expect(order(fuse([0, 0, 0], Float32Array.of(0.1, 0.9, 0.4)))).toEqual([1, 2, 0]);
    expect(order(fuse([0, 3, 1], Float32Array.of(0.3, 0.3, 0.3)))).toEqual([1, 2, 0]);
  });

  test('one paper, no papers, all equal: zero, not a division by it', () => {
    expect([...fuse([5], Float32Array.of(0.7))]).toEqual([0]);
    expect([...fuse([], new Float32Array(0))]).toEqual([]);
    expect([...fuse([1, 1], Float32Array.of(0.1, 0.1))]).toEqual([0, 0]);
  });

  test('a paper without a vector stands by its words alone', () => {
    const words = [0, 4, 4, 0];
    const fused = fuse(words, Float32Array.of(-0.2, Number.NaN, 0.2, Number.NaN));
    expect(fused[1]).toBeCloseTo(standardized(words)[1] as number, 10);
    expect(order(fused)).toEqual([2, 1, 3, 0]);
  });

  test('any scores: finite, and better in both is better', () => {
    const score = fc.tuple(
      fc.double({ min: 0, max: 40, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 30 }), (scores) => {
        const fused = fuse(
          scores.map(([words]) => words),
          scores.map(([, meaning]) => meaning),
        );
        expect(fused.every(Number.isFinite)).toBe(true);
        const [a, b] = scores as [[number, number], [number, number]];
        if (a[0] > b[0] && a[1] > b[1]) expect(fused[0]).toBeGreaterThanOrEqual(fused[1] as number);
      }),
    );
  });
});
