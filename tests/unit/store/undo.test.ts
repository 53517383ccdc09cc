import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { openStore, type Snapshot } from '../../../src/store/store.ts';

const at = '2026-11-27T10:00:00.000Z';
const paper = (n: number, more: Partial<Paper> = {}): Paper => ({
  id: `title:paper${n}`,
  title: `Paper ${n}`,
  abstract: '',
  ...more,
});
const backup: Snapshot = {
  papers: [paper(1, { abstract: 'From there.' }), paper(2)],
  topics: [{ id: 'birds', name: 'Birds', sentence: 'Birds.', order: 1, createdAt: at }],
  opinions: [{ topic: 'birds', paper: 'title:paper1', said: 'liked' }],
  marks: [
    { paper: 'title:paper1', read: at, tags: ['there'] },
    { paper: 'title:paper2', starred: at },
  ],
  notes: [{ paper: 'title:paper1', text: 'There.', editedAt: at }],
  groupNames: [{ id: 'g', name: 'There' }],
};

it('an import is taken back whole: what it added goes, what it changed is as it was', async () => {
  const store = await openStore();
  await store.addPapers([paper(1)]);
  await store.mark('title:paper1', { starred: at });
  await store.putNote({ paper: 'title:paper1', text: 'Here.', editedAt: at });
  const before = await store.snapshot();
  const restored = await store.mergeSnapshot(backup);
  const added = await store.addPapers([paper(1, { comments: 3 }), paper(2, { comments: 4 }), paper(3)]);
  expect((await store.papers()).length).toBe(3);
  expect(await store.undo([...restored.changes, ...added.changes])).toEqual({ papers: [], others: 0 });
  expect(await store.snapshot()).toEqual(before);
  store.close();
});

it('what the reader did since stays, with the papers and topics that it is about', async () => {
  const store = await openStore();
  await store.addPapers([paper(1), paper(4)], null);
  const { changes } = await store.mergeSnapshot({
    ...backup,
    papers: [...backup.papers, paper(3), paper(4, { abstract: 'Also from there.' })],
  });
  await store.putNote({ paper: 'title:paper1', text: 'There. And mine.', editedAt: at });
  await store.mark('title:paper1', { later: 1 });
  await store.mark('title:paper2', { starred: undefined, tags: ['mine'] });
  await store.putOpinions([{ topic: 'birds', paper: 'title:paper1', said: 'disliked' }]);
  await store.addPapers([paper(4, { comments: 7 })]);
  await store.removePapers(['title:paper3']);
  const report = await store.undo(changes);
  expect(report).toEqual({ papers: ['title:paper2'], others: 4 });
  const { papers, topics, opinions, marks, notes, groupNames } = await store.snapshot();
  expect(papers).toEqual([paper(1), paper(2), paper(4, { comments: 7 })]);
  expect(topics.map(({ id }) => id)).toEqual(['birds']);
  expect(opinions).toEqual([{ topic: 'birds', paper: 'title:paper1', said: 'disliked' }]);
  expect(marks).toEqual([
    { paper: 'title:paper1', later: 1 },
    { paper: 'title:paper2', tags: ['mine'] },
  ]);
  expect(notes).toEqual([{ paper: 'title:paper1', text: 'There. And mine.', editedAt: at }]);
  expect(groupNames).toEqual([]);
  store.close();
});

it('any lists, one after another, are taken back to where they began', async () => {
  const list = fc.array(
    fc.record({
      n: fc.integer({ min: 1, max: 6 }),
      comments: fc.integer({ min: 0, max: 3 }),
      abstract: fc.constantFrom('', 'A.', 'B.'),
      listed: fc.constantFrom('2026-03-09', '2026-03-10'),
    }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(list, fc.array(list, { maxLength: 3 }), async (first, lists) => {
      const papersOf = (rows: typeof first) => rows.map(({ n, ...more }) => paper(n, more));
      const store = await openStore();
      await store.addPapers(papersOf(first));
      const before = await store.papers();
      const changes = [];
      for (const rows of lists) changes.push(...(await store.addPapers(papersOf(rows))).changes);
      expect(await store.undo(changes)).toEqual({ papers: [], others: 0 });
      expect(await store.papers()).toEqual(before);
      store.close();
    }),
    { numRuns: 50 },
  );
});
