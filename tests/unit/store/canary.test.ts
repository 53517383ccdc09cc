import { describe, expect, it } from 'vitest';
import { isLoss } from '../../../src/store/canary.ts';

describe('a loss', () => {
  it.each([
    ['a first visit', { papers: 0, epoch: 0 }, undefined, false],
    ['all as noted', { papers: 47, epoch: 3 }, { papers: 47, epoch: 3 }, false],
    ['an empty library where papers were', { papers: 0, epoch: 0 }, { papers: 47, epoch: 3 }, true],
    ['a library cut back to an earlier write', { papers: 47, epoch: 2 }, { papers: 40, epoch: 3 }, true],
    ['fewer papers at the same write', { papers: 20, epoch: 3 }, { papers: 47, epoch: 3 }, true],
    ['a tab that died between write and note', { papers: 40, epoch: 4 }, { papers: 47, epoch: 3 }, false],
    ['every paper removed by the reader', { papers: 0, epoch: 4 }, { papers: 0, epoch: 4 }, false],
  ])('%s', (_, found, noted, lost) => {
    expect(isLoss(found, noted)).toBe(lost);
  });
});
