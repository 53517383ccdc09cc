import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches, planRuns } from '../../../src/engine/batches.ts';

const lengths = fc.array(fc.nat(600), { maxLength: 300 });

describe('planBatches', () => {
  it('runs every text that has pieces exactly once', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 5000 }), (all, cap) => {
        const indices = planBatches(all, cap).flat();
        const wanted = all.flatMap((length, index) => (length > 0 ? [index] : []));
        expect([...indices].sort((a, b) => a - b)).toEqual(wanted);
      }),
    );
  });

  it('stays within the cap, padding counted, but for a text that is longer alone', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 5000 }), (all, cap) => {
        for (const batch of planBatches(all, cap)) {
          const longest = Math.max(...batch.map((index) => all[index] ?? 0));
          expect(batch.length === 1 || batch.length * longest <= cap).toBe(true);
        }
      }),
    );
  });

  it('has no more than 64 texts in a batch, however short they are', () => {
    const sizes = planBatches(
      Array.from({ length: 150 }, () => 2),
      2_048,
    ).map(({ length }) => length);
    expect(sizes).toEqual([64, 64, 22]);
  });

  it('pads no more than running the texts in their order would', () => {
    const all = Array.from({ length: 64 }, (_, index) => (index % 2 ? 500 : 10));
    const padded = planBatches(all, 8000).reduce(
      (sum, batch) => sum + batch.length * Math.max(...batch.map((index) => all[index] ?? 0)),
      0,
    );
    const pieces = all.reduce((sum, length) => sum + length, 0);
    expect(padded).toBeLessThan(pieces * 1.5);
  });
});

describe('planRuns', () => {
  it('covers the list in order, within both limits', () => {
    const texts = fc.array(fc.string({ maxLength: 50 }), { maxLength: 60 });
    const most = fc.record({
      texts: fc.integer({ min: 1, max: 9 }),
      characters: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(texts, most, (all, limits) => {
        const runs = planRuns(all, limits);
        expect(runs.flatMap(({ start, end }) => all.slice(start, end))).toEqual(all);
        runs.forEach(({ start, end }, index) => {
          expect(start).toBe(runs[index - 1]?.end ?? 0);
          const run = all.slice(start, end);
          expect(run.length).toBeGreaterThan(0);
          expect(run.length).toBeLessThanOrEqual(limits.texts);
          if (run.length > 1) expect(run.join('').length).toBeLessThanOrEqual(limits.characters);
        });
      }),
    );
  });
});
