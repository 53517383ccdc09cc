import { describe, expect, it } from 'vitest';
import { afterComingUp, afterOpening, hasFailed, ofBuild, type Starts } from '../../../src/offline/starts.ts';

const NOW = 1_000_000_000_000;
const DAY = 86_400_000;

/** A build whose pages were asked for so often, one after the other. */
function opened(times: number, from: Starts): Starts {
  let starts = from;
  for (let time = 0; time < times; time++) starts = afterOpening(starts, NOW);
  return starts;
}

describe('a build', () => {
  const good = afterComingUp(ofBuild('one', undefined));
  const next = ofBuild('two', good);

  it('that came up is the one to go back to from the next', () => {
    expect(good).toMatchObject({ cameUp: true, good: 'one' });
    expect(next).toMatchObject({ build: 'two', cameUp: false, tried: 0, good: 'one' });
  });

  it('is given up at the third page that does not come up, and not before', () => {
    expect([1, 2, 3].map((times) => hasFailed(opened(times, next), NOW))).toEqual([false, false, true]);
  });

  it('is never given up once a page of it came up', () => {
    expect(hasFailed(opened(20, afterComingUp(opened(2, next))), NOW)).toBe(false);
  });

  it('is tried once more after a day, and given up at the third page again', () => {
    const failed = opened(3, next);
    expect(hasFailed(failed, NOW + DAY - 1)).toBe(true);
    expect(hasFailed(failed, NOW + DAY)).toBe(false);
    const again = afterOpening(failed, NOW + DAY);
    expect(again).toMatchObject({ tried: 1, failedAt: 0 });
    expect(afterOpening(failed, NOW + 1)).toBe(failed);
  });

  it('that did not come up is forgotten with the next, and the way back stays', () => {
    expect(ofBuild('three', opened(3, next))).toMatchObject({ build: 'three', failedAt: 0, good: 'one' });
  });
});
