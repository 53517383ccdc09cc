import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectRows } from '../../../src/vector/projection.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { groupedMatrix, randomMatrix } from './rows.ts';

/** Turns every row by the same random reflections: a rotation or its mirror image. */
function turned(matrix: ReturnType<typeof randomMatrix>, seed: number) {
  const { rows, columns } = matrix;
  const random = createRandom(seed);
  const data = matrix.data.slice();
  for (let times = 0; times < 3; times++) {
    const axis = Array.from({ length: columns }, () => random() - 0.5);
    const square = axis.reduce((sum, value) => sum + value * value, 0);
    for (let row = 0; row < rows; row++) {
      const vector = data.subarray(row * columns, (row + 1) * columns);
      const along = axis.reduce((sum, value, i) => sum + value * (vector[i] as number), 0);
      axis.forEach((value, i) => {
        vector[i] = (vector[i] as number) - (2 * along * value) / square;
      });
    }
  }
  return { rows, columns, data };
}

const distance = (positions: Float32Array, a: number, b: number) =>
  Math.hypot(
    (positions[a * 2] as number) - (positions[b * 2] as number),
    (positions[a * 2 + 1] as number) - (positions[b * 2 + 1] as number),
  );

describe('projection', () => {
  it('finds the direction in which rows were drawn out, and the next', () => {
    const random = createRandom(3);
    const columns = 6;
    const drawnOut = [1, 20, 1, 6];
    const data = new Float32Array(300 * columns);
    for (let row = 0; row < 300; row++) {
      for (let i = 0; i < columns; i++) data[row * columns + i] = (random() - 0.5) * (drawnOut[i] ?? 1);
    }
    const { positions, variances } = projectRows({ rows: 300, columns, data }, 1);
    const likeness = (axis: number, column: number) => {
      let [ab, aa, bb] = [0, 0, 0];
      for (let row = 0; row < 300; row++) {
        const [a, b] = [positions[row * 2 + axis] as number, data[row * columns + column] as number];
        ab += a * b;
        aa += a * a;
        bb += b * b;
      }
      return Math.abs(ab) / Math.sqrt(aa * bb);
    };
    expect(likeness(0, 1)).toBeGreaterThan(0.99);
    expect(likeness(1, 3)).toBeGreaterThan(0.99);
    expect(variances[0]).toBeGreaterThan(5 * variances[1]);
  });

  it('puts the larger variance first and the middle at 0, and is the same again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 2, max: 20 }),
        fc.nat(99),
        (rows, columns, seed) => {
          const matrix = randomMatrix(rows, columns, seed);
          const first = projectRows(matrix, seed);
          expect(first.variances[0]).toBeGreaterThanOrEqual(first.variances[1]);
          expect(projectRows(matrix, seed)).toEqual(first);
          expect([...first.positions].every(Number.isFinite)).toBe(true);
          for (const axis of [0, 1]) {
            let sum = 0;
            for (let row = 0; row < rows; row++) sum += first.positions[row * 2 + axis] as number;
            expect(Math.abs(sum / rows)).toBeLessThan(1e-5);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is of the rows and not of their axes: turned rows lie as far from each other', () => {
    for (const seed of [1, 2, 3]) {
      const matrix = groupedMatrix(60, 3, 0.4, seed);
      const [a, b] = [projectRows(matrix, 1), projectRows(turned(matrix, seed), 2)];
      for (let row = 1; row < 60; row++) {
        expect(distance(b.positions, 0, row)).toBeCloseTo(distance(a.positions, 0, row), 1);
      }
    }
  });

  it('puts rows that are all alike, one row and none into one place', () => {
    for (const rows of [0, 1, 5]) {
      const data = new Float32Array(rows * 4).fill(0.5);
      const { positions, variances } = projectRows({ rows, columns: 4, data }, 1);
      expect([...positions].every((value) => Math.abs(value) < 1e-6)).toBe(true);
      expect(Math.max(...variances)).toBeLessThan(1e-9);
    }
  });
});
