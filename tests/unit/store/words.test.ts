import { expect, it } from 'vitest';
import { type Database, StoreError } from '../../../src/store/database.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { DERIVED, type DerivedSchema } from '../../../src/store/names.ts';
import { createRoomMaker } from '../../../src/store/room.ts';
import { createVectorTables } from '../../../src/store/vectors.ts';
import { createWordIndexTables } from '../../../src/store/words.ts';

/** Of 6 MiB each, so that two fill a row. */
const pagesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => new Uint32Array(1.5 * 2 ** 20).fill(at));

it('an index comes back whole, the last one put, and is no vector of any model', async () => {
  const database = createMemoryDatabase(DERIVED);
  const tables = createWordIndexTables(database);
  expect(await tables.wordIndex()).toBeUndefined();
  await tables.putWordIndex({ head: 1 }, pagesOf(5));
  await tables.putWordIndex({ head: 2 }, pagesOf(3));
  const found = await tables.wordIndex();
  expect(found?.head).toEqual({ head: 2 });
  expect(found?.pages.map((page) => page[0])).toEqual([0, 1, 2]);
  const rows = await database.read(['vectors'], (kept) => kept.getAll('vectors'));
  expect(rows.map(({ words }) => words?.pages.length)).toEqual([0, 2, 1]);
  const vectors = createVectorTables(database, () => {});
  await vectors.putVectors('m', 2, [{ id: 'p', key: 'k', cut: false, vector: Float32Array.of(1, 0) }]);
  expect((await vectors.vectors('m')).ids).toEqual(['p']);
  await tables.putWordIndex({ head: 3 }, []);
  expect(await tables.wordIndex()).toEqual({ head: { head: 3 }, pages: [] });
  expect((await vectors.vectors('m')).ids).toEqual(['p']);
});

it('an index goes first where there is no room, and one that cannot be read is none', async () => {
  const database = createMemoryDatabase(DERIVED);
  const tables = createWordIndexTables(database);
  await tables.putWordIndex({}, pagesOf(1));
  await createRoomMaker(database as Database<DerivedSchema>)();
  expect(await tables.wordIndex()).toBeUndefined();
  const broken = { ...database, read: () => Promise.reject(new StoreError('failed', 'It cannot be read.')) };
  expect(await createWordIndexTables(broken).wordIndex()).toBeUndefined();
});
