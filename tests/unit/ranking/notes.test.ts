import { describe, expect, test } from 'vitest';
import { createCollection } from '../../../src/ranking/collection.ts';
import { reasonInNote } from '../../../src/ranking/explain.ts';
import { createMatrix, rowOf } from '../../../src/vector/matrix.ts';
import { LIBRARY } from './papers.ts';

const ids = LIBRARY.map(({ id }) => id);
/** Each paper along its own axis, and one more that no paper has. */
const WIDTH = LIBRARY.length + 1;
const AXES = createMatrix(
  Float32Array.from({ length: LIBRARY.length * WIDTH }, (_, index) => (index % (WIDTH + 1) === 0 ? 1 : 0)),
  WIDTH,
);
const elsewhere = Float32Array.from({ length: WIDTH }, (_, index) => (index === WIDTH - 1 ? 1 : 0));

function collection() {
  const made = createCollection();
  made.setPapers(LIBRARY);
  made.setVectors(ids, AXES);
  return made;
}

describe('what the reader wrote of papers', () => {
  test('is searched by its words, together with the paper’s own, until it is taken away', () => {
    const made = collection();
    const first = (text: string) => made.search({ text }).hits.find(({ relevant }) => relevant)?.id;
    expect(first('zebra')).toBeUndefined();
    made.putNotes([{ paper: 'nerf', text: 'Like the zebra idea.' }]);
    expect(first('zebra')).toBe('nerf');
    expect(made.search({ text: 'radiance zebra' }).hits[0]).toMatchObject({
      id: 'nerf',
      keyword: { coverage: 1 },
    });
    // A list that comes again puts the papers again.
    made.putPapers(LIBRARY.map((paper) => ({ ...paper, abstract: `${paper.abstract} More.` })));
    expect(first('zebra')).toBe('nerf');
    made.putNotes([{ paper: 'nerf', text: 'Like the lion idea.' }]);
    expect([first('zebra'), first('lion')]).toEqual([undefined, 'nerf']);
    made.putNotes([{ paper: 'nerf', text: ' ' }]);
    expect(first('lion')).toBeUndefined();
  });

  test('may come before its paper, and comes back with it', () => {
    const made = createCollection();
    made.putNotes([{ paper: 'nerf', text: 'zebra' }]);
    made.setPapers(LIBRARY);
    expect(made.search({ text: 'zebra' }).hits[0]).toMatchObject({ id: 'nerf', relevant: true });
    made.removePapers(['nerf']);
    expect(made.search({ text: 'zebra' }).hits.some(({ relevant }) => relevant)).toBe(false);
    made.putPapers(LIBRARY);
    expect(made.search({ text: 'zebra' }).hits[0]).toMatchObject({ id: 'nerf', relevant: true });
  });

  test('does not make the paper found worse by its own words', () => {
    const made = collection();
    const score = () => made.search({ text: 'radiance' }).hits[0]?.keyword?.score as number;
    const before = score();
    made.putNotes([{ paper: 'nerf', text: 'a very long note about other things '.repeat(50) }]);
    expect(score()).toBeCloseTo(before, 9);
  });

  test('is found by meaning where it is nearer than the paper, and says so', () => {
    const made = collection();
    const ask = (vector: Float32Array) => made.search({ text: 'qqq', vector, mode: 'semantic' }).hits[0];
    const note = createMatrix(elsewhere.slice(), WIDTH);
    // Without a note there is nothing to be nearer.
    made.setNoteVectors(['nerf'], note);
    expect(ask(elsewhere)?.meaning?.byNote).toBeUndefined();
    made.putNotes([{ paper: 'nerf', text: 'Something else.' }]);
    made.setNoteVectors(['nerf'], note);
    expect(ask(elsewhere)).toMatchObject({ id: 'nerf', meaning: { similarity: 1, byNote: true } });
    const own = ask(rowOf(AXES, ids.indexOf('nerf')).slice());
    expect(own).toMatchObject({ id: 'nerf', meaning: { similarity: 1 } });
    expect(own?.meaning?.byNote).toBeUndefined();
    // Another model's vectors: the note waits for its own.
    made.replaceVectors(ids, AXES, null);
    expect(ask(elsewhere)?.meaning?.byNote).toBeUndefined();
    made.setNoteVectors(['nerf'], note);
    made.putNotes([{ paper: 'nerf', text: 'Changed.' }]);
    expect(ask(elsewhere)?.meaning?.byNote).toBeUndefined();
  });

  test('tells nothing of what papers are like', () => {
    const made = collection();
    const before = made.similar('nerf', 10).map(({ id }) => id);
    made.putNotes([{ paper: 'nerf', text: 'pruned language models keep accuracy through distillation' }]);
    expect(made.similar('nerf', 10).map(({ id }) => id)).toEqual(before);
  });
});

test('a note is the reason where it has a word that the paper has not, or is nearer', () => {
  const hit = (words: string[], byNote = false) => ({
    keyword: { rank: 1, score: 1, strength: 1, words, coverage: 1 },
    ...(byNote ? { meaning: { rank: 1, similarity: 1, z: 3, strength: 1, byNote: true as const } } : {}),
  });
  const [own, note] = ['Neural fields', 'Ask Zoe about these fields'];
  expect(reasonInNote(own, note, hit(['fields']))).toBeUndefined();
  expect(reasonInNote(own, note, hit(['fields', 'Zoe']))).toEqual({ start: 4, end: 7 });
  expect(reasonInNote(own, note, hit([], true))).toEqual({ start: 0, end: 0 });
  expect(reasonInNote(own, note, {})).toBeUndefined();
});
