import { createRoot } from 'solid-js';
import { afterEach, expect, it, vi } from 'vitest';
import { createKeptNotes } from '../../../src/state/keptNotes.ts';
import { createNotes } from '../../../src/state/notes.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { loadSecond } from '../../../src/store/loadSecond.ts';
import { openStore, type Store, StoreError } from '../../../src/store/store.ts';

const openNotes = (store: Promise<Store>) => createNotes(createKeptNotes(store, createNotices()), store);

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));
afterEach(() => vi.useRealTimers());

it('a note that found no room is kept by itself when there is some again', async () => {
  // As in a page: this code is here before anybody types.
  await loadSecond();
  vi.useFakeTimers();
  const store = await openStore();
  const notes = createRoot(() => openNotes(Promise.resolve(store)));
  const full = vi.spyOn(store, 'editNote').mockRejectedValue(new StoreError('full', 'There is no room.'));
  notes.type('p', 'Typed.');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(notes.draftOf('p')).toMatchObject({
    text: 'Typed.',
    state: 'failed',
    sentence: expect.stringMatching(/^There is no room\. What was kept before is still there\./),
  });
  full.mockRestore();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(notes.draftOf('p')?.state).toBe('kept');
  expect((await store.notes()).map(({ text }) => text)).toEqual(['Typed.']);
});
