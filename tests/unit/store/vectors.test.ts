import { expect, it } from 'vitest';
import { StoreError } from '../../../src/store/database.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { DERIVED } from '../../../src/store/names.ts';
import { createVectorTables } from '../../../src/store/vectors.ts';

it('vectors that the browser cannot read any more make room for new ones, and those of other models stay', async () => {
  const database = createMemoryDatabase(DERIVED);
  let broken = true;
  const reading: typeof database = {
    ...database,
    read: (stores, work) =>
      broken ? Promise.reject(new StoreError('failed', 'It cannot be read.')) : database.read(stores, work),
  };
  const tables = createVectorTables(reading, () => {});
  const entry = { id: 'p', key: 'k', cut: false, vector: new Float32Array([1, 0]) };
  await tables.putVectors('one', 2, [entry]);
  await tables.putVectors('two', 2, [entry]);
  expect((await tables.vectors('one')).ids).toEqual([]);
  broken = false;
  expect((await tables.vectors('one')).ids).toEqual([]);
  expect((await tables.vectors('two')).ids).toEqual(['p']);
  await tables.putVectors('one', 2, [entry]);
  expect((await tables.vectors('one')).ids).toEqual(['p']);
});

it('vectors of a turn that is over are refused', async () => {
  const database = createMemoryDatabase(DERIVED);
  const tables = createVectorTables(database, () => {});
  const entry = { id: 'p', key: 'k', cut: false, vector: new Float32Array([1, 0]) };
  const { signal } = new AbortController();
  await database.change(['turns'], async (rows) => rows.put('turns', { key: 'm', value: 2 }));
  await expect(tables.putVectors('m', 2, [entry], { number: 1, signal })).rejects.toMatchObject({
    kind: 'replaced',
  });
  await tables.putVectors('m', 2, [entry], { number: 2, signal });
  expect((await tables.vectors('m')).ids).toEqual(['p']);
});
