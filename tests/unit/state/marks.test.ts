import { expect, it, vi } from 'vitest';
import { createMarks } from '../../../src/state/marks.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { createReadingList } from '../../../src/state/readingList.ts';
import { openStore } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

it('a mark that was taken away comes back with the date that it had', async () => {
  const store = await openStore();
  const was = { paper: 'a', starred: '2026-01-02T03:04:05.000Z', tags: ['seminar'] };
  await store.markAll([was]);
  const marks = createMarks(Promise.resolve(store), createNotices());
  await marks.load();
  const { on, undo } = await marks.toggle('a', 'starred');
  expect(on).toBe(false);
  expect(marks.with('starred').has('a')).toBe(false);
  await undo();
  expect(marks.of('a')).toEqual(was);
  store.close();
});

it('a mark that was put goes again, and nothing else with it', async () => {
  const store = await openStore();
  await store.markAll([{ paper: 'a', tags: ['seminar'] }]);
  const marks = createMarks(Promise.resolve(store), createNotices());
  await marks.load();
  const { on, undo } = await marks.toggle('a', 'read');
  expect(on).toBe(true);
  expect(marks.with('read').has('a')).toBe(true);
  await undo();
  expect(marks.of('a')).toEqual({ paper: 'a', tags: ['seminar'] });
  store.close();
});

it('papers that are put into the reading list at once stand in the order of the presses', async () => {
  const store = await openStore();
  const marks = createMarks(Promise.resolve(store), createNotices());
  await marks.load();
  const readingList = createReadingList(marks, { byId: (id) => ({ id, title: id, abstract: '' }) });
  await Promise.all(['c', 'a', 'b'].map((paper) => readingList.add([paper])));
  expect(readingList.ids()).toEqual(['c', 'a', 'b']);
  store.close();
});
