import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { contentKey, embeddedText } from '../../../src/paper/text.ts';
import { compareWithKept, readPapers } from '../../../src/state/unread.ts';
import { openStore, type StoredVectors } from '../../../src/store/store.ts';

const paper = (id: string, abstract = 'About nothing.'): Paper => ({ id, title: `Paper ${id}`, abstract });
const keyOf = (of: Paper) => contentKey(embeddedText(of));
const [a, b, c] = [paper('a'), paper('b'), paper('c')];
const kept: StoredVectors = {
  ids: ['gone', 'c', 'a'],
  keys: ['1', keyOf(c), keyOf(a)],
  cut: [true, true, false],
  data: Float32Array.from([0, 0, 1, 0, 0, 1]),
  columns: 2,
};

describe('a library beside its kept vectors', () => {
  it('is told apart: read, unread and gone, each with its own row', () => {
    const { ids, matrix, cut, unread, stale, count } = compareWithKept([a, b, c], kept);
    expect(ids).toEqual(['a', 'c']);
    expect([...(matrix?.data ?? [])]).toEqual([0, 1, 1, 0]);
    expect([...cut]).toEqual(['c']);
    expect(unread).toEqual([{ id: 'b', key: keyOf(b), text: embeddedText(b) }]);
    expect(stale).toEqual(['gone']);
    expect(count).toBe(3);
  });

  it('has to be read again where a text has changed', () => {
    const changed = paper('a', 'About something else.');
    const { ids, matrix, unread } = compareWithKept([changed], kept);
    expect(ids).toEqual([]);
    expect(matrix).toBeNull();
    expect(unread.map(({ id }) => id)).toEqual(['a']);
  });

  it('has to be read again where a vector was damaged on the disk', () => {
    const data = Float32Array.from([0, 0, 1, 0, 0, Number.NaN]);
    const { ids, unread } = compareWithKept([a, c], { ...kept, data });
    expect(ids).toEqual(['c']);
    expect(unread.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('reading', () => {
  /** Two batches of one text each. */
  const engine = {
    contract: () => ({ id: 'm', dimensions: 2 }),
    async embed(texts: readonly string[], { onBatch }: Parameters<Engine['embed']>[1]) {
      for (const [at] of texts.entries())
        await onBatch({ indices: [at], vectors: Float32Array.from([1, at]), cut: [at === 1] });
    },
  } as unknown as Engine;
  const { unread } = compareWithKept([a, b], { ...kept, ids: [], keys: [], cut: [] });
  const options = { signal: new AbortController().signal, onProgress: () => {} };

  it('keeps each batch before it is told', async () => {
    const store = await openStore();
    const told: string[] = [];
    await readPapers(store, engine, unread, {
      ...options,
      onUnkept: (error) => expect.unreachable(String(error)),
      async onBatch(entries) {
        const { ids } = await store.vectors('m');
        expect(ids).toContain(entries[0]?.id);
        told.push(...entries.map(({ id }) => id));
      },
    });
    expect(told).toEqual(['a', 'b']);
    const { data, cut } = await store.vectors('m');
    expect([[...data], cut]).toEqual([
      [1, 0, 1, 1],
      [false, true],
    ]);
  });

  it('goes on where a batch cannot be kept, unless it is told not to', async () => {
    const full = {
      putVectors: () => Promise.reject(new Error('full')),
    } as unknown as Parameters<typeof readPapers>[0];
    const told: string[] = [];
    const errors: unknown[] = [];
    await readPapers(full, engine, unread, {
      ...options,
      onUnkept: (error) => errors.push(error),
      onBatch: (entries) => told.push(...entries.map(({ id }) => id)),
    });
    expect([told, errors.length]).toEqual([['a', 'b'], 2]);
    const stopped = readPapers(full, engine, unread, {
      ...options,
      onUnkept: (error) => {
        throw error;
      },
    });
    await expect(stopped).rejects.toThrow('full');
  });
});
