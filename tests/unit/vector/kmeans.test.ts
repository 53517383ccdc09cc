import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centred,
  chooseClustering,
  chooseClusteringSteps,
  meanSilhouette,
  readableGroups,
} from '../../../src/vector/clusterings.ts';
import { type Clustering, clusterRows } from '../../../src/vector/kmeans.ts';
import { createMatrix, dot, rowOf } from '../../../src/vector/matrix.ts';
import { groupedMatrix, randomMatrix, reordered } from './rows.ts';

const sizes = (clustering: Clustering) =>
  Array.from(
    { length: clustering.centroids.rows },
    (_, group) => clustering.assignment.filter((assigned) => assigned === group).length,
  );

describe('clusterRows', () => {
  test('finds groups that are there', () => {
    const clustering = clusterRows(groupedMatrix(90, 3, 0.4, 5), { groups: 3, seed: 1 });
    expect(sizes(clustering)).toEqual([30, 30, 30]);
    for (let row = 3; row < 90; row++) {
      expect(clustering.assignment[row]).toBe(clustering.assignment[row % 3]);
    }
  });

  test('any rows: every group has a row, sizes fall, centroids are unit rows, equal input gives equal output', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(),
        (rows, groups, seed) => {
          const matrix = randomMatrix(rows, 8, seed);
          const clustering = clusterRows(matrix, { groups, seed });
          const counts = sizes(clustering);
          expect(clustering.assignment.length).toBe(rows);
          expect(clustering.centroids.rows).toBe(Math.min(rows, groups));
          expect(counts.every((count) => count > 0)).toBe(true);
          expect([...counts].sort((a, b) => b - a)).toEqual(counts);
          expect(() => createMatrix(clustering.centroids.data, 8)).not.toThrow();
          expect(clusterRows(matrix, { groups, seed })).toEqual(clustering);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('each row is with its nearest centroid once settled', () => {
    const matrix = randomMatrix(200, 6, 3);
    const { assignment, centroids } = clusterRows(matrix, { groups: 5, seed: 2, rounds: 200 });
    let strays = 0;
    for (let row = 0; row < matrix.rows; row++) {
      const cosines = Array.from({ length: centroids.rows }, (_, group) =>
        dot(rowOf(matrix, row), rowOf(centroids, group)),
      );
      if (Math.max(...cosines) > (cosines[assignment[row] as number] as number) + 1e-6) strays++;
    }
    expect(strays).toBe(0);
  });

  test('never more groups than different rows', () => {
    const one = randomMatrix(1, 4, 1).data;
    const two = randomMatrix(1, 4, 2).data;
    const same = createMatrix(new Float32Array([...one, ...two, ...one, ...one]), 4);
    const clustering = clusterRows(same, { groups: 3, seed: 1 });
    expect([...clustering.assignment]).toEqual([0, 1, 0, 0]);
    expect(clustering.centroids.rows).toBe(2);
  });

  test('no rows, and rows of zeros', () => {
    expect(clusterRows(createMatrix(new Float32Array(0), 4), { groups: 3, seed: 1 }).centroids.rows).toBe(0);
    const zeros = clusterRows(createMatrix(new Float32Array(12), 4), { groups: 2, seed: 1 });
    expect(new Set(zeros.assignment.map((group) => group)).size).toBeLessThanOrEqual(2);
    expect(zeros.assignment.every((group) => group < zeros.centroids.rows)).toBe(true);
  });
});

describe('chooseClustering', () => {
  test('finds how many groups there are, within what a reader can take in', () => {
    const matrix = groupedMatrix(120, 7, 0.3, 4);
    expect(chooseClustering(matrix, { seed: 1 }).centroids.rows).toBe(7);
    expect(chooseClustering(matrix, { seed: 1, minimum: 3, maximum: 5 }).centroids.rows).toBeLessThanOrEqual(
      5,
    );
  });

  test('in a canonical order the same rows give the same groups, however they arrived', () => {
    const matrix = groupedMatrix(40, 5, 1.2, 9);
    const expected = chooseClustering(matrix, { seed: 3 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(40).keys()], { minLength: 40 }), (order) => {
        const arrived = reordered(matrix, order);
        // The caller sorts by its key, here the original row.
        const places = order.map((row, place) => [row, place] as const).sort(([a], [b]) => a - b);
        const canonical = reordered(
          arrived,
          places.map(([, place]) => place),
        );
        expect(chooseClustering(canonical, { seed: 3 })).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  test('more rows than the sample: all rows are placed, well', () => {
    const clustering = chooseClustering(groupedMatrix(2600, 13, 0.3, 8), {
      seed: 5,
      minimum: 13,
      maximum: 13,
    });
    expect(clustering.assignment.length).toBe(2600);
    expect(sizes(clustering)).toEqual(Array(13).fill(200));
  });

  test('in steps: says how far it is, and ends in the same', () => {
    const matrix = randomMatrix(60, 8, 2);
    const steps = chooseClusteringSteps(matrix, { seed: 1 });
    const shares: number[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) shares.push(step.value);
    expect(step.value).toEqual(chooseClustering(matrix, { seed: 1 }));
    expect(shares.length).toBeGreaterThan(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  });

  test('tiny libraries', () => {
    for (let rows = 0; rows < 6; rows++) {
      const { assignment, centroids } = chooseClustering(randomMatrix(rows, 4, rows + 1), { seed: 1 });
      expect(assignment.length).toBe(rows);
      expect(centroids.rows).toBeLessThanOrEqual(rows);
    }
  });

  test('readable numbers', () => {
    expect(readableGroups(47)).toEqual({ minimum: 5, maximum: 8 });
    expect(readableGroups(3000)).toEqual({ minimum: 12, maximum: 23 });
    expect(readableGroups(1e6)).toEqual({ minimum: 12, maximum: 24 });
  });
});

test('the silhouette praises the right number, and not groups of one', () => {
  const matrix = groupedMatrix(60, 4, 0.5, 2);
  const of = (groups: number) => meanSilhouette(matrix, clusterRows(matrix, { groups, seed: 1 }));
  expect(of(4)).toBeGreaterThan(of(3));
  expect(of(4)).toBeGreaterThan(of(5));
  expect(of(60)).toBe(0);
  expect(of(1)).toBe(0);
});

test('centring takes away what all rows share', () => {
  const moved = centred(groupedMatrix(30, 3, 0.2, 1));
  expect(() => createMatrix(moved.data, moved.columns)).not.toThrow();
  const sum = Array.from({ length: 30 }, (_, row) => moved.data[row * moved.columns] as number);
  expect(sum.reduce((total, value) => total + value, 0)).toBeCloseTo(0, 0);
  const alike = createMatrix(new Float32Array([1, 0, 1, 0]), 2);
  expect([...centred(alike).data]).toEqual([0, 0, 0, 0]);
});
