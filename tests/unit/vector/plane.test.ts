import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, createPlane } from '../../../src/vector/plane.ts';

const points = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 1,
    maxLength: 80,
  })
  .map((list) => Float32Array.from(list.flat()));

describe('plane', () => {
  it('finds the nearest point as brute force does, within reach only', () => {
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: -60, max: 60 }),
        fc.nat(80),
        (positions, x, y, reach) => {
          const away = (point: number) =>
            Math.hypot((positions[point * 2] as number) - x, (positions[point * 2 + 1] as number) - y);
          const best = Math.min(...Array.from({ length: positions.length / 2 }, (_, point) => away(point)));
          const found = createPlane(positions).nearest(x, y, reach);
          if (found === undefined) expect(best).toBeGreaterThanOrEqual(reach - 1e-6);
          else expect(away(found)).toBeCloseTo(best, 5);
        },
      ),
    );
  });

  it('knows what lies inside a loop, also of one that turns in', () => {
    const plane = createPlane(Float32Array.from([1, 1, 5, 1, 5, 5, 9, 9, 3, 8]));
    // An L: its notch leaves out 5, 5.
    expect(plane.inside([0, 0, 7, 0, 7, 3, 4, 3, 4, 10, 0, 10])).toEqual([0, 1, 4]);
    expect(plane.inside([0, 0, 1])).toEqual([]);
  });

  it('steps to what lies ahead rather than to what is nearer aside', () => {
    const plane = createPlane(Float32Array.from([0, 0, 3, 2.9, 5, 0, -1, 0, 0, -2]));
    expect(plane.towards(0, 1, 0)).toBe(2);
    expect(plane.towards(0, -1, 0)).toBe(3);
    expect(plane.towards(0, 0, -1)).toBe(4);
    expect(plane.towards(2, 1, 0)).toBeUndefined();
  });

  it('leaves stray points out of the box when asked', () => {
    const positions = new Float32Array(2_000);
    for (let i = 0; i < 1_000; i++) positions.set([(i % 10) / 10, (i % 7) / 7], i * 2);
    positions.set([500, -500], 0);
    expect(boxOf(positions).right).toBe(500);
    expect(boxOf(positions, 0.002).right).toBeLessThan(1);
  });
});
