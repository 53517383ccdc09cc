import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutSteps } from '../../../src/vector/layout.ts';
import { dot, type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { nearestInCellsSteps } from '../../../src/vector/neighboursInCells.ts';
import { projectRows, projectSteps } from '../../../src/vector/projection.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { finish } from '../../../src/vector/steps.ts';
import { BYTES_ERR, bytesOf, groupedMatrix, randomMatrix, roundedRows, sizes } from './rows.ts';

describe('neighbours by cells', () => {
  const trueNearest = (matrix: Matrix, row: number, count: number) => {
    const scores = similarities(matrix, rowOf(matrix, row).slice());
    scores[row] = -2;
    return [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, count);
  };

  it('are mostly those of brute force, nearest first, each once and never the row itself', () => {
    const matrix = roundedRows(groupedMatrix(3000, 32, 0.6, 5));
    const { rows, distances, count } = finish(nearestInCellsSteps(bytesOf(matrix), 10, 1));
    expect(count).toBe(10);
    let hits = 0;
    for (let row = 0; row < 3000; row++) {
      const own = [...rows.subarray(row * 10, (row + 1) * 10)];
      expect(own).not.toContain(row);
      expect(new Set(own).size).toBe(10);
      const away = [...distances.subarray(row * 10, (row + 1) * 10)];
      expect([...away].sort((a, b) => a - b)).toEqual(away);
      own.forEach((other, i) => {
        expect(away[i]).toBeCloseTo(1 - dot(rowOf(matrix, row), rowOf(matrix, other)), 3);
      });
      if (row % 20 === 0) hits += trueNearest(matrix, row, 10).filter((other) => own.includes(other)).length;
    }
    expect(hits / 1500).toBeGreaterThan(0.9);
  });

  it('of some rows alone are looked for among all', () => {
    const matrix = roundedRows(groupedMatrix(1200, 16, 0.6, 6));
    const of = Uint32Array.from({ length: 60 }, (_, at) => at * 20 + 7);
    const found = finish(nearestInCellsSteps(bytesOf(matrix), 8, 1, of));
    expect(found.of).toEqual(of);
    let hits = 0;
    of.forEach((row, list) => {
      const own = [...found.rows.subarray(list * 8, (list + 1) * 8)];
      hits += trueNearest(matrix, row, 8).filter((other) => own.includes(other)).length;
    });
    expect(hits / (60 * 8)).toBeGreaterThan(0.85);
  });

  it('are there for any rows: few, alike, zero', () => {
    fc.assert(
      fc.property(sizes, fc.constantFrom(1, 0, 0.5), ({ rows, columns, seed }, kind) => {
        const matrix = randomMatrix(rows, columns, seed);
        if (kind === 0) matrix.data.fill(0);
        if (kind === 0.5) for (let row = 0; row < rows; row++) rowOf(matrix, row).set(rowOf(matrix, 0));
        const { count, rows: found, distances } = finish(nearestInCellsSteps(bytesOf(matrix), 15, seed));
        expect(count).toBe(Math.min(15, rows - 1));
        expect(found.length).toBe(rows * count);
        found.forEach((other, i) => {
          expect(other).toBeLessThan(rows);
          expect(other).not.toBe(Math.floor(i / count));
        });
        expect(distances.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the map of bytes', () => {
  it('is seen from the directions from which floats are seen', () => {
    const matrix = roundedRows(groupedMatrix(500, 6, 0.5, 8));
    const [bytes, plain] = [finish(projectSteps(bytesOf(matrix), 47)), projectRows(matrix, 47)];
    bytes.positions.forEach((value, at) => {
      expect(Math.abs(value - (plain.positions[at] as number))).toBeLessThan(BYTES_ERR);
    });
  });

  it('keeps groups together, and old rows where they were while new ones come among their like', () => {
    const matrix = groupedMatrix(1500, 6, 0.5, 9);
    const [old, all] = [bytesOf({ ...matrix, rows: 1425 }), bytesOf(matrix)];
    const shares: number[] = [];
    const steps = layoutSteps(old, { seed: 1 });
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const before = new Float32Array(3000).fill(Number.NaN);
    before.set(step.value.positions);
    const after = finish(layoutSteps(all, { seed: 1, before, hold: true })).positions;
    const away = (positions: Float32Array, a: number, b: number) =>
      Math.hypot(
        (positions[a * 2] as number) - (positions[b * 2] as number),
        (positions[a * 2 + 1] as number) - (positions[b * 2 + 1] as number),
      );
    const x = step.value.positions.filter((_, i) => i % 2 === 0).sort();
    const width = (x.at(-1) as number) - (x[0] as number);
    const moved = Array.from({ length: 1425 }, (_, row) =>
      Math.hypot(
        (after[row * 2] as number) - (before[row * 2] as number),
        (after[row * 2 + 1] as number) - (before[row * 2 + 1] as number),
      ),
    ).sort((a, b) => a - b);
    expect(moved[712]).toBeLessThan(0.02 * width);
    // Row i is of group i % 6: a new one lies nearer to an old one of its group than to one of the next.
    let near = 0;
    for (let row = 1425; row < 1500; row++)
      if (away(after, row, row % 6) < away(after, row, (row + 1) % 6)) near++;
    expect(near).toBeGreaterThan(70);
    expect(finish(layoutSteps(all, { seed: 1, before: after, hold: true })).positions).toEqual(after);
  });
});
