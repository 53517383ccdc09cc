import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/vector/random.ts';
import type { Host } from '../browser/harness.ts';
import { chanceOf, tell, times } from './campaign.ts';
import { type Deed, drawDeed } from './kept/deeds.ts';
import { createLedger } from './kept/ledger.ts';
import type { KeptPage } from './kept/page.ts';
import { buildSite, type KeptSite, launchKept, openTab } from './kept/site.ts';

let site: KeptSite;
let host: Host;
let profile: string;

beforeAll(async () => {
  site = await buildSite();
  host = await site.serve();
  profile = await mkdtemp(join(tmpdir(), 'sheaf-killed-'));
});
afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** The browser's own process, by the lock that it puts on its profile: `host-pid`. */
function processOf(profile: string): number {
  return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
}

/** All processes that came from one, by the parents that Linux tells. */
function descendantsOf(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // `pid (name) state parent`: the name may hold spaces and brackets.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // Gone meanwhile.
    }
  }
  const found = new Set([ancestor]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  return [...found];
}

const isThere = (id: number) => {
  try {
    // One that has ended and that nobody has asked for is no longer at work.
    return !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/**
 * Returns when all of it is gone: the process that writes for the browser ends a moment after it, and a browser that
 * starts in that moment finds its files held, which Chromium has answered by throwing them away.
 */
async function killBrowser(context: BrowserContext): Promise<void> {
  const gone = new Promise((resolve) => context.once('close', resolve));
  const browser = processOf(profile);
  const all = descendantsOf(browser);
  process.kill(browser, 'SIGKILL');
  await gone;
  for (let left = 200; left > 0 && all.some(isThere); left--)
    await new Promise((resolve) => setTimeout(resolve, 25));
}

/** The deeds that a page would have begun after so many. */
function next({ seed, from }: { seed: number; from: number }, begun: number): Deed[] {
  const draw = createRandom(seed);
  const deeds: Deed[] = [];
  for (let n = 0; n < begun + 60; n++) deeds.push(drawDeed(draw, from + n, deeds.at(-1)));
  return deeds.slice(begun);
}

// About one kill in two hundred tears the log of Chromium's database, and the browser throws all of it away when it is
// next but one opened: see `src/README.md`. What was acknowledged is there all the same.
it('a browser that is killed at any moment loses nothing that was acknowledged', async () => {
  const random = chanceOf('browser kills');
  const ledger = createLedger();
  const counts = { kills: 0, copies: 0, 'thrown away by the browser': 0 };
  const total = times(10, 200);
  let unheard: readonly Deed[] = [];
  /** A library that was put back says so at each visit. */
  let told: string | undefined;
  for (let n = 0; n <= total; n++) {
    const context = await launchKept(profile);
    const tab = await openTab(context, host.url);
    await tab.page.evaluate(async () => {
      const all = globalThis as KeptPage;
      all.store = await all.page.openAndTell();
    });
    const seen = await tab.hear('seen');
    if (seen.kind !== 'indexeddb' || seen.lost) ledger.wrong.push(JSON.stringify(seen));
    if (seen.restored !== told) {
      counts['thrown away by the browser']++;
      ledger.loseVectors();
    }
    told = seen.restored;
    ledger.check(seen.kept, unheard);
    if (n === total) {
      await context.close();
      break;
    }
    const work = { seed: Math.floor(random() * 2 ** 31), from: n * 400 };
    void tab.page
      .evaluate(({ seed, from }) => {
        const { store, page } = globalThis as KeptPage;
        return store && page.workOn(store, seed, from, 400);
      }, work)
      .catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 400));
    await killBrowser(context);
    counts.kills++;
    ledger.hear(tab.said);
    unheard = next(work, tab.said.filter(({ say }) => say === 'begins').length);
    counts.copies += tab.said.filter((one) => one.say === 'done' && one.deed.do === 'copy').length;
  }
  tell('browser kills', {
    ...counts,
    acknowledged: ledger.acknowledged,
    lost: ledger.lost,
    'half-written': ledger.half,
  });
  expect(ledger.wrong).toEqual([]);
  expect({ lost: ledger.lost, half: ledger.half }).toEqual({ lost: 0, half: 0 });
  expect(ledger.acknowledged).toBeGreaterThan(total * 3);
});
