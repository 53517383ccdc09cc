import { expect, it } from 'vitest';
import { type Database, StoreError } from '../../../src/store/database.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { DERIVED, type DerivedSchema, LIBRARY } from '../../../src/store/names.ts';
import { createRoomMaker, makingRoom } from '../../../src/store/room.ts';

it('room is made of the cheapest first, once a try, and told when it was of use', async () => {
  const derived = createMemoryDatabase(DERIVED);
  const names = ['vectors', 'models'] as const;
  await derived.change([...names], async (rows) => {
    rows.put('vectors', { model: 'm', at: 0, ids: [], keys: [], cut: [], data: new Float32Array() });
    rows.put('models', { id: 'm', files: [] });
  });
  const left = () => derived.read([...names], (rows) => Promise.all(names.map((name) => rows.count(name))));
  const makeRoom = createRoomMaker(derived as Database<DerivedSchema>);
  const library = createMemoryDatabase(LIBRARY);
  let refusals = 1;
  let told = 0;
  const full: typeof library = {
    ...library,
    change: (stores, work) => {
      if (refusals-- > 0) return Promise.reject(new StoreError('full', 'There is no room.'));
      return library.change(stores, work);
    },
  };
  const kept = makingRoom(full, makeRoom, () => told++);
  const write = () => kept.change(['settings'], async (rows) => rows.put('settings', { key: 'a', value: 1 }));
  await write();
  expect([await left(), told]).toEqual([[0, 1], 1]);
  refusals = 1;
  await write();
  expect([await left(), told]).toEqual([[0, 0], 2]);
  // Nothing is left that may go: what the store says is what the reader is told.
  refusals = 5;
  await expect(write()).rejects.toThrow('There is no room.');
  expect(told).toBe(2);
});
