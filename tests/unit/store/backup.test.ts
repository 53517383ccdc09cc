import { expect, it } from 'vitest';
import { openStore, type Snapshot } from '../../../src/store/store.ts';

const at = '2026-11-27T10:00:00.000Z';
const saved: Snapshot = {
  papers: [
    { id: 'title:old', title: 'Renamed', abstract: 'Old.', arxivId: '2401.04925', authors: ['Ann Lee'] },
    { id: 'title:new', title: 'New', abstract: '' },
  ],
  topics: [
    { id: 'birds-1', name: 'Birds', sentence: 'Birds that migrate.', order: 1, createdAt: at },
    { id: 'fish-1', name: 'Fish', sentence: 'Fish.', order: 2, createdAt: at },
  ],
  opinions: [
    { topic: 'birds-1', paper: 'title:old', said: 'liked' },
    { topic: 'fish-1', paper: 'title:new', said: 'disliked' },
  ],
  marks: [{ paper: 'title:old', starred: at, read: at, tags: ['later', 'mlp'] }],
  notes: [{ paper: 'title:old', text: 'Written there.', editedAt: at }],
  groupNames: [
    { id: 'g1', name: 'There' },
    { id: 'g2', name: 'Two' },
  ],
};

it('a snapshot fills gaps, under the ids that are here, and nothing the second time', async () => {
  const store = await openStore();
  const here = { id: 'arxiv:2401.04925', title: 'Mine', abstract: 'Mine.', arxivId: '2401.04925' };
  await store.addPapers([here], null);
  await store.putTopic({ ...saved.topics[0], id: 'birds-2' } as Snapshot['topics'][number]);
  await store.mark(here.id, { read: '2026-01-01', tags: ['mine', 'mlp'] });
  await store.putNote({ paper: here.id, text: 'Written here.', editedAt: '2026-12-01' });
  await store.nameGroup({ id: 'g1', name: 'Here' });
  const first = await store.mergeSnapshot(saved);
  expect(first).toMatchObject({
    added: ['title:new'],
    merged: [here.id],
    unchanged: [],
    topics: 1,
    opinions: 2,
    marks: 1,
    notes: 1,
  });
  const after = await store.snapshot();
  expect(after.papers).toEqual([{ ...here, authors: ['Ann Lee'] }, saved.papers[1]]);
  expect(after.topics.map(({ id }) => id)).toEqual(['birds-2', 'fish-1']);
  expect(after.opinions).toEqual([
    { topic: 'birds-2', paper: here.id, said: 'liked' },
    { topic: 'fish-1', paper: 'title:new', said: 'disliked' },
  ]);
  // What is marked here stays marked as it was.
  expect(after.marks).toEqual([
    { paper: here.id, starred: at, read: '2026-01-01', tags: ['mine', 'mlp', 'later'] },
  ]);
  expect(after.notes).toEqual([
    { paper: here.id, text: 'Written here.\n\n---\n\nWritten there.', editedAt: '2026-12-01' },
  ]);
  expect(after.groupNames).toEqual([
    { id: 'g1', name: 'Here' },
    { id: 'g2', name: 'Two' },
  ]);

  expect(await store.mergeSnapshot(saved)).toMatchObject({
    added: [],
    merged: [],
    topics: 0,
    opinions: 0,
    marks: 0,
    notes: 0,
  });
  expect(await store.snapshot()).toEqual(after);
  store.close();
});
