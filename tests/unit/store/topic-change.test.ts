import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { LIBRARY, type Opinion, type StoredTopic } from '../../../src/store/names.ts';
import { changeTopics, type TopicsChange } from '../../../src/store/topic-change.ts';

const IDS = ['a', 'b', 'c'];
const PAPERS = ['p', 'q'];
const topics = fc.array(
  fc.record<StoredTopic>({
    id: fc.constantFrom(...IDS),
    name: fc.string(),
    sentence: fc.string(),
    order: fc.integer(),
    createdAt: fc.constant('2026-01-01'),
  }),
  { maxLength: 4 },
);
const opinions = fc.array(
  fc.record<Opinion>({
    topic: fc.constantFrom(...IDS),
    paper: fc.constantFrom(...PAPERS),
    said: fc.constantFrom('liked', 'disliked'),
  }),
  { maxLength: 6 },
);
const changes = fc.record({
  forget: fc.subarray(IDS),
  remove: fc.subarray(IDS),
  put: topics,
  edit: fc.array(fc.record({ id: fc.constantFrom(...IDS), fields: fc.record({ name: fc.string() }) })),
  say: opinions,
});

it('any change of topics is taken back by what it gives', async () => {
  await fc.assert(
    fc.asyncProperty(topics, opinions, changes, async (put, say, wanted) => {
      const database = createMemoryDatabase(LIBRARY);
      const apply = (change: TopicsChange) =>
        database.change(['topics', 'opinions'], (rows) => changeTopics(rows, change));
      const all = () =>
        database.read(['topics', 'opinions'], async (rows) => ({
          topics: (await rows.getAll('topics')).sort((a, b) => (a.id < b.id ? -1 : 1)),
          opinions: (await rows.getAll('opinions')).map((one) => JSON.stringify(one)).sort(),
        }));
      await apply({ put, say });
      const before = await all();
      const back = await apply(wanted);
      const after = await all();
      const gone = new Set(wanted.remove);
      for (const { id } of wanted.put ?? []) gone.delete(id);
      expect(after.topics.filter(({ id }) => gone.has(id))).toEqual([]);
      const again = await apply(back);
      expect(await all()).toEqual(before);
      await apply(again);
      expect(await all()).toEqual(after);
    }),
  );
});
