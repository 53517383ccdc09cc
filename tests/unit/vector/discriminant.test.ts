import { describe, expect, test } from 'vitest';
import { createDiscriminant } from '../../../src/vector/discriminant.ts';
import { createMatrix, dot, type Matrix, normalize, rowOf } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { randomMatrix } from './rows.ts';

const COLUMNS = 6;
const rowsOf = (matrix: Matrix) => Array.from({ length: matrix.rows }, (_, row) => rowOf(matrix, row));
const axis = (at: number) => Float32Array.from({ length: COLUMNS }, (_, column) => Number(column === at));

/** Rows that differ among each other along the first axis, more than along all others. */
function stretched(rows: number): Matrix {
  const random = createRandom(5);
  const data = Array.from({ length: rows }, () => {
    const row = Float32Array.from({ length: COLUMNS }, (_, at) => (random() - 0.5) * (at === 0 ? 4 : 1));
    return [...normalize(row)];
  });
  return createMatrix(Float32Array.from(data.flat()), COLUMNS);
}

describe('a direction learned from examples', () => {
  const discriminant = createDiscriminant(stretched(400));

  test('is of unit length, and none without examples', () => {
    const direction = discriminant.learn([axis(1), axis(2)], []) as Float32Array;
    expect(dot(direction, direction)).toBeCloseTo(1, 5);
    expect(discriminant.learn([], [])).toBeUndefined();
  });

  test('makes little of what differs among all papers', () => {
    const liked = [normalize(Float32Array.of(1, 1, 0, 0, 0, 0))];
    const direction = discriminant.learn(liked, []) as Float32Array;
    expect(direction[1]).toBeGreaterThan(1.5 * (direction[0] as number));
  });

  test('leads away from what is disliked, the more the more there is of it', () => {
    const liked = [normalize(Float32Array.of(0, 1, 1, 0, 0, 0))];
    const along = (disliked: Float32Array[]) =>
      dot(discriminant.learn(liked, disliked) as Float32Array, axis(2));
    expect(along([axis(2)])).toBeLessThan(along([]));
    expect(along([axis(2), axis(2), axis(2)])).toBeLessThan(along([axis(2)]));
    const against = discriminant.learn([], [axis(3)]) as Float32Array;
    expect(dot(against, axis(3))).toBeLessThan(-0.5);
  });

  test('can be learned from a field without any difference', () => {
    const same = createMatrix(
      Float32Array.from(Array.from({ length: 40 }, () => [...axis(0)]).flat()),
      COLUMNS,
    );
    const direction = createDiscriminant(same).learn([axis(1)], []) as Float32Array;
    expect(direction.every(Number.isFinite)).toBe(true);
    expect(dot(direction, axis(1))).toBeGreaterThan(0.5);
  });

  test('finds the rest of a group in a field of others', () => {
    const field = randomMatrix(300, COLUMNS, 7);
    const group = rowsOf(field).map((row) => normalize(row.map((value, at) => value + (at === 2 ? 1.5 : 0))));
    const direction = createDiscriminant(field).learn(group.slice(0, 5), []) as Float32Array;
    const mean = (rows: readonly Float32Array[]) =>
      rows.reduce((sum, row) => sum + dot(row, direction), 0) / rows.length;
    expect(mean(group.slice(5))).toBeGreaterThan(mean(rowsOf(field)) + 0.4);
  });
});
