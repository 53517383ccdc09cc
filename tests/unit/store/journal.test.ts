import { expect, it } from 'vitest';
import { type Change, isComplete } from '../../../src/store/journal.ts';

const journal = (...changes: [epoch: number, after: Change['after']][]) =>
  new Map(
    changes.map(([epoch, after]) => [epoch, { epoch, after, savedAt: '', steps: [] } satisfies Change]),
  );

it('a part is complete where each of its changes is in the copy or in the journal', () => {
  const all = journal([1, { papers: 0, made: 0 }], [2, { made: 1 }], [3, {}], [4, { papers: 1, made: 2 }]);
  expect(isComplete('papers', 0, 4, all)).toBe(true);
  expect(isComplete('made', 0, 4, all)).toBe(true);
  // Those in the copy need not be in the journal.
  expect(isComplete('made', 2, 4, journal([4, { papers: 1, made: 2 }]))).toBe(true);
  expect(isComplete('papers', 4, 4, journal())).toBe(true);
  // One of the other part is missing, or a setting: that is no gap here.
  expect(isComplete('papers', 0, 4, journal([1, { papers: 0, made: 0 }], [4, { papers: 1, made: 2 }]))).toBe(
    true,
  );
});

it('a gap is seen, also where a copy of the other part knows of it alone', () => {
  const gap = journal([1, { papers: 0, made: 0 }], [6, { papers: 4, made: 5 }]);
  expect(isComplete('papers', 1, 0, gap)).toBe(false);
  expect(isComplete('made', 3, 0, gap)).toBe(false);
  expect(isComplete('papers', 4, 0, gap)).toBe(true);
  // An import too large for the journal, which no copy of the papers has.
  expect(isComplete('papers', 10, 15, journal([16, { made: 15 }]))).toBe(false);
  expect(isComplete('papers', 0, 0, journal())).toBe(true);
});
