import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteClusteringOf,
  byteNearnessSteps,
  centreSteps,
  chooseByteClusteringSteps,
  refineByteClusteringSteps,
} from '../../../src/vector/byteClusters.ts';
import { centred, chooseClustering, clusteringOf } from '../../../src/vector/clusterings.ts';
import { type clusterRows, refineClusteringSteps } from '../../../src/vector/kmeans.ts';
import { dot, type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { createQuantizedRows } from '../../../src/vector/quantized.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { finish, sortSteps, within } from '../../../src/vector/steps.ts';
import { BYTES_ERR, bytesOf, groupedMatrix, randomMatrix, roundedRows, sizes } from './rows.ts';

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
