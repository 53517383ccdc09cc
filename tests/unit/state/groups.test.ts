import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it, vi } from 'vitest';
import type { Ranker } from '../../../src/engine/ranker.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { createGroups } from '../../../src/state/groups.ts';
import type { Meaning } from '../../../src/state/meaning.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const papers = (prefix: string): Paper[] =>
  Array.from({ length: 9 }, (_, n) => ({ id: `${prefix}${n}`, title: `${prefix} ${n}`, abstract: '' }));

describe('groups', () => {
  it('of papers that have changed meanwhile are neither shown nor kept', async () => {
    const [complete, setComplete] = createSignal<readonly Paper[]>();
    const waiting: { signal: AbortSignal; tell(name: string): void }[] = [];
    const ranker = {
      cluster: (_: number, __: unknown, signal: AbortSignal) =>
        new Promise((resolve) => {
          waiting.push({
            signal,
            tell: (id) => resolve({ groups: [{ id, name: id, words: [], paperIds: [] }] }),
          });
        }),
    } as unknown as Ranker;
    const meaning = { complete, settled: () => true, modelId: () => 'm' } as unknown as Meaning;
    const store = openStore();
    const kept = vi.spyOn(await store, 'putClustering');
    const notices = createNotices();
    const [groups, dispose] = createRoot((dispose) => [
      createGroups(store, ranker, meaning, notices, () => undefined),
      dispose,
    ]);
    const asked = (times: number) => vi.waitFor(() => expect(waiting.length).toBe(times));

    setComplete(papers('old'));
    await asked(1);
    setComplete(undefined);
    expect(waiting[0]?.signal.aborted).toBe(true);
    setComplete(papers('new'));
    await asked(2);
    waiting[0]?.tell('old');
    waiting[1]?.tell('new');
    await vi.waitFor(() => expect(groups.list().map(({ id }) => id)).toEqual(['new']));
    await vi.waitFor(() => expect(kept).toHaveBeenCalledTimes(1));
    expect(notices.shown()).toEqual([]);
    dispose();
  });

  it('wait for the better model, but not for ever, and are found anew when it comes', async () => {
    vi.useFakeTimers();
    const [complete, setComplete] = createSignal<readonly Paper[]>();
    const [settled, setSettled] = createSignal(false);
    const [open, setOpen] = createSignal<string>();
    let found = 0;
    const ranker = {
      cluster: async () => ({ groups: [{ id: `g${++found}`, name: '', words: [], paperIds: [] }] }),
    };
    const meaning = { complete, settled, modelId: () => `m${Number(settled())}` } as unknown as Meaning;
    const [groups, dispose] = createRoot((dispose) => [
      createGroups(openStore(), ranker as unknown as Ranker, meaning, createNotices(), open),
      dispose,
    ]);
    setComplete(papers('one'));
    await vi.advanceTimersByTimeAsync(9_000);
    expect([found, groups.list()]).toEqual([0, []]);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(groups.list().map(({ id }) => id)).toEqual(['g1']));
    // A group that the reader is in stays until it is left.
    setOpen('g1');
    setSettled(true);
    await vi.waitFor(() => expect(found).toBe(2));
    await vi.advanceTimersByTimeAsync(100);
    expect(groups.list().map(({ id }) => id)).toEqual(['g1']);
    setOpen(undefined);
    expect(groups.list().map(({ id }) => id)).toEqual(['g2']);
    dispose();
    vi.useRealTimers();
  });

  it('go on from the last ones when papers arrive, and take the reader’s names', async () => {
    const [complete, setComplete] = createSignal<readonly Paper[]>();
    const [model, setModel] = createSignal('m');
    const given: unknown[] = [];
    const ranker = {
      cluster: async (_: number, __: unknown, ___: unknown, before: readonly { id: string }[]) => {
        given.push(before.map(({ id }) => id));
        const paperIds = (complete() ?? []).map(({ id }) => id);
        return { groups: [{ id: `g${given.length}`, name: `G${given.length}`, words: [], paperIds }] };
      },
    } as unknown as Ranker;
    const meaning = { complete, settled: () => true, modelId: model } as unknown as Meaning;
    const store = openStore();
    const [groups, dispose] = createRoot((dispose) => [
      createGroups(store, ranker, meaning, createNotices(), () => undefined),
      dispose,
    ]);
    const named = () => groups.list().map(({ id, name, foundName }) => [id, name, foundName]);
    setComplete(papers('one'));
    await vi.waitFor(() => expect(named()).toEqual([['g1', 'G1', undefined]]));
    setComplete([...papers('one'), { id: 'more', title: '', abstract: '' }]);
    await vi.waitFor(() => expect(groups.of('more')?.id).toBe('g1'));
    expect(given).toEqual([[], ['g1']]);

    expect(await groups.rename('g1', ' Mine ')).toBe('');
    expect(named()).toEqual([['g1', 'Mine', 'G1']]);
    // Another model finds its own, but for what the reader named.
    setModel('other');
    setComplete(papers('one'));
    await vi.waitFor(() => expect(given).toEqual([[], ['g1'], []]));
    await vi.waitFor(() => expect(groups.of('more')).toBeUndefined());
    expect(named()).toEqual([['g1', 'Mine', 'G1']]);
    expect(await groups.rename('g1', '')).toBe('Mine');
    expect(named()).toEqual([['g1', 'G1', undefined]]);
    dispose();
  });
});
