import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, listen, type Troubles } from '../harness.ts';
import {
  addPapers,
  countEmbedded,
  drawn,
  eventually,
  heading,
  list,
  openTitle,
  place,
  places,
  readGroups,
  row,
  rows,
  SHIPPED,
  search,
  serveSite,
  shippedPapers,
  status,
  visit,
  waitForMeaning,
  waitForOffline,
  wholeList,
} from './site.ts';

/** A sub-path of a host that sends no special headers. */
const BASE = '/some/where/';
const QUESTION = 'reduce storage of splat scenes with small networks';

let profile: string;
let context: BrowserContext;
let troubles: Troubles;
let url: string;
let answer: string[];
let groups: Awaited<ReturnType<typeof readGroups>>;
let page: Page;
let opened: boolean;

afterAll(async () => {
  await context?.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

it('one visit is enough', async () => {
  profile = mkdtempSync(join(tmpdir(), 'sheaf-app-offline-'));
  const host = await serveSite({ base: BASE });
  url = host.url;
  context = await launch({ userDataDir: profile });
  page = await context.newPage();
  await visit(page, url);
  await waitForMeaning(page);
  await waitForOffline(page);
  await search(page, QUESTION);
  answer = await drawn(page);
  groups = await readGroups(page);
  // Then neither the server, nor a page, nor that browser is left.
  await host.close();
  await context.close();
  expect(await fetch(url).then(String, () => 'no server')).toBe('no server');
});

describe('without a server', () => {
  beforeAll(async () => {
    context = await launch({ userDataDir: profile });
    troubles = listen(context);
    page = await context.newPage();
    opened = false;
  });
  // The page stays: that it opens without a server is seen once.
  beforeEach(async () => {
    if (opened) await page.goto(`${url}#/`);
    else await visit(page, url);
    opened = true;
    await waitForMeaning(page);
  });

  it('the list is there, and what was embedded', async () => {
    expect(await heading(page)).toBe(`${SHIPPED} papers Newest first`);
    expect((await wholeList(page)).ids.length).toBe(SHIPPED);
    await waitForOffline(page);
    expect(await status(page)).toContain(`${SHIPPED} papers kept on this device.`);
    expect(await countEmbedded(page)).toBe(0);
  });

  it('search by meaning answers as it did with one, and papers can be read', async () => {
    await search(page, QUESTION);
    await eventually(() => drawn(page)).toEqual(answer);
    const first = rows(page).first();
    const title = await first.getByRole('heading').textContent();
    await first.click();
    await eventually(() => openTitle(page).textContent()).toBe(title);
    await eventually(() => page.getByRole('article').locator('mark').count()).toBe(1);
    expect(await page.getByRole('article').textContent()).toContain('by meaning');
    const fonts = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family);
    });
    expect(fonts.join(' ')).toMatch(/Serif/);
  });

  it('topics rank, and one can be added', async () => {
    await place(page, '3DGS').click();
    await eventually(() => heading(page)).toMatch(/^\d+ papers in 3DGS Surest first$/);
    expect((await wholeList(page)).line).toMatch(/^Below this line \d+ papers probably do not belong$/);
    await places(page).getByRole('button', { name: 'Add a topic' }).click();
    await page.getByLabel('What the topic is about').fill('forecasting of time series');
    await page.keyboard.press('Enter');
    await eventually(() => heading(page)).toMatch(/^\d+ papers? in forecasting of time series Surest first$/);
    expect(await row(page, 'TSMixer').first().getByRole('img').getAttribute('aria-label')).toMatch(
      /\d+% sure/,
    );
  });

  it('groups are as they were', async () => {
    expect(await readGroups(page)).toEqual(groups);
    const { name = '', size } = groups[0] ?? {};
    await place(page, name).click();
    await eventually(() => heading(page)).toMatch(new RegExp(`^${size} papers? in `));
    expect((await wholeList(page)).ids.length).toBe(size);
  });

  it('similar papers are found, and papers added', async () => {
    const splats = shippedPapers().find(({ title }) => title.startsWith('NeuralGS'));
    await page.goto(`${url}#/similar/${encodeURIComponent(splats?.id ?? '')}`);
    await eventually(() => heading(page)).toMatch(/^\d+ papers near “NeuralGS.* Nearest first$/);
    await eventually(async () => (await drawn(page)).slice(0, 3).join(' ')).toContain('splatting');
    await addPapers(
      page,
      '{"title": "A quiet paper", "abstract": "On Gaussian splatting without a network."}',
    );
    await eventually(() => page.getByText('1 paper added').count()).toBe(1);
    await page.getByRole('button', { name: 'Show the list' }).click();
    await waitForMeaning(page);
    await search(page, 'splatting without a network');
    await eventually(async () => (await drawn(page))[0]).toBe('title:aquietpaper');
    // Found by its words at once, and by meaning when its vector is there.
    await eventually(() => rows(page).first().getByRole('img').getAttribute('aria-label')).toContain(
      'by meaning',
    );
    await place(page, 'Add papers').click();
    expect(await list(page).count()).toBe(1);
  });
});

it('no error was left and no policy broken', () => {
  expect(troubles.errors).toEqual([]);
  expect(troubles.violations).toEqual([]);
});
