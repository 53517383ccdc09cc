import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allowNoServiceWorker, saveData } from '../browser/app/door.ts';
import {
  addPapers,
  eventually,
  place,
  SHIPPED,
  serveSite,
  visit,
  waitForQuick,
} from '../browser/app/site.ts';
import { closePage, crashPage, type Host, launch } from '../browser/harness.ts';
import { chanceOf, tell, times } from './campaign.ts';

let context: BrowserContext;

beforeAll(async () => {
  context = await launch();
  await context.addInitScript(saveData);
  await context.addInitScript(allowNoServiceWorker);
});
afterAll(async () => {
  await context?.close();
});

/** Papers that are added at once: enough for a second or more of reading. */
const MANY = 250;

const listOf = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ id: `k${n}`, title: `Paper ${n} that was added`, abstract: `Number ${n}. `.repeat(40) }),
  ).join('\n');

const papers = (page: Page) =>
  place(page, 'All papers')
    .textContent()
    .then((text) => Number((text ?? '').replace(/\D/g, '')));

/** Vectors on disk. */
const vectors = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sheaf-derived');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const rows = opening.result.transaction('vectors').objectStore('vectors').getAll();
          rows.onsuccess = () => {
            opening.result.close();
            resolve(new Set((rows.result as { ids: string[] }[]).flatMap(({ ids }) => ids)).size);
          };
        };
      }),
  );

it('the site goes on by itself where it died', async () => {
  const random = chanceOf('site kills');
  const counts = { kills: 0, 'imports kept': 0, 'imports not begun': 0, 'died while reading': 0 };
  for (let n = 0; n < times(3, 40); n++) {
    const host: Host = await serveSite();
    const first = await context.newPage();
    await visit(first, host.url);
    await addPapers(first, listOf(MANY));
    // The first one dies once the papers are there, so that they are being read; the others anywhere.
    if (n === 0) await eventually(() => papers(first)).toBe(SHIPPED + MANY);
    else await new Promise((resolve) => setTimeout(resolve, random() * 2_500));
    await crashPage(first);
    counts.kills++;
    const next = await context.newPage();
    await next.goto(host.url);
    await eventually(() => papers(next)).toBeGreaterThan(0);
    const here = await papers(next);
    // All of the import or nothing of it.
    expect([SHIPPED, SHIPPED + MANY]).toContain(here);
    counts[here > SHIPPED ? 'imports kept' : 'imports not begun']++;
    if ((await vectors(next)) < here) counts['died while reading']++;
    await waitForQuick(next);
    await eventually(() => vectors(next)).toBe(here);
    await closePage(next);
    await host.close();
  }
  tell('site kills', counts);
  expect(counts['imports kept']).toBeGreaterThan(0);
});
