import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tell, times } from './campaign.ts';
import { after, type Deed, type Kept, textOf } from './kept/deeds.ts';
import type { KeptPage } from './kept/page.ts';
import { buildSite, type KeptSite, launchKept, openTab, type Tab } from './kept/site.ts';

let site: KeptSite;
let context: BrowserContext;

beforeAll(async () => {
  site = await buildSite();
  context = await launchKept();
});
afterAll(async () => {
  await context?.close();
  await site?.close();
});

/** Every way of writing; of those below the line nothing is the reader's. */
const PATHS: readonly Deed[] = [
  { do: 'import', from: 0, to: 60 },
  { do: 'note', paper: 'title:paper1', text: 'a note of some length. '.repeat(400) },
  { do: 'mark', papers: ['title:paper1', 'title:paper2'], read: 'now' },
  { do: 'tag', papers: ['title:paper1', 'title:paper2'], tag: 'a tag' },
  { do: 'topic', id: 't', papers: ['title:paper1'] },
  { do: 'group', id: 'g', name: 'a name' },
  { do: 'setting', value: 5 },
  { do: 'undo', from: 1_000, to: 1_030 },
  { do: 'backup', n: 3 },
  { do: 'vectors', batch: 9 },
  { do: 'model', bytes: 500_000 },
  { do: 'copy' },
];
const isDerived = (deed: Deed) => ['vectors', 'model', 'copy'].includes(deed.do);
const SIZES = [2, 3, 5, 8, 4, 12, 20].map((megabytes) => megabytes * 1_000_000);
/** More than any of them. */
const ROOM = 200_000_000;

interface Outcome {
  readonly done: boolean;
  readonly message: string;
}

/** Does a deed in the page. */
async function attempt(tab: Tab, deed: Deed): Promise<Outcome> {
  const from = tab.said.length;
  await tab.page.evaluate(async (deed) => {
    const all = globalThis as KeptPage;
    if (all.store) await all.page.work(all.store, deed);
  }, deed);
  const refused = tab.said.slice(from).find((one) => one.say === 'refused');
  return { done: !refused, message: refused?.say === 'refused' ? refused.message : '' };
}

const look = (tab: Tab) =>
  tab.page.evaluate(() => {
    const { store, page } = globalThis as KeptPage;
    if (!store) throw new Error('no store');
    return page.look(store);
  });
/** Vectors may be gone: they go first. */
const library = (kept: string) => textOf({ ...(JSON.parse(kept) as Kept), vectors: [] });
const withDeed = (kept: string, deed: Deed) => library(textOf(after(JSON.parse(kept) as Kept, deed)));

async function tryPath(size: number, deed: Deed) {
  const wrong: string[] = [];
  const counts = { kept: 0, refused: 0, madeRoom: 0 };
  const expectSame = (found: string, wanted: string, when: string) => {
    if (found !== wanted) wrong.push(`${deed.do} with ${size} bytes, ${when}: ${found} instead of ${wanted}`);
  };
  const host = await site.serve();
  const tab = await openTab(context, host.url);
  const client = await context.newCDPSession(tab.page);
  const origin = new URL(host.url).origin;
  const allow = (quotaSize: number) => client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  await allow(size);
  // Something of everything is there, and an import to be taken back.
  await tab.page.evaluate(async () => {
    const all = globalThis as KeptPage & { rooms: number };
    all.store = await all.page.openStore();
    all.rooms = 0;
    all.store.onMadeRoom(() => all.rooms++);
    await all.page.carryOut(all.store, { do: 'import', from: 500, to: 520 });
    await all.page.carryOut(all.store, { do: 'note', paper: 'title:paper500', text: 'It stays.' });
    await all.page.carryOut(all.store, { do: 'vectors', batch: 1 });
    await all.page.carryOut(all.store, { do: 'copy' });
    await all.page.carryOut(all.store, { do: 'import', from: 1_000, to: 1_030 });
    await all.page.fillDerived(all.store);
  });

  // Full of what can be made again: the reader's own is kept all the same.
  const before = await look(tab);
  const first = await attempt(tab, deed);
  const rooms = await tab.page.evaluate(() => (globalThis as unknown as { rooms: number }).rooms);
  counts.madeRoom += rooms;
  if (isDerived(deed)) expectSame(library(await look(tab)), library(before), 'what the reader made');
  else {
    if (!first.done)
      wrong.push(`${deed.do} with ${size} bytes was refused for derived data: ${first.message}`);
    expectSame(library(await look(tab)), withDeed(before, deed), 'derived data goes first');
  }

  // Full of the reader's own: refused in plain words, and all is as it was; or it was small enough.
  const again: Deed = deed.do === 'import' ? { do: 'import', from: 100, to: 160 } : deed;
  await tab.page.evaluate(() => {
    const all = globalThis as KeptPage;
    return all.store && all.page.fillLibrary(all.store);
  });
  const full = await look(tab);
  const second = await attempt(tab, again);
  if (second.done) counts.kept++;
  else {
    counts.refused++;
    if (!/^There is no room left on this device .*\.$/.test(second.message))
      wrong.push(`${deed.do}: ${second.message}`);
  }
  expectSame(library(await look(tab)), second.done ? withDeed(full, again) : library(full), 'a full disk');

  // Room again: the same page goes on.
  await allow(ROOM);
  const third = await attempt(tab, again);
  if (!third.done) wrong.push(`${deed.do} with room again: ${third.message}`);
  expectSame(library(await look(tab)), withDeed(full, again), 'room again');
  await tab.close();
  await host.close();
  return { wrong, ...counts };
}

it('a full disk lets go of derived data first, refuses in plain words, and leaves the library as it was', async () => {
  const counts = { paths: 0, right: 0, 'kept while full': 0, 'refused in plain words': 0, 'room made': 0 };
  const wrong: string[] = [];
  const sizes = SIZES.slice(0, times(4, SIZES.length));
  for (const [index, size] of sizes.entries()) {
    // In short, four ways a size: together all of them.
    const paths = times(1, 0) ? PATHS.filter((_, at) => (at + index) % 3 === 0) : PATHS;
    for (const deed of paths) {
      const one = await tryPath(size, deed);
      counts.paths++;
      if (one.wrong.length === 0) counts.right++;
      counts['kept while full'] += one.kept;
      counts['refused in plain words'] += one.refused;
      counts['room made'] += one.madeRoom;
      wrong.push(...one.wrong);
    }
  }
  tell('quota', counts);
  expect(wrong).toEqual([]);
  expect(counts['room made']).toBeGreaterThan(0);
  expect(counts['refused in plain words']).toBeGreaterThan(0);
});
