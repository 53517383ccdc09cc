import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { LIBRARY } from '../../../src/store/names.ts';
import { openStore } from '../../../src/store/store.ts';

const paper = (n: number): Paper => ({ id: `title:paper${n}`, title: `Paper ${n}`, abstract: 'Words.' });

describe('a store without a disk', () => {
  it('says so, and works', async () => {
    const store = await openStore();
    expect(store.kind).toBe('memory');
    expect(store.notice).toMatch(/kept only until this page is closed\.$/);
    expect(await store.addPapers([paper(1), paper(2), paper(1)])).toMatchObject({
      added: ['title:paper1', 'title:paper2'],
      merged: [],
      unchanged: [],
    });
    expect(await store.papers()).toMatchObject([paper(1), paper(2)]);
    expect(await store.setting('none')).toBeUndefined();
    expect(await store.usage()).toMatchObject({ persisted: false });
    expect(await store.persist()).toBe(false);
    store.close();
  });

  it('takes a list that comes again, without what was removed since', async () => {
    const store = await openStore();
    const offer = (key: string, papers: Paper[], anew = false) =>
      store.offerPapers({ setting: 'site-list', key, papers, anew });
    expect((await offer('one', [paper(1), paper(2)])).added).toEqual(['title:paper1', 'title:paper2']);
    await store.removePapers(['title:paper1']);
    const longer = { ...paper(2), abstract: 'More words.' };
    expect(await offer('two', [paper(1), longer, paper(3)])).toEqual({
      added: ['title:paper3'],
      merged: ['title:paper2'],
      unchanged: [],
    });
    expect(await store.papers()).toMatchObject([longer, paper(3)]);
    // What the list has dropped meanwhile is still known to have been offered.
    await offer('three', [paper(3)]);
    expect((await offer('four', [paper(1), paper(3)])).added).toEqual([]);
    expect(await store.setting('site-list')).toEqual({
      key: 'four',
      ids: ['title:paper1', 'title:paper2', 'title:paper3'],
    });
    // After a loss nobody has removed anything.
    expect((await offer('four', [paper(1), paper(3)], true)).added).toEqual(['title:paper1']);
  });

  it('keeps when a paper came first, through merges, removal and backups', async () => {
    const store = await openStore();
    const [first, later] = ['2026-03-10T09:00:00.000Z', '2026-03-11T09:00:00.000Z'];
    const since = async () => (await store.papers()).map(({ id, added }) => [id.slice(-1), added]);
    await store.addPapers([paper(1)], first);
    await store.offerPapers({
      setting: 'site-list',
      key: 'one',
      papers: [{ ...paper(1), comments: 3 }, paper(2)],
      anew: false,
      came: later,
    });
    await store.addPapers([paper(3)], null);
    expect(await since()).toEqual([
      ['1', first],
      ['2', later],
      ['3', undefined],
    ]);
    const before = await store.papers();
    await store.removePapers(before.map(({ id }) => id));
    await store.addPapers(before, null);
    expect(await store.papers()).toEqual(before);
    const saved = await store.snapshot();
    await store.removePapers(['title:paper1']);
    await store.mergeSnapshot(saved);
    expect(await since()).toContainEqual(['1', first]);
    store.close();
  });

  it('changes a setting from what it was, all of several changes', async () => {
    const store = await openStore();
    const add = (n: number) => store.changeSetting<number[]>('numbers', (before = []) => [...before, n]);
    await Promise.all([add(1), add(2), add(3)]);
    expect(await store.setting('numbers')).toEqual([1, 2, 3]);
    const kept = await store.changeSetting<number[]>('numbers', (before = []) => before);
    expect(kept).toEqual([1, 2, 3]);
    store.close();
  });

  it('keeps its own copy of what is moved away afterwards', async () => {
    const store = await openStore();
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    await store.putModelFile('m', 'f', bytes);
    structuredClone(bytes, { transfer: [bytes] });
    const first = (await store.modelFile('m', 'f')) as ArrayBuffer;
    structuredClone(first, { transfer: [first] });
    expect(new Uint8Array((await store.modelFile('m', 'f')) as ArrayBuffer)).toEqual(
      new Uint8Array([1, 2, 3]),
    );
  });

  it('refuses vectors of another width than announced, and keeps none of the batch', async () => {
    const store = await openStore();
    const entries = [2, 3].map((columns) => ({
      id: `p${columns}`,
      key: 'k',
      vector: new Float32Array(columns),
      cut: false,
    }));
    await expect(store.putVectors('m', 2, entries)).rejects.toThrow('the vector of p3 has 3 numbers, not 2');
    expect(await store.vectors('m')).toMatchObject({ ids: [], columns: 0 });
  });

  it('puts everything back when a change fails half-way', async () => {
    const database = createMemoryDatabase(LIBRARY);
    const put = (n: number) =>
      database.change(['papers'], async (rows) => {
        rows.put('papers', paper(n));
      });
    await put(1);
    const failing = database.change(['papers'], async (rows) => {
      rows.clear('papers');
      rows.put('papers', paper(2));
      await rows.count('papers');
      throw new Error('half-way');
    });
    const after = put(3);
    await expect(failing).rejects.toThrow('half-way');
    await after;
    const papers = await database.read(['papers'], (rows) => rows.getAll('papers'));
    expect(papers).toEqual([paper(1), paper(3)]);
  });
});

describe('vectors', () => {
  it('give back the newest vector of each paper, whatever came before', async () => {
    const change = fc.record({
      model: fc.constantFrom('m', 'm/2', 'n'),
      remove: fc.boolean(),
      ids: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const store = await openStore();
        const expected = new Map<string, Map<string, number>>();
        for (const [step, { model, remove, ids }] of changes.entries()) {
          const names = ids.map((id) => `p${id}`);
          const known = expected.get(model) ?? new Map<string, number>();
          expected.set(model, known);
          if (remove) await store.deleteVectors(model, names);
          else {
            const vector = new Float32Array([step, 1]);
            await store.putVectors(
              model,
              2,
              names.map((id) => ({ id, key: `${step}`, vector, cut: step % 2 === 0 })),
            );
          }
          for (const id of names) remove ? known.delete(id) : known.set(id, step);
        }
        for (const [model, known] of expected) {
          const found = await store.vectors(model);
          expect(new Map(found.ids.map((id, row) => [id, found.data[row * 2]]))).toEqual(known);
          expect(found.keys).toEqual([...found.ids].map((id) => `${known.get(id)}`));
          expect(found.cut).toEqual([...found.ids].map((id) => (known.get(id) ?? 1) % 2 === 0));
          expect(found.ids.length).toBe(known.size);
        }
      }),
      { numRuns: 40 },
    );
  });
});
