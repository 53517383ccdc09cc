import { describe, expect, it } from 'vitest';
import { fuzzyEdges } from '../../../src/vector/fuzzy.ts';
import { type LayoutOptions, layoutSteps } from '../../../src/vector/layout.ts';
import { type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { findNeighboursSteps } from '../../../src/vector/neighbours.ts';
import { projectRows } from '../../../src/vector/projection.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { groupedMatrix, randomMatrix } from './rows.ts';

function finish<T>(steps: Generator<number, T>, shares: number[] = []): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    shares.push(step.value);
  }
}

const layOut = (matrix: Matrix, options: LayoutOptions) => finish(layoutSteps(matrix, options)).positions;

/** The rows nearest to one, by brute force. */
function trueNearest(matrix: Matrix, row: number, count: number): number[] {
  const scores = similarities(matrix, rowOf(matrix, row).slice());
  scores[row] = -2;
  return [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number)).slice(0, count);
}

/** Share of each row's 10 nearest by direction that are among its 10 nearest in the plane. */
function preserved(matrix: Matrix, positions: Float32Array): number {
  let kept = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const away = (other: number) =>
      other === row
        ? Number.POSITIVE_INFINITY
        : ((positions[other * 2] as number) - (positions[row * 2] as number)) ** 2 +
          ((positions[other * 2 + 1] as number) - (positions[row * 2 + 1] as number)) ** 2;
    const near = new Set(
      Array.from({ length: matrix.rows }, (_, other) => other)
        .sort((a, b) => away(a) - away(b))
        .slice(0, 10),
    );
    kept += trueNearest(matrix, row, 10).filter((other) => near.has(other)).length;
  }
  return kept / (10 * matrix.rows);
}

function widthOf(positions: Float32Array): number {
  const x = positions.filter((_, i) => i % 2 === 0);
  return Math.max(...x) - Math.min(...x);
}

const part = (matrix: Matrix, rows: number): Matrix => ({
  rows,
  columns: matrix.columns,
  data: matrix.data.slice(0, rows * matrix.columns),
});

describe('neighbours', () => {
  it('are those of brute force where rows are few, nearest first', () => {
    const matrix = groupedMatrix(200, 5, 0.8, 1);
    const found = finish(findNeighboursSteps(matrix, 8, 1));
    for (let row = 0; row < 200; row++) {
      const own = [...found.distances.subarray(row * 8, row * 8 + 8)];
      expect(own).toEqual([...own].sort((a, b) => a - b));
      const wanted = trueNearest(matrix, row, 8);
      expect(new Set(found.rows.subarray(row * 8, row * 8 + 8))).toEqual(new Set(wanted));
    }
  });

  it('are nearly all found where rows are many, each once and never the row itself', () => {
    const matrix = groupedMatrix(4_000, 20, 0.9, 2);
    const found = finish(findNeighboursSteps(matrix, 10, 7));
    let right = 0;
    for (let row = 0; row < 4_000; row += 40) {
      const own = new Set(found.rows.subarray(row * 10, row * 10 + 10));
      expect(own.size).toBe(10);
      expect(own.has(row)).toBe(false);
      right += trueNearest(matrix, row, 10).filter((other) => own.has(other)).length;
    }
    expect(right / 1_000).toBeGreaterThan(0.85);
  });

  it('are fewer where there are fewer rows', () => {
    expect(finish(findNeighboursSteps(randomMatrix(3, 4, 1), 15, 1)).count).toBe(2);
    expect(finish(findNeighboursSteps(randomMatrix(1, 4, 1), 15, 1)).count).toBe(0);
  });
});

describe('fuzzy edges', () => {
  it('hold each pair once; a row’s nearest counts fully', () => {
    const neighbours = finish(findNeighboursSteps(groupedMatrix(120, 4, 0.8, 3), 6, 1));
    const { heads, tails, weights } = fuzzyEdges(neighbours);
    const pairs = [...heads].map((head, i) => [head, tails[i] as number].sort((a, b) => a - b).join());
    expect(new Set(pairs).size).toBe(pairs.length);
    const weightOf = new Map(pairs.map((pair, i) => [pair, weights[i] as number]));
    for (let row = 0; row < 120; row++) {
      const pair = [row, neighbours.rows[row * 6] as number].sort((a, b) => a - b).join();
      expect(weightOf.get(pair)).toBeCloseTo(1, 5);
    }
    expect(weights.every((weight) => weight > 0 && weight <= 1)).toBe(true);
  });
});

describe('layout', () => {
  it('keeps neighbours together far better than two directions do', () => {
    const matrix = groupedMatrix(400, 8, 0.9, 4);
    const flat = preserved(matrix, projectRows(matrix, 47).positions);
    const laidOut = preserved(matrix, layOut(matrix, { seed: 47 }));
    expect(laidOut).toBeGreaterThan(flat + 0.15);
  });

  it('is the same again, and tells a share that grows', () => {
    const matrix = groupedMatrix(300, 5, 0.8, 5);
    const shares: number[] = [];
    const first = finish(layoutSteps(matrix, { seed: 1 }), shares).positions;
    expect(layOut(matrix, { seed: 1 })).toEqual(first);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(first.every(Number.isFinite)).toBe(true);
  });

  it('hardly moves what stood when a twentieth is added, and puts the new among their neighbours', () => {
    for (const seed of [1, 2, 3]) {
      const all = groupedMatrix(420, 6, 0.8, seed);
      const old = layOut(part(all, 400), { seed });
      const before = new Float32Array(840).fill(Number.NaN);
      before.set(old);
      const now = layOut(all, { seed, before, hold: true });
      const width = widthOf(old);
      const moved = Array.from({ length: 400 }, (_, row) =>
        Math.hypot(
          (now[row * 2] as number) - (old[row * 2] as number),
          (now[row * 2 + 1] as number) - (old[row * 2 + 1] as number),
        ),
      ).sort((a, b) => a - b);
      expect(moved[200] as number).toBeLessThan(0.01 * width);
      expect(moved.at(-5) as number).toBeLessThan(0.05 * width);
      // Row i is of group i % 6: a new paper stands by those of its own.
      let near = 0;
      for (let row = 400; row < 420; row++) {
        const away = (other: number) =>
          Math.hypot(
            (now[row * 2] as number) - (now[other * 2] as number),
            (now[row * 2 + 1] as number) - (now[other * 2 + 1] as number),
          );
        const nearest = Array.from({ length: 400 }, (_, other) => other).sort((a, b) => away(a) - away(b))[0];
        if ((nearest as number) % 6 === row % 6) near++;
      }
      expect(near).toBeGreaterThan(15);
    }
  });

  it('leaves all where it is when nothing is new, and lays out one row, two, and rows all alike', () => {
    const matrix = groupedMatrix(50, 3, 0.8, 6);
    const before = layOut(matrix, { seed: 1 });
    expect(layOut(matrix, { seed: 2, before, hold: true })).toEqual(before);
    for (const rows of [0, 1, 2, 6]) {
      const data = new Float32Array(rows * 4).fill(0.5);
      const positions = layOut({ rows, columns: 4, data }, { seed: 1 });
      expect(positions.length).toBe(rows * 2);
      expect(positions.every(Number.isFinite)).toBe(true);
    }
  });
});
