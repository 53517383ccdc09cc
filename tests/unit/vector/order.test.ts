import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highest, orderByScore } from '../../../src/vector/order.ts';

/** Many equal ones, some that are equal as floats of 32 bits alone. */
const score = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, 1 + 1e-12, 1 - 1e-12, -3, 1e300, -1e-300),
  fc.integer({ min: -5, max: 5 }).map((value) => value / 4),
);
const scores = fc.oneof(
  fc.array(score, { maxLength: 40 }),
  fc.array(score, { minLength: 300, maxLength: 700, size: 'max' }),
);

const sorted = (list: ArrayLike<number>, places: readonly number[]) =>
  [...places].sort((a, b) => {
    const [x, y] = [list[a] as number, list[b] as number];
    return x === y ? 0 : y > x ? 1 : -1;
  });

describe('an order by score', () => {
  test('is that of a stable sort, of floats of both sizes', () => {
    fc.assert(
      fc.property(scores, fc.boolean(), (list, small) => {
        const array = small ? Float32Array.from(list) : Float64Array.from(list);
        const places = [...array.keys()].filter((place) => place % 5 !== 2);
        expect([...orderByScore(array, Uint32Array.from(places))]).toEqual(sorted(array, places));
      }),
    );
  });

  test('has the highest first, in one pass', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 60 }), fc.nat(5), (list, count, gap) => {
        const array = Float64Array.from(list, (value, at) => (at % 7 === gap ? Number.NaN : value));
        const places = [...array.keys()].filter((place) => !Number.isNaN(array[place]));
        expect([...highest(array, count)]).toEqual(sorted(array, places).slice(0, count));
      }),
    );
  });
});
