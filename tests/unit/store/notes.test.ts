import { expect, it } from 'vitest';
import { openStore } from '../../../src/store/store.ts';

const at = '2026-11-27T10:00:00.000Z';

it('a note that two tabs write loses no word of either', async () => {
  const store = await openStore();
  const edit = (text: string, base: string) => store.editNote({ paper: 'p', text, editedAt: at }, base);
  const kept = async () => (await store.notes())[0]?.text;
  expect(await edit('One. Two.', '')).toBe('One. Two.');
  expect(await edit('My one. Two.', 'One. Two.')).toBe('My one. Two.');
  // Made of what was there before the other's edit.
  expect(await edit('One. Two and three.', 'One. Two.')).toBe('My one. Two and three.');
  expect(await kept()).toBe('My one. Two and three.');
  expect(await edit('Another.', '')).toBe('My one. Two and three.\n\n---\n\nAnother.');
  expect(await edit('  ', (await kept()) as string)).toBe('  ');
  expect(await store.notes()).toEqual([]);
});

it('tags are changed as they stand, and what was before can be put back', async () => {
  const store = await openStore();
  await store.markAll([
    { paper: 'a', starred: at, tags: ['x', 'y'] },
    { paper: 'b', tags: ['x'] },
    { paper: 'c', read: at },
  ]);
  const before = await store.retag((tags) => tags.filter((tag) => tag !== 'x'));
  expect(before).toEqual([
    { paper: 'a', tags: ['x', 'y'] },
    { paper: 'b', tags: ['x'] },
  ]);
  // A row of which nothing is left is gone; other marks stay.
  expect(await store.marks()).toEqual([
    { paper: 'a', starred: at, tags: ['y'] },
    { paper: 'c', read: at },
  ]);
  await store.markAll(before);
  expect((await store.marks()).map(({ tags }) => tags)).toEqual([['x', 'y'], ['x'], undefined]);
  // Papers without any tag, or any mark, get their first.
  expect(await store.retag((tags) => [...tags, 'z'], ['c', 'd', 'd'])).toHaveLength(2);
  expect((await store.marks()).find(({ paper }) => paper === 'd')).toEqual({ paper: 'd', tags: ['z'] });
  expect(await store.retag((tags) => tags)).toEqual([]);
});
