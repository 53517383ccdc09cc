import { expect, it } from 'vitest';
import { type Change, lastOfWhole } from '../../../src/store/journal.ts';

const journal = (...changes: [epoch: number, after: Change['after']][]) =>
  new Map(
    changes.map(([epoch, after]) => [epoch, { epoch, after, savedAt: '', steps: [] } satisfies Change]),
  );

it('a part is whole up to its last change where each of its changes is in the copy or in the journal', () => {
  const all = journal([1, { papers: 0, made: 0 }], [2, { made: 1 }], [3, {}], [4, { papers: 1, made: 2 }]);
  expect(lastOfWhole('papers', 0, 4, all)).toBe(4);
  expect(lastOfWhole('made', 0, 4, all)).toBe(4);
  // Those in the copy need not be in the journal.
  expect(lastOfWhole('made', 2, 4, journal([4, { papers: 1, made: 2 }]))).toBe(4);
  expect(lastOfWhole('papers', 4, 4, journal())).toBe(4);
  // One of the other part is missing, or a setting: that is no gap here.
  expect(lastOfWhole('papers', 0, 4, journal([1, { papers: 0, made: 0 }], [4, { papers: 1, made: 2 }]))).toBe(
    4,
  );
});

it('a gap is seen, also where a copy of the other part knows of it alone', () => {
  const gap = journal([1, { papers: 0, made: 0 }], [6, { papers: 4, made: 5 }]);
  expect(lastOfWhole('papers', 1, 0, gap)).toBeUndefined();
  expect(lastOfWhole('made', 3, 0, gap)).toBeUndefined();
  expect(lastOfWhole('papers', 4, 0, gap)).toBe(6);
  // An import too large for the journal, which no copy of the papers has.
  expect(lastOfWhole('papers', 10, 15, journal([16, { made: 15 }]))).toBeUndefined();
  expect(lastOfWhole('papers', 0, 0, journal())).toBe(0);
});
