import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createByteProducts } from '../../../src/vector/byteProducts.ts';

it('gives every product of a table of bytes with a vector of whole numbers exactly', () => {
  const table = fc.integer({ min: 1, max: 40 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.int8Array({ minLength: columns, maxLength: columns }), {
        minLength: 1,
        maxLength: 9,
      }),
      vectors: fc.array(
        fc.array(fc.integer({ min: -8191, max: 8191 }), { minLength: columns, maxLength: columns }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );
  fc.assert(
    fc.property(table, ({ columns, rows, vectors }) => {
      // No kernel takes -128, which has no opposite.
      const bytes = Int8Array.from(
        rows.flatMap((row) => [...row]),
        (value) => Math.max(-127, value),
      );
      const product = createByteProducts(bytes, columns);
      for (const vector of vectors) {
        const expected = rows.map((_, row) =>
          vector.reduce((sum, value, at) => sum + value * (bytes[row * columns + at] as number), 0),
        );
        expect([...product(vector, 0, rows.length)]).toEqual(expected);
        expect([...product(vector, 4, Math.max(0, rows.length - 4))]).toEqual(expected.slice(4));
      }
    }),
    { numRuns: 60 },
  );
});
