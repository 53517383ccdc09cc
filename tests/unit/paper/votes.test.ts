import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trending, votesOf } from '../../../src/paper/votes.ts';

const paper = (more: object) => ({ id: 'p', title: 'P', abstract: '', ...more });

describe('votes', () => {
  it('are upvotes, and a comment as two', () => {
    expect(votesOf(paper({ upvotes: 5, comments: 3 }))).toBe(11);
    expect(votesOf(paper({ comments: 0 }))).toBe(0);
    expect(votesOf(paper({}))).toBeUndefined();
  });

  it('lose weight with the days, as the page on filters says', () => {
    expect(trending(paper({ upvotes: 9, listed: '2026-03-10' }), '2026-03-10')).toBeCloseTo(10 / 2 ** 1.8);
    expect(trending(paper({ upvotes: 9, date: '2026-03-10' }), '2026-03-13')).toBeCloseTo(10 / 5 ** 1.8);
    expect(trending(paper({ upvotes: 9, date: '2026-03' }), '2026-03-04')).toBeCloseTo(10 / 5 ** 1.8);
    expect(trending(paper({ upvotes: 9, date: '2026' }), '2026-01-04')).toBeCloseTo(10 / 5 ** 1.8);
    // A list of tomorrow, somewhere else on earth.
    expect(trending(paper({ upvotes: 9, date: '2026-03-11' }), '2026-03-10')).toBeCloseTo(10 / 2 ** 1.8);
    expect(trending(paper({ upvotes: 9 }), '2026-03-10')).toBe(0);
  });

  it('count for more on the same day, and days for less with the same votes', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 28 }), (a, b, day) => {
        const date = `2026-02-${String(day).padStart(2, '0')}`;
        const at = (upvotes: number) => trending(paper({ upvotes, date }), '2026-03-10');
        expect(Math.sign(at(a) - at(b))).toBe(Math.sign(a - b));
        expect(trending(paper({ upvotes: a, date }), '2026-03-11')).toBeLessThan(at(a));
      }),
    );
  });
});
