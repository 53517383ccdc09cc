import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteClusteringOf,
  byteNearnessSteps,
  centreSteps,
  chooseByteClusteringSteps,
  refineByteClusteringSteps,
} from '../../../src/vector/byteClusters.ts';
import { nearestInCellsSteps } from '../../../src/vector/cells.ts';
import { centred, chooseClustering } from '../../../src/vector/clusterings.ts';
import { clusteringOf, type clusterRows, refineClusteringSteps } from '../../../src/vector/kmeans.ts';
import { layoutSteps } from '../../../src/vector/layout.ts';
import { dot, type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { projectRows, projectSteps } from '../../../src/vector/projection.ts';
import { createQuantizedRows, type QuantizedRows } from '../../../src/vector/quantized.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { finish, sortSteps, within } from '../../../src/vector/steps.ts';
import { groupedMatrix, randomMatrix } from './rows.ts';

/** What a byte a number leaves of a cosine. */
const BYTES_ERR = 0.01;

function bytesOf(matrix: Matrix): QuantizedRows {
  const block = createQuantizedRows(matrix.columns);
  for (let row = 0; row < matrix.rows; row++) block.set(row, rowOf(matrix, row));
  return block;
}

/** As bytes tell them: then both ways have the same rows. */
function roundedRows(matrix: Matrix): Matrix {
  const block = bytesOf(matrix);
  const data = new Float32Array(matrix.data.length);
  for (let row = 0; row < matrix.rows; row++) data.set(block.get(row), row * matrix.columns);
  return { ...matrix, data };
}

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 90 }),
  columns: fc.integer({ min: 2, max: 40 }),
  seed: fc.nat(),
});

describe('rows as bytes', () => {
  it('compare one with a stretch of others, wherever it begins, as floats do', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), ({ rows, columns, seed }, a, b, one) => {
        const matrix = randomMatrix(rows, columns, seed);
        const block = bytesOf(matrix);
        const [start, end] = [a % rows, b % (rows + 1)].sort((x, y) => x - y) as [number, number];
        const out = new Float32Array(rows + 4);
        // Twice, and with another question between: the row stays aimed at or is aimed at again.
        for (const between of [false, true]) {
          if (between) block.similarities(rowOf(matrix, 0).slice());
          block.besides(one % rows, start, end, out);
          for (let row = start; row < end; row++) {
            const plain = dot(block.get(one % rows), block.get(row));
            expect(Math.abs((out[row - start] as number) - plain)).toBeLessThan(1e-4);
          }
        }
      }),
    );
  });

  it('see a changed row when it is compared again', () => {
    const block = bytesOf(randomMatrix(8, 16, 1));
    const out = new Float32Array(12);
    block.besides(2, 0, 8, out);
    block.set(2, block.get(5));
    block.besides(2, 0, 8, out);
    expect(out[5]).toBeCloseTo(1, 4);
    block.remove(5);
    block.besides(2, 0, 7, out);
    for (let row = 0; row < 7; row++) expect(out[row]).toBeCloseTo(dot(block.get(2), block.get(row)), 4);
  });

  it('are summed by group and picked in any order', () => {
    fc.assert(
      fc.property(sizes, ({ rows, columns, seed }) => {
        const matrix = roundedRows(randomMatrix(rows, columns, seed));
        const block = bytesOf(matrix);
        const random = createRandom(seed);
        const groupOf = Uint8Array.from({ length: rows }, () => Math.floor(random() * 3));
        const weights = Float32Array.from({ length: rows }, () => random());
        const sums = new Float64Array(3 * columns);
        const middle = Math.floor(rows / 2);
        block.addTo(sums, groupOf, weights, 0, middle);
        block.addTo(sums, groupOf, weights, middle, rows);
        for (let group = 0; group < 3; group++) {
          for (let i = 0; i < columns; i++) {
            let plain = 0;
            for (let row = 0; row < rows; row++)
              if (groupOf[row] === group)
                plain += (weights[row] as number) * (matrix.data[row * columns + i] as number);
            expect(sums[group * columns + i]).toBeCloseTo(plain, 4);
          }
        }
        const order = Array.from({ length: 7 }, () => Math.floor(random() * rows));
        const picked = block.pick(order);
        expect(picked.count()).toBe(7);
        order.forEach((row, place) => {
          expect(picked.get(place)).toEqual(block.get(row));
        });
        const query = rowOf(matrix, 0).slice();
        const all = block.similarities(query);
        expect([...picked.similarities(query)]).toEqual(order.map((row) => all[row]));
      }),
      { numRuns: 40 },
    );
  });
});

describe('groups of bytes', () => {
  const cosineWithOwn = (matrix: Matrix, found: ReturnType<typeof clusterRows>) => {
    const rows = centred(matrix);
    return Array.from(found.assignment, (group, row) => dot(rowOf(rows, row), rowOf(found.centroids, group)));
  };

  it('are those of floats where groups are plain, and as near to their middles', () => {
    for (const seed of [1, 2, 3]) {
      const matrix = roundedRows(groupedMatrix(2000, 14, 0.3, seed));
      const rows = finish(centreSteps(bytesOf(matrix)));
      const found = finish(chooseByteClusteringSteps(rows, seed));
      const plain = chooseClustering(matrix, { seed });
      expect(found.centroids.rows).toBe(plain.centroids.rows);
      const pairs = new Set(
        Array.from(found.assignment, (group, row) => `${group} ${plain.assignment[row]}`),
      );
      expect(pairs.size).toBe(plain.centroids.rows);
      const near = finish(byteNearnessSteps(rows, found));
      cosineWithOwn(matrix, found).forEach((cosine, row) => {
        expect(Math.abs(cosine - (near[row] as number))).toBeLessThan(BYTES_ERR);
      });
    }
  });

  it('go on from others as floats do', () => {
    const matrix = roundedRows(groupedMatrix(300, 5, 0.6, 4));
    const rows = finish(centreSteps(bytesOf(matrix)));
    const groupOf = Array.from({ length: 300 }, (_, row) => (row % 7 === 0 ? undefined : row % 5));
    const start = finish(byteClusteringOf(rows, groupOf, 5, 1));
    const plain = clusteringOf(centred(matrix), groupOf, 5, 1);
    start.centroids.data.forEach((value, at) => {
      expect(value).toBeCloseTo(plain.centroids.data[at] as number, 2);
    });
    const [found, same] = [
      finish(refineByteClusteringSteps(rows, start, 3)),
      finish(refineClusteringSteps(centred(matrix), plain, 3)),
    ];
    expect(found.assignment).toEqual(same.assignment);
  });

  it('never fail, whatever the rows: all alike, all zero, one', () => {
    for (const [count, value] of [
      [40, 1],
      [40, 0],
      [1, 1],
    ] as const) {
      const block = createQuantizedRows(4);
      for (let row = 0; row < count; row++) block.set(row, Float32Array.of(value, 0, 0, 0));
      const rows = finish(centreSteps(block));
      const found = finish(chooseByteClusteringSteps(rows, 1));
      expect(found.assignment.length).toBe(count);
      expect(found.centroids.rows).toBe(1);
      expect(finish(byteNearnessSteps(rows, found)).every(Number.isFinite)).toBe(true);
    }
  });
});

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

describe('work in steps', () => {
  it('sorts any strings as sort does', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (strings) => {
        expect(finish(sortSteps(strings))).toEqual([...strings].sort());
      }),
    );
    const random = createRandom(1);
    const many = Array.from({ length: 20_000 }, () => `arxiv:${Math.floor(random() * 1e6)}`);
    const steps = sortSteps(many);
    expect(steps.next().done).toBe(false);
    expect(finish(sortSteps(many))).toEqual([...many].sort());
  });

  it('that are a part of others tell a part of the share', () => {
    function* half(): Generator<number, string> {
      yield 0;
      yield 0.5;
      return 'done';
    }
    const steps = within(half(), 0.5, 1);
    expect([steps.next(), steps.next(), steps.next()]).toEqual([
      { value: 0.5, done: false },
      { value: 0.75, done: false },
      { value: 'done', done: true },
    ]);
  });
});
