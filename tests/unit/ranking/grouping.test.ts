import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { type Group, groupSteps } from '../../../src/ranking/grouping.ts';
import { OTHER } from '../../../src/ranking/lineage.ts';
import { createMatrix, type Matrix, normalize, rowOf } from '../../../src/vector/matrix.ts';
import { createQuantizedRows } from '../../../src/vector/quantized.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { finish } from '../../../src/vector/steps.ts';
import { paper } from './papers.ts';

const COLUMNS = 24;
const SUBJECTS = [
  'gaussian splatting',
  'language models',
  'robot arms',
  'video editing',
  'speech synthesis',
  'tables',
];

/** Papers of six subjects, each near its axis, and some that lie anywhere. */
function library(count: number, strays: number, seed: number) {
  const random = createRandom(seed);
  const papers = new Map<string, Paper>();
  const data = new Float32Array((count + strays) * COLUMNS);
  const ids = Array.from({ length: count + strays }, (_, at) => `p${String(at).padStart(4, '0')}`);
  ids.forEach((id, at) => {
    const subject = at % SUBJECTS.length;
    const row = data.subarray(at * COLUMNS, (at + 1) * COLUMNS);
    for (let i = 0; i < COLUMNS; i++) row[i] = (random() - 0.5) * 0.3;
    // A stray has an axis that nobody shares.
    row[at < count ? subject : SUBJECTS.length + (at - count)] = 1;
    normalize(row);
    papers.set(id, paper(id, at < count ? `${SUBJECTS[subject]} ${at}` : `odd ${at}`));
  });
  return { papers, ids, matrix: createMatrix(data, COLUMNS) };
}

function groupsOf({ papers, ids, matrix }: ReturnType<typeof library>, before?: readonly Group[]): Group[] {
  const steps = groupSteps(papers, ids, matrix, 47, before);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function first(all: ReturnType<typeof library>, count: number) {
  return {
    papers: all.papers,
    ids: all.ids.slice(0, count),
    matrix: createMatrix(all.matrix.data.slice(0, count * COLUMNS), COLUMNS),
  };
}

describe('groups', () => {
  it('go on when papers arrive: ids, names and colours stay', () => {
    const all = library(126, 0, 3);
    const before = groupsOf(first(all, 120));
    const now = groupsOf(all, before);
    const called = (groups: readonly Group[]) =>
      groups.map(({ id, name, color }) => `${id} ${name} ${color}`).sort();
    expect(called(now)).toEqual(called(before));
    expect(now.flatMap(({ paperIds }) => paperIds)).toHaveLength(126);
  });
  it('leave what fits nowhere in a group of its own, without a colour', () => {
    const all = library(120, 3, 4);
    const groups = groupsOf(all, groupsOf(first(all, 120)));
    const other = groups.find(({ id }) => id === OTHER);
    expect(other?.paperIds.toSorted()).toEqual(['p0120', 'p0121', 'p0122']);
    expect(other?.color).toBeUndefined();
    expect(groupsOf(library(120, 0, 4)).some(({ id }) => id === OTHER)).toBe(false);
  });
  it('of another library begin anew', () => {
    const before = groupsOf(library(60, 0, 1));
    const strangers = library(60, 0, 2);
    const renamed = strangers.ids.map((id) => `x${id}`);
    const papers = new Map(renamed.map((id, at) => [id, paper(id, `other ${at}`)]));
    expect(groupsOf({ ...strangers, papers, ids: renamed }, before)).toEqual(
      groupsOf({ ...strangers, papers, ids: renamed }),
    );
  });
  it('any library, after any other: each paper once, ids differ', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(),
        (count, strays, seed) => {
          const all = library(count, strays, seed);
          const half = Math.floor(all.ids.length / 2);
          const groups = groupsOf(all, groupsOf(first(all, half)));
          expect(groups.flatMap(({ paperIds }) => paperIds).sort()).toEqual(all.ids);
          expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});

it('many papers, as bytes, are in the groups in which they would be as floats, and go on as they would', () => {
  const all = library(300, 6, 5);
  const bytes = (matrix: Matrix) => {
    const block = createQuantizedRows(matrix.columns);
    for (let row = 0; row < matrix.rows; row++) block.set(row, rowOf(matrix, row));
    return block;
  };
  const asBytes = (before?: readonly Group[]) =>
    finish(groupSteps(all.papers, all.ids, bytes(all.matrix), 47, before));
  const before = groupsOf(first(all, 280));
  const [now, plain] = [asBytes(before), groupsOf(all, before)];
  // A subject may be in two halves: what lies between them falls to either, by the last digit.
  const groupOf = new Map(plain.flatMap(({ id, paperIds }) => paperIds.map((paper) => [paper, id] as const)));
  const same = now.flatMap(({ id, paperIds }) => paperIds.filter((paper) => groupOf.get(paper) === id));
  expect(now.map(({ id }) => id).sort()).toEqual(plain.map(({ id }) => id).sort());
  expect(same.length).toBeGreaterThan(300);
  // Found anew there may be more groups than subjects: each is of one subject, with the strays apart.
  const subjectOf = (id: string) => Number(id.slice(1)) % SUBJECTS.length;
  for (const { id, paperIds } of asBytes())
    if (id !== OTHER)
      expect(new Set(paperIds.filter((paper) => paper < 'p0300').map(subjectOf)).size).toBeLessThan(2);
  expect(
    asBytes()
      .flatMap(({ paperIds }) => paperIds)
      .sort(),
  ).toEqual(all.ids);
});
