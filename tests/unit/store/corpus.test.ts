import { expect, it } from 'vitest';
import { createDerivedTables } from '../../../src/store/derived.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { DERIVED, type DerivedSchema } from '../../../src/store/names.ts';

const part = (path: string, ...bytes: number[]) => ({
  path,
  bounds: Float64Array.of(0, bytes.length),
  data: Uint8Array.from(bytes),
});

it('parts of large lists are kept in their order, apart from each other, and go with the vectors', async () => {
  const store = createDerivedTables(createMemoryDatabase<DerivedSchema>(DERIVED), () => {});
  await store.putCorpusParts('a', [part('x', 1), part('y', 2, 3)]);
  await store.putCorpusParts('b', [part('x', 9)]);
  await store.putCorpusParts('a', [part('x', 4)]);
  expect(await store.corpusParts('a')).toEqual([part('x', 1), part('y', 2, 3), part('x', 4)]);
  await store.deleteCorpusParts('a');
  expect(await store.corpusParts('a')).toEqual([]);
  expect(await store.corpusParts('b')).toEqual([part('x', 9)]);
  await store.deleteVectors();
  expect(await store.corpusParts('b')).toEqual([]);
});

it('of the lists that no longer are open nothing stays, of vectors all', async () => {
  const store = createDerivedTables(createMemoryDatabase<DerivedSchema>(DERIVED), () => {});
  await store.putVectors('a', 1, [{ id: 'p', key: 'k', cut: false, vector: Float32Array.of(1) }]);
  for (const list of ['a', 'b', 'c']) await store.putCorpusParts(list, [part('x', 1)]);
  await store.deleteOtherCorpusParts('b');
  expect(await Promise.all(['a', 'b', 'c'].map(store.corpusParts))).toEqual([[], [part('x', 1)], []]);
  await store.deleteOtherCorpusParts(undefined);
  expect(await store.corpusParts('b')).toEqual([]);
  expect((await store.vectors('a')).ids).toEqual(['p']);
});
