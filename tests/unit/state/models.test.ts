import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/error.ts';
import type { Meaning, ModelOffer } from '../../../src/state/meaning.ts';
import type { UseOptions } from '../../../src/state/modelInUse.ts';
import { createModels } from '../../../src/state/models.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';

const OFFER = {
  contract: { id: 'other#1', name: 'Other' },
  bytes: 100,
  host: 'example.org',
} as unknown as ModelOffer;

/** A meaning whose `use` goes on until it is told how it ends. */
function createBench(watched = true) {
  const asked: { options: UseOptions; end(error?: Error): void }[] = [];
  const meaning = {
    modelId: () => 'own#1',
    look: async () => OFFER,
    use: (_: ModelOffer, options: UseOptions) =>
      new Promise<void>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
        asked.push({ options, end: (error) => (error ? reject(error) : resolve()) });
      }),
  } as unknown as Meaning;
  const notices = createNotices();
  const store = openStore();
  return { asked, notices, store, models: createModels(store, meaning, notices, () => watched) };
}

describe('another model', () => {
  it('is looked at, then loaded with progress, and then no longer offered', async () => {
    const { models, asked } = createBench();
    const looking = models.look(() => ({ kind: 'files', files: [] }));
    expect(models.step()).toEqual({ phase: 'looking' });
    await looking;
    expect(models.offer()).toBe(OFFER);
    expect(models.step()).toBeUndefined();
    const using = models.use();
    expect(models.step()).toEqual({ phase: 'opening', name: 'Other', done: 0, total: 100 });
    asked[0]?.options.onProgress?.({ file: 'a', done: 40, total: 100 });
    expect(models.step()).toMatchObject({ done: 40, total: 100 });
    asked[0]?.end();
    await using;
    expect(models.step()).toBeUndefined();
    expect(models.offer()).toBeUndefined();
  });

  it('can be stopped, which is no problem, and asked for again', async () => {
    const { models, asked, notices } = createBench();
    await models.look(() => ({ kind: 'files', files: [] }));
    const using = models.use();
    models.stop();
    await using;
    expect(models.step()).toBeUndefined();
    expect(models.problem()).toBeUndefined();
    expect(notices.shown()).toEqual([]);
    expect(models.offer()).toBe(OFFER);
    void models.use();
    expect(asked.length).toBe(2);
    // What the stopped one still says is not heard.
    asked[0]?.options.onProgress?.({ file: 'a', done: 99, total: 100 });
    expect(models.step()).toMatchObject({ done: 0 });
  });

  it.each([true, false])('that fails says so where the reader is (on its page: %s)', async (watched) => {
    const { models, asked, notices } = createBench(watched);
    await models.look(() => ({ kind: 'files', files: [] }));
    const using = models.use();
    asked[0]?.end(new EngineError('cut-short', 'The file ended early.'));
    await using;
    const sentence = 'The file ended early. The model in use stays.';
    expect(models.problem()).toBe(sentence);
    expect(notices.shown().map(({ text }) => text)).toEqual(watched ? [] : [sentence]);
  });

  it('is listed when it is kept and not in use, and can be removed with its vectors', async () => {
    const { models, store } = createBench();
    const kept = await store;
    await kept.putModelFile('own#1', 'a', new Uint8Array(5));
    await kept.putModelFile('other#1', 'a', new Uint8Array(7));
    await kept.putModelFile('other#1', 'b', new Uint8Array(3));
    await kept.putVectors('other#1', 1, [{ id: 'p', key: 'k', vector: Float32Array.of(1), cut: false }]);
    await models.listKept();
    expect(models.kept()).toEqual([{ id: 'other#1', name: 'other', bytes: 10 }]);
    await models.remove('other#1');
    expect(models.kept()).toEqual([]);
    expect((await kept.models()).map(({ id }) => id)).toEqual(['own#1']);
    expect((await kept.vectors('other#1')).ids).toEqual([]);
  });
});
