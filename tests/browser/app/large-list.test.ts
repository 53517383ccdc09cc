/** A list that stays on its host: published as Parquet, opened by its address, asked with a search, and again offline. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { madeUpPapers } from '../../fixtures/made-up-papers.ts';
import { type RangeHost, serveRanges } from '../../fixtures/range-host.ts';
import { createBench, runCommand } from '../../unit/cli/command.ts';
import { closePage, type Host, launch, listen, type Troubles } from '../harness.ts';
import {
  eventually,
  field,
  openTitle,
  place,
  SHIPPED,
  serveSite,
  visit,
  waitForOffline,
  waitForQuick,
} from './site.ts';

const bench = createBench();
let context: BrowserContext;
let site: Host;
let far: RangeHost;
let page: Page;
let troubles: Troubles;

beforeAll(async () => {
  const markup = { title: '<img src=x onerror=alert(1)> of otters', abstract: 'Otters <b>swim</b>.' };
  const papers = bench.write('papers.jsonl', [...madeUpPapers(), markup]);
  const out = join(bench.folder, 'list');
  const { status, stderr } = await runCommand('publish', [
    papers,
    '--parquet',
    '--out',
    out,
    '--title',
    'Made up',
  ]);
  expect(status, stderr).toBe(0);
});
afterAll(() => bench.remove());
beforeEach(async () => {
  context = await launch();
  troubles = listen(context);
  site = await serveSite();
  far = await serveRanges(join(bench.folder, 'list'));
  page = await context.newPage();
});
afterEach(async () => {
  expect([troubles.violations, troubles.errors]).toEqual([[], []]);
  await closePage(page);
  await context.close();
  await site.close();
  await far.close();
});

const section = () => page.getByRole('region', { name: 'In “Made up”' });
const titles = () => section().locator('summary').allTextContents();
const named = () => new URL(far.url).host;

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** What axe finds, a line each. */
async function violations(of: Page): Promise<string[]> {
  await of.evaluate(axe.source);
  return of.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const found = await axe.run(document, { resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
  });
}

/** Names the list, and says yes to what it asks. */
async function openList() {
  await place(page, 'Add papers').click();
  await page.getByLabel('Address of a list').fill(`${far.url}list.json`);
  await page.getByRole('button', { name: 'Go on' }).click();
  expect(far.sent.requests).toBe(0);
  await page.getByRole('button', { name: `Load it from ${named()}` }).click();
  await page.getByRole('heading', { name: '“Made up” has 301 papers' }).waitFor();
  // Only its description, until the reader has been told what each search says.
  expect(far.sent.requests).toBe(1);
  await page.getByRole('button', { name: `Search it at ${named()} too` }).click();
  await section().waitFor();
}

it('is opened by its address, searched, and searched again without a network', async () => {
  await visit(page, site.url);
  await waitForQuick(page);
  await openList();
  await field(page).fill('mending violins by night');
  await eventually(titles).toHaveLength(10);
  expect((await titles())[0]).toMatch(/^Mending violins by night/);
  await section().locator('summary').first().click();
  await section().getByText('We describe a method for mending violins by night').waitFor();

  // Its papers can be put away, so that the library's own have the room.
  await section().getByRole('button', { name: 'Hide its papers' }).click();
  expect(await titles()).toEqual([]);
  await section().getByText('It is still asked with each search').waitFor();
  await section().getByRole('button', { name: 'Show its papers' }).click();
  expect(await titles()).toHaveLength(10);
  await section().locator('summary').first().click();

  await section().getByRole('button', { name: 'Add to the library' }).first().click();
  await eventually(() => openTitle(page).textContent()).toBe('Mending violins by night');
  await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED + 1));
  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${SHIPPED}$`));

  // Under the service worker, with the policy that it sends, other parts still come.
  await waitForOffline(page);
  await page.reload();
  const before = far.sent.requests;
  await field(page).fill('counting owls');
  await eventually(async () => (await titles())[0]).toMatch(/^Counting owls/);
  expect(far.sent.requests).toBeGreaterThan(before);

  await far.close();
  await site.close();
  await page.reload();
  await field(page).fill('mending violins by night');
  await eventually(async () => (await titles())[0]).toMatch(/^Mending violins by night/);
  expect(await titles()).toHaveLength(10);
  await section().getByText('The 10 nearest by meaning, from what was fetched before.').waitFor();
  await section().locator('summary').first().click();
  await section().getByText('We describe a method for mending violins by night').waitFor();

  for (const viewport of [WIDE, PHONE]) {
    await page.setViewportSize(viewport);
    expect(await violations(page)).toEqual([]);
  }
});

it('says what is wrong with a host, and goes on when that is right again', async () => {
  await visit(page, site.url);
  await waitForQuick(page);
  await openList();
  far.fault = 'whole';
  await field(page).fill('weighing kilns');
  await section().getByText('sends only whole files').waitFor();
  far.fault = 'none';
  await section().getByRole('button', { name: 'Try again' }).click();
  await eventually(titles).toHaveLength(10);
  expect((await titles())[0]).toMatch(/^Weighing kilns/);

  await field(page).fill('otters that swim');
  // Markup of strangers is text.
  await section().getByText('<img src=x onerror=alert(1)> of otters').click();
  await section().getByText('Otters <b>swim</b>.').waitFor();
  expect(await section().locator('img').count()).toBe(0);

  await section().getByRole('button', { name: 'Close this list' }).click();
  await eventually(() => section().count()).toBe(0);
  await page.reload();
  await field(page).fill('weighing kilns');
  await waitForQuick(page);
  expect(await section().count()).toBe(0);
});

/** Names under which parts of large lists are kept. */
const keptParts = () =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('sheaf-derived');
        opening.onsuccess = () => {
          const asked = opening.result.transaction('vectors').objectStore('vectors').getAllKeys();
          asked.onsuccess = () => {
            opening.result.close();
            const names = (asked.result as [string, number][]).map(([name]) => name);
            resolve(names.filter((name) => name.startsWith('large-list ')));
          };
        };
      }),
  );

it('closed in one tab is closed in all, and nothing of it stays', async () => {
  await visit(page, site.url);
  await waitForQuick(page);
  await openList();
  const other = await context.newPage();
  await visit(other, site.url);
  await waitForQuick(other);
  const there = other.getByRole('region', { name: 'In “Made up”' });
  await field(other).fill('counting owls');
  await eventually(() => there.locator('summary').allTextContents()).toHaveLength(10);
  await eventually(keptParts).not.toEqual([]);
  await section().getByRole('button', { name: 'Close this list' }).click();
  await eventually(() => there.count()).toBe(0);
  await other.getByText('“Made up” was closed in another tab.').waitFor();
  const before = far.sent.requests;
  await field(other).fill('weighing kilns');
  await eventually(keptParts).toEqual([]);
  await other.getByText('Nothing you read or ask is sent.').waitFor();
  expect(far.sent.requests).toBe(before);
  await closePage(other);
});

it('at the address of the site is told of like any other', async () => {
  await site.close();
  const body = readFileSync(join(bench.folder, 'list', 'list.json'));
  site = await serveSite({
    alter: (path, response) => (path.endsWith('list.json') ? { ...response, status: 200, body } : undefined),
  });
  const own = new URL(site.url).host;
  await visit(page, site.url);
  await waitForQuick(page);
  await place(page, 'Add papers').click();
  await page.getByLabel('Address of a list').fill('list.json');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Load it' }).click();
  await page.getByText(`Each of your searches then asks ${own} for the parts`).waitFor();
  await page.getByRole('button', { name: 'Search it too' }).click();
  await page.getByText(`Searches ask ${own} for parts of a list; nothing else is sent.`).waitFor();
});

it('of another model is refused with a sentence, and one that is none too', async () => {
  const place = join(bench.folder, 'list', 'list.json');
  const right = readFileSync(place, 'utf8');
  try {
    writeFileSync(place, right.replace(/"id": "[^"]*"/, '"id": "another#1"'));
    await visit(page, site.url);
    await waitForQuick(page);
    await page.goto(`${site.url}?list=${encodeURIComponent(`${far.url}list.json`)}`);
    const load = page.getByRole('button', { name: `Load it from ${named()}` });
    await load.click();
    await page
      .getByText('“Made up” cannot be searched here: its vectors were made by Sheaf tokens 2')
      .waitFor();
    expect(await section().count()).toBe(0);

    writeFileSync(place, right.slice(0, 400));
    await load.click();
    await page.getByText('The description of this list is broken or cut short.').waitFor();
  } finally {
    writeFileSync(place, right);
  }
});
