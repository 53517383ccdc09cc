import { expect, test } from 'vitest';
import { createCollection } from '../../../src/ranking/collection.ts';
import { createVectorTable } from '../../../src/ranking/vectors.ts';
import { dot, rowOf } from '../../../src/vector/matrix.ts';
import { finish } from '../../../src/vector/steps.ts';
import { groupedMatrix, randomMatrix } from '../vector/rows.ts';
import { paper } from './papers.ts';

test('rows are copied in steps, in any order, and none of it where one changes between', () => {
  const table = createVectorTable();
  const matrix = randomMatrix(30_000, 8, 1);
  const ids = Array.from({ length: 30_000 }, (_, at) => `p${at}`);
  table.put(ids, matrix, () => true);
  const order = [...ids].reverse();
  const copied = finish(table.pickSteps(order));
  expect(copied?.count()).toBe(30_000);
  for (const place of [0, 17, 20_000, 29_999])
    expect(copied?.get(place)).toEqual(table.row(order[place] as string));
  for (const change of [
    () => table.remove('p5'),
    () => table.put(['p6'], randomMatrix(1, 8, 2), () => true),
    () => table.clear(),
  ]) {
    const steps = table.pickSteps(order.slice(0, 29_000));
    expect(steps.next().done).toBe(false);
    change();
    expect(finish(steps)).toBeUndefined();
  }
});

test('a library of more than ten thousand is grouped and laid out while papers go and come', () => {
  const matrix = groupedMatrix(10_500, 15, 0.5, 3);
  const papers = Array.from({ length: 10_500 }, (_, at) => paper(`p${at}`, `subject${at % 15} words`));
  const collection = createCollection();
  collection.putPapers(papers);
  collection.setVectors(
    papers.map(({ id }) => id),
    matrix,
  );
  const steps = collection.clusterSteps(47);
  for (let step = 0; step < 5; step++) steps.next();
  collection.removePapers(['p3']);
  const { groups } = finish(steps);
  const found = groups.flatMap(({ paperIds }) => paperIds);
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeGreaterThanOrEqual(10_499);
  for (const { id, paperIds } of groups) {
    const subjects = new Set(paperIds.map((each) => Number(each.slice(1)) % 15));
    if (id !== 'other') expect(subjects.size).toBe(1);
  }
  const { ids, positions } = finish(collection.projectSteps(47));
  expect(ids).toEqual([...ids].sort());
  expect(ids.length).toBe(10_499);
  expect(positions.every(Number.isFinite)).toBe(true);
  expect(dot(rowOf(matrix, 0), rowOf(matrix, 15))).toBeGreaterThan(0.5);
});
