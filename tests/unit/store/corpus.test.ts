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
