import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  type Judgements,
  mean,
  ndcg,
  ndcgOfFifth,
  quantile,
  recall,
  reciprocalRank,
} from '../../../src/cli/metrics.ts';

const grades = (entries: Record<string, number>): Judgements => new Map(Object.entries(entries));

describe('ndcg', () => {
  it('is the discounted gain over the best there could be', () => {
    // Discounts: 1 / log2(2) = 1, 1 / log2(3) = 0.630930, 1 / log2(4) = 0.5.
    // Ranked b (1), x (not judged, 0), a (3): 1 · 1 + 0 · 0.630930 + 3 · 0.5 = 2.5.
    // Best a (3), b (1): 3 · 1 + 1 · 0.630930 = 3.630930.
    // 2.5 / 3.630930 = 0.688529.
    expect(ndcg(['b', 'x', 'a'], grades({ a: 3, b: 1 }), 10)).toBeCloseTo(0.688529, 6);
  });

  it('takes the grade for the gain, not a power of two', () => {
    // Grades 2 and 1 the wrong way round: (1 + 2 · 0.630930) / (2 + 1 · 0.630930) = 2.261860 / 2.630930 = 0.859719.
    // With 2^grade - 1 it would be (1 + 3 · 0.630930) / (3 + 0.630930) = 0.796711.
    expect(ndcg(['b', 'a'], grades({ a: 2, b: 1 }), 10)).toBeCloseTo(0.859719, 6);
  });

  it('discounts the second rank: log2(rank + 1), not log2(rank)', () => {
    // One relevant paper at rank 2: 1 / log2(3) = 0.630930. By log2(rank) it would be 1 / log2(2) = 1.
    expect(ndcg(['x', 'a'], grades({ a: 1 }), 10)).toBeCloseTo(0.63093, 6);
  });

  it('cuts the ranking and the best alike', () => {
    // Cut at 2, ranked x, a, b: 1 · 0.630930. Best two of three ones: 1 + 0.630930 = 1.630930.
    // 0.630930 / 1.630930 = 0.386853.
    expect(ndcg(['x', 'a', 'b'], grades({ a: 1, b: 1, c: 1 }), 2)).toBeCloseTo(0.386853, 6);
  });

  it('is 0 without relevant papers, without a ranking, and takes nothing off for grades below 0', () => {
    expect(ndcg(['a'], grades({ a: 0 }), 10)).toBe(0);
    expect(ndcg([], grades({ a: 1 }), 10)).toBe(0);
    // a at rank 2 of one relevant: 0.630930; b's -1 is no gain and no loss.
    expect(ndcg(['b', 'a'], grades({ a: 1, b: -1 }), 10)).toBeCloseTo(0.63093, 6);
  });

  it('is 1 for the best order and never above', () => {
    const judged = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 4 }), { minKeys: 1 });
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat()), (made, cut, keys) => {
        const all = grades(made);
        const best = [...all.keys()].sort((a, b) => (all.get(b) as number) - (all.get(a) as number));
        const any = [...all.keys()]
          .map((paper) => [paper, keys.next().value as number] as const)
          .sort(([, a], [, b]) => a - b)
          .map(([paper]) => paper);
        const none = [...all.values()].every((grade) => grade === 0);
        expect(ndcg(best, all, cut)).toBeCloseTo(none ? 0 : 1, 12);
        expect(ndcg(any, all, cut)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });
});

describe('nDCG%20', () => {
  it('orders only the judged papers and cuts at a fifth of them', () => {
    // Ten judged papers: a fifth is 2. Without u and v, which nobody judged, the order is b, a, ….
    // b (1), a (3): 1 + 3 · 0.630930 = 2.892789. Best two: 3 + 2 · 0.630930 = 4.261860 (c has 2).
    // 2.892789 / 4.261860 = 0.678762.
    const judged = grades({ a: 3, b: 1, c: 2, d: 0, e: 0, f: 0, g: 0, h: 0, i: 0, j: 0 });
    expect(ndcgOfFifth(['u', 'b', 'v', 'a', 'c', 'd'], judged)).toBeCloseTo(0.678762, 6);
  });

  it('rounds the fifth up, to one at least', () => {
    // Six judged: 1.2, so 2. Ranked d (0), a (1): 0.630930; best: one paper of grade 1 at rank 1 = 1.
    expect(ndcgOfFifth(['d', 'a'], grades({ a: 1, d: 0, e: 0, f: 0, g: 0, h: 0 }))).toBeCloseTo(0.63093, 6);
    // Five judged: exactly 1, so that a at rank 2 is cut off.
    expect(ndcgOfFifth(['d', 'a'], grades({ a: 1, d: 0, e: 0, f: 0, g: 0 }))).toBe(0);
    // One judged: 0.2, so 1.
    expect(ndcgOfFifth(['x', 'a'], grades({ a: 1 }))).toBe(1);
    // 35 judged: 7 and not 8, though 35 * 0.2 is 7.000000000000001. Seven zeros first, then the one.
    const many = Object.fromEntries(
      Array.from({ length: 35 }, (_, index) => [`p${index}`, Number(index === 7)]),
    );
    expect(ndcgOfFifth(Object.keys(many), grades(many))).toBe(0);
  });
});

describe('reciprocal rank', () => {
  it('is one over the rank of the first relevant paper', () => {
    expect(reciprocalRank(['x', 'y', 'a', 'b'], grades({ a: 1, b: 2, y: 0 }))).toBe(1 / 3);
    expect(reciprocalRank(['x'], grades({ a: 1 }))).toBe(0);
    expect(reciprocalRank([], grades({ a: 1 }))).toBe(0);
  });
});

describe('recall', () => {
  it('is the found share of all relevant papers', () => {
    // Of four relevant papers two are among the first three.
    expect(recall(['a', 'x', 'b', 'c'], grades({ a: 1, b: 1, c: 1, d: 2, x: 0 }), 3)).toBe(0.5);
    // More relevant papers than places: three of four, not three of three.
    expect(recall(['a', 'b', 'c', 'd'], grades({ a: 1, b: 1, c: 1, d: 1 }), 3)).toBe(0.75);
    expect(recall(['a'], grades({ a: 0 }), 10)).toBe(0);
  });
});

describe('the bootstrap', () => {
  it('holds a mean that does not vary', () => {
    expect(bootstrapInterval([0.25, 0.25, 0.25], 100, 1)).toEqual({ low: 0.25, high: 0.25 });
  });

  it('agrees with the normal approximation where that holds', () => {
    // 1,000 differences, half 0 and half 1: mean 0.5, standard error sqrt(0.25 / 1000) = 0.0158114.
    // 1.96 of them: 0.5 ± 0.030990.
    const halves = Array.from({ length: 1000 }, (_, index) => index % 2);
    const { low, high } = bootstrapInterval(halves, 10_000, 47);
    expect(Math.abs(low - (0.5 - 0.03099))).toBeLessThan(0.002);
    expect(Math.abs(high - (0.5 + 0.03099))).toBeLessThan(0.002);
  });

  it('gives the same interval for the same seed, and lies around the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 5 }), (differences) => {
        const first = bootstrapInterval(differences, 200, 3);
        expect(bootstrapInterval(differences, 200, 3)).toEqual(first);
        expect(first.low).toBeGreaterThanOrEqual(Math.min(...differences) - 1e-9);
        expect(first.high).toBeLessThanOrEqual(Math.max(...differences) + 1e-9);
        expect(first.low).toBeLessThanOrEqual(first.high);
      }),
      { numRuns: 30 },
    );
  });

  it('reads a quantile between two values', () => {
    // Place 0.025 · (5 - 1) = 0.1: a tenth of the way from 10 to 20.
    expect(quantile([10, 20, 30, 40, 50], 0.025)).toBeCloseTo(11, 12);
    expect(quantile([10, 20, 30, 40, 50], 0.5)).toBe(30);
    expect(mean([1, 2, 6])).toBe(3);
  });
});
