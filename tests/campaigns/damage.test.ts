import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../browser/harness.ts';
import { chanceOf, tell, times } from './campaign.ts';
import { copyData, DAMAGES, type Damage, damage } from './kept/damage.ts';
import type { KeptPage } from './kept/page.ts';
import { buildSite, type KeptSite, launchKept, openTab } from './kept/site.ts';

let site: KeptSite;
let host: Host;
/** As a reader left it: some hundred changes, all of them but the last copied. */
let profile: string;
let left: string;

beforeAll(async () => {
  site = await buildSite();
  host = await site.serve();
  profile = await mkdtemp(join(tmpdir(), 'sheaf-damage-'));
  // Twice: what was written before a browser begins lies in other files than what it writes itself.
  for (const visit of [0, 1]) {
    const context = await launchKept(profile);
    const tab = await openTab(context, host.url);
    await tab.page.evaluate(async (visit) => {
      const all = globalThis as KeptPage;
      const store = await all.page.openStore();
      if (visit === 0) await all.page.work(store, { do: 'import', from: 10_000, to: 12_000 });
      await all.page.workOn(store, 5 + visit, visit * 100, 40);
      // Larger than a database keeps among its rows.
      if (visit === 0) {
        const text = [...crypto.getRandomValues(new Uint8Array(60_000))].join(' ');
        await store.putNote({ paper: 'long', text, editedAt: '' });
      }
      await store.keepCopy();
      // The last changes are in no copy.
      for (let n = 0; n < 12; n++)
        await all.page.work(store, { do: 'note', paper: `title:paper${10_000 + n}`, text: `${visit} ${n}` });
      await all.page.work(store, { do: 'remove', papers: ['title:paper10020'] });
      store.close();
      all.store = await all.page.openAndTell();
    }, visit);
    left = (await tab.hear('seen')).kept;
    await context.close();
  }
});
afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

it('a database that was damaged is noticed, and the library comes back', async () => {
  const random = chanceOf('damage');
  const counts = { damaged: 0, harmless: 0, noticed: 0, restored: 0, 'in memory': 0 };
  const wrong: string[] = [];
  const unmended: string[] = [];
  for (let n = 0; n < times(8, 100); n++) {
    const hurt = await mkdtemp(join(tmpdir(), 'sheaf-damaged-'));
    copyData(profile, hurt);
    const what = damage(hurt, DAMAGES[n % DAMAGES.length] as Damage, random);
    const context = await launchKept(hurt);
    const tab = await openTab(context, host.url);
    const failed = await tab.page
      .evaluate(async () => {
        const all = globalThis as KeptPage;
        all.store = await all.page.openAndTell();
      })
      .catch((error) => String(error.message));
    const seen = tab.said.find((one) => one.say === 'seen');
    counts.damaged++;
    // Vectors are not copied: they are made again.
    const whole = seen !== undefined && library(seen.kept) === library(left);
    const told = seen?.restored !== undefined || seen?.lost === true || seen?.notice !== undefined;
    if (whole && !told) counts.harmless++;
    if (told) counts.noticed++;
    if (told && whole) counts.restored++;
    if (seen?.kind === 'memory') {
      counts['in memory']++;
      if (!/CURRENT|MANIFEST/.test(what)) unmended.push(what);
    }
    if (!whole || (told && !seen.restored))
      wrong.push(`${what}: ${failed ?? JSON.stringify({ ...seen, kept: '' })}`);
    await context.close();
    await rm(hurt, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  tell('damage', counts);
  for (const one of wrong) process.stdout.write(`campaign damage: not brought back: ${one}\n`);
  expect(counts.noticed + counts.harmless).toBe(counts.damaged);
  expect(counts.noticed).toBeGreaterThanOrEqual(0.6 * counts.damaged);
  // Damaged rows are on disk again. Without the files that name the others Chromium opens nothing any more.
  expect(unmended).toEqual([]);
  // All of them in the short form: 95 in 100 are what can be promised of files that somebody else looks after.
  expect(counts.restored).toBeGreaterThanOrEqual(Math.ceil(0.95 * counts.noticed));
});

function library(kept: string): string {
  return JSON.stringify({ ...JSON.parse(kept), vectors: [] });
}
