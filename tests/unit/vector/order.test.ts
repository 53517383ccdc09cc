import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highest, orderByScore, ranksOf } from '../../../src/vector/order.ts';

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

/** Such as rankings have: the least and the highest are no further apart than others are. */
const near = fc.array(
  fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(0, -0, 1, 1 + 1e-12, 1 - 1e-12)),
  { minLength: 300, maxLength: 700, size: 'max' },
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

  test('has ranks of some that are those in the order of all', () => {
    fc.assert(
      fc.property(
        fc.oneof(scores, near),
        fc.boolean(),
        fc.integer({ min: 2, max: 60 }),
        (list, small, step) => {
          const array = small ? Float32Array.from(list) : Float64Array.from(list);
          const places = [...array.keys()].filter((place) => place % 5 !== 2);
          const wanted = places.filter((_, at) => at % step === 0);
          const order = sorted(array, places);
          const ranks = ranksOf(array, Uint32Array.from(places), Uint32Array.from(wanted));
          expect(wanted.map((place) => ranks[place])).toEqual(
            wanted.map((place) => order.indexOf(place) + 1),
          );
        },
      ),
    );
  });
});
