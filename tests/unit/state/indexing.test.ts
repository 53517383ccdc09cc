import { createRoot, createSignal } from 'solid-js';
import { afterEach, expect, it, vi } from 'vitest';
import { type Port, serve } from '../../../src/engine/call.ts';
import { createRanker } from '../../../src/engine/ranker.ts';
import { createRankingTable } from '../../../src/engine/ranking.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { createIndexing } from '../../../src/state/indexing.ts';
import type { Library } from '../../../src/state/library.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { paper, syntheticPapers } from '../ranking/papers.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));
afterEach(() => vi.useRealTimers());

function openRanker() {
  const { port1, port2 } = new MessageChannel();
  serve(port2 as unknown as Port, createRankingTable());
  return createRanker(() => Object.assign(port1 as unknown as Port, { terminate: () => port1.close() }));
}

/** A visit, until its papers are indexed. */
async function visit(store: Store, papers: readonly Paper[]) {
  const ranker = openRanker();
  const [list, setList] = createSignal(papers);
  const notices = createNotices();
  const [indexing, leave] = createRoot((dispose) => [
    createIndexing(ranker, { papers: list } as Library, Promise.resolve(store), notices),
    dispose,
  ]);
  const settled = (times: number) =>
    vi.waitFor(() => expect(indexing.count()).toBe(times), { timeout: 60_000, interval: 10 });
  await settled(1);
  const close = () => {
    leave();
    ranker.close();
  };
  return { ranker, setList, settled, close };
}

it('the words of a large library are kept once it is quiet, and found at the next visit', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: false });
  const store: Store = { ...(await openStore()), keepsDerived: true };
  const papers = syntheticPapers(5_000, 300, 47).map((each) => ({
    ...each,
    title: `${each.title} ${each.id}`,
  }));
  const first = await visit(store, papers);
  expect(await store.wordIndex()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(async () => expect(await store.wordIndex()).toBeDefined(), { timeout: 60_000 });
  const asked = { text: 'p77 ' };
  const before = await first.ranker.search(asked);
  expect(before.hits[0]?.id).toBe('p77');
  first.close();

  // One paper has gone since, one has other words, one has come.
  const [, , ...rest] = papers;
  const changed = [paper('p1', 'Otherwise'), ...rest, paper('new', 'Newcomer')];
  const second = await visit(store, changed);
  const ids = async (text: string) =>
    (await second.ranker.search({ text })).hits.filter(({ relevant }) => relevant).map(({ id }) => id);
  expect(await ids('p77 ')).toEqual(['p77']);
  expect(await ids('p0 ')).toEqual([]);
  expect(await ids('otherwise ')).toEqual(['p1']);
  expect(await ids('newcomer ')).toEqual(['new']);
  // What was found kept lies in the slots that it had; only two papers were read.
  const kept = await second.ranker.keptIndex();
  expect(kept?.slots.ids.length).toBe(papers.length + 2);
  second.close();
});

it('those of a small one are not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: false });
  const store: Store = { ...(await openStore()), keepsDerived: true };
  const { close } = await visit(store, syntheticPapers(100, 300, 47));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await store.wordIndex()).toBeUndefined();
  close();
});
