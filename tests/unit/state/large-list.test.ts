/** A large list as the page has it: the real store, the real reader and a host on this machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRoot, createSignal } from 'solid-js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { LARGE_LIST_SETTING } from '../../../src/state/largeList.ts';
import { createLargeListSession, type KnownList } from '../../../src/state/largeListSession.ts';
import { createNotices } from '../../../src/state/notices.ts';
import type { LibraryPart } from '../../../src/store/library.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { laterTexts } from '../../../src/texts/later.ts';
import { type RangeHost, serveRanges } from '../../fixtures/range-host.ts';
import { type StartedWorker, stubCorpusWorker } from '../corpus/corpus-worker.ts';
import { type MadeUpList, madeUpVectors, writeMadeUpList } from '../corpus/made-up-list.ts';
import { serveFolder } from '../engine/fixtures.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const PAPERS = 15;
let list: MadeUpList;
let text: string;
let host: RangeHost;
let store: Store;
let workers: StartedWorker[];
const listeners = new Set<(part: LibraryPart) => void>();

beforeAll(async () => {
  list = await writeMadeUpList(PAPERS);
  text = readFileSync(join(list.folder, 'list.json'), 'utf8');
});
afterAll(() => list.remove());
beforeEach(async () => {
  host = await serveRanges(list.folder);
  workers = stubCorpusWorker();
  listeners.clear();
  store = {
    ...(await openStore()),
    // Two tabs over one memory.
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
});
afterEach(async () => {
  await host.close();
  vi.unstubAllGlobals();
});

/** A tab; `model` is the one that answers in its library. */
function openTab(model = 'made-up#1', siteBase = `${host.url}no-model/`) {
  const [question, setQuestion] = createSignal('');
  const [ready] = createSignal(true);
  const [vector] = madeUpVectors(PAPERS + 1, 7).slice(PAPERS);
  const meaning = { ready, contract: () => undefined, modelId: () => model, embedQuery: async () => vector };
  const nowhere = { kind: 'site', base: siteBase } as const;
  const session = createRoot(() =>
    createLargeListSession({
      store: Promise.resolve(store),
      question,
      meaning: meaning as never,
      siteModels: { quick: nowhere, best: nowhere },
      library: {} as never,
      notices: createNotices(),
    }),
  );
  const found = (phase: string) =>
    vi.waitFor(() => expect(session.found().phase).toBe(phase), { timeout: 20_000 });
  return { ...session, setQuestion, foundNow: session.found, waitFor: found };
}

const address = () => ({ url: `${host.url}list.json`, host: new URL(host.url).host });
const kept = () => store.setting<KnownList>(LARGE_LIST_SETTING);
async function openIn(tab: ReturnType<typeof openTab>, description = text): Promise<void> {
  await tab.offer(address(), description);
  await tab.accept();
}

it('is begun at the first question, once, and shows more while there is more', async () => {
  const tab = openTab();
  await tab.offer(address(), text);
  await Promise.all([tab.accept(), tab.accept()]);
  expect(tab.opened()?.papers).toBe(PAPERS);
  expect(workers).toHaveLength(0);
  tab.setQuestion('otters');
  await tab.waitFor('done');
  expect([tab.foundNow().papers.length, tab.foundNow().more, workers.length]).toEqual([10, true, 1]);
  tab.more();
  await vi.waitFor(() => expect(tab.foundNow().papers).toHaveLength(PAPERS));
  expect(tab.foundNow().more).toBe(false);
});

it('closed or replaced in one tab is left by the other, and what that writes late goes', async () => {
  const [one, other] = [openTab(), openTab()];
  await openIn(one);
  await other.restore();
  const key = other.opened()?.key as string;
  other.setQuestion('otters');
  await other.waitFor('done');
  await vi.waitFor(async () => expect(await store.corpusParts(key)).not.toEqual([]));
  await one.close();
  expect(await kept()).toBeUndefined();
  for (const tell of listeners) tell('settings');
  await vi.waitFor(() => expect(other.opened()).toBeUndefined());
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  expect(await store.corpusParts(key)).toEqual([]);
});

it('parts that come after another tab has closed the list are not kept', async () => {
  const [one, other] = [openTab(), openTab()];
  await openIn(one);
  await other.restore();
  const key = other.opened()?.key as string;
  await one.close();
  // It has not heard of it yet.
  other.setQuestion('otters');
  await other.waitFor('done');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await store.corpusParts(key)).toEqual([]);
});

it('corrected under the same name drops the parts of the version before', async () => {
  const tab = openTab();
  await openIn(tab);
  tab.setQuestion('otters');
  await tab.waitFor('done');
  const key = tab.opened()?.key as string;
  await vi.waitFor(async () => expect(await store.corpusParts(key)).not.toEqual([]));
  tab.setQuestion('');
  await openIn(tab);
  expect(await store.corpusParts(key)).not.toEqual([]);
  await openIn(tab, text.replace('"title": "Made up"', '"title": "Mended"'));
  expect([tab.opened()?.key, tab.opened()?.title]).toEqual([key, 'Mended']);
  expect(await store.corpusParts(key)).toEqual([]);
});

it('keeps what was read of a description, and nothing that was written beside it', async () => {
  const tab = openTab();
  await openIn(tab, text.replace('"title"', `"beside": "${'x'.repeat(2_000_000)}", "title"`));
  expect((await kept())?.text).toBe(text);
  const longer = text.replace('"title"', `"beside": "${'x'.repeat(4_000_000)}", "title"`);
  await expect(tab.offer(address(), longer)).rejects.toThrow('it is longer than any that Sheaf makes');
});

it('whose model neither the site nor this device has any longer asks its host nothing', async () => {
  await openIn(openTab());
  const offer = { contract: { id: 'made-up#1', files: [{ path: 'a' }] } };
  await store.putSetting(LARGE_LIST_SETTING, { ...(await kept()), offer });
  const site = await serveFolder();
  const later = openTab('another#2', site.base);
  try {
    await later.restore();
    const before = host.sent.requests;
    later.setQuestion('otters');
    await later.waitFor('failed');
    expect(later.foundNow().problem).toBe(laterTexts.large.otherModel('Made up', 'Made up'));
    expect([workers.length, host.sent.requests]).toEqual([0, before]);
  } finally {
    site.close();
  }
});
