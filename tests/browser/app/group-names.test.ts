/** Found groups keep what they are called, and versions of one work are one row. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { closePage, type Host, launch } from '../harness.ts';
import {
  addPapers,
  eventually,
  heading,
  place,
  places,
  readGroups,
  row,
  rows,
  SHIPPED,
  serveSite,
  shippedPapers,
  visit,
  waitForMeaning,
} from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;

beforeAll(async () => {
  context = await launch();
  host = await serveSite();
  page = await context.newPage();
});
let ready = false;
beforeEach(async () => {
  if (ready) return;
  await visit(page, host.url);
  await waitForMeaning(page);
  ready = true;
});
afterAll(async () => {
  if (page) await closePage(page);
  await context?.close();
  await host?.close();
});

const undo = () => page.getByRole('button', { name: 'Undo' }).click();
const groupNames = async () => (await readGroups(page)).map(({ name }) => name);

it('a group takes the reader’s name and keeps it, and its likes keep theirs, when papers arrive', async () => {
  const before = await groupNames();
  const [found = ''] = before;
  await place(page, found).click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the group').fill('My corner');
  await page.keyboard.press('Enter');
  await eventually(groupNames).toEqual(['My corner', ...before.slice(1)]);
  await undo();
  await eventually(groupNames).toEqual(before);
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the group').fill('My corner');
  await page.keyboard.press('Enter');
  await place(page, 'All papers').click();

  // A later version of a paper that is here, and one of its own.
  const [first] = shippedPapers();
  const known = first as NonNullable<typeof first>;
  const again = {
    title: `${known.title} (Extended Version)`,
    abstract: known.abstract,
    arxiv_id: '2603.99991',
    date: '2026-12-01',
  };
  await addPapers(page, JSON.stringify([again]));
  await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED + 1));
  await waitForMeaning(page);
  await eventually(groupNames).toContain('My corner');
  const now = await groupNames();
  expect(before.slice(1).filter((name) => now.includes(name)).length).toBeGreaterThanOrEqual(
    before.length - 2,
  );

  // Both are there and counted; one row stands for them.
  await place(page, 'All papers').click();
  await eventually(() => heading(page)).toContain(`${SHIPPED + 1} papers`);
  const unfold = page.getByRole('button', { name: `Show all 2 versions of ${again.title}` });
  await eventually(() => unfold.count()).toBe(1);
  expect(await row(page, known.title).count()).toBe(1);
  await unfold.click();
  await eventually(() => row(page, known.title).count()).toBe(2);
  await page.getByRole('button', { name: `2 versions of ${again.title}: show only the newest` }).click();
  await eventually(() => row(page, known.title).count()).toBe(1);
  await row(page, known.title).click();
  await page.getByRole('button', { name: `Not the same as ${known.title}` }).click();
  await eventually(() => row(page, known.title).count()).toBe(2);
  await undo();
  await eventually(() => row(page, known.title).count()).toBe(1);
});

it('a group becomes a topic', async () => {
  const [, second = ''] = await groupNames();
  await place(page, second).click();
  await page.getByRole('button', { name: 'Make this a topic' }).click();
  await eventually(() => heading(page)).toContain(`in ${second}`);
  await eventually(() => page.locator('.topic-sentence').textContent()).toContain(
    'You said that 5 papers belong',
  );
  await undo();
  await eventually(() => places(page).getByRole('list', { name: 'Topics' }).locator('a').count()).toBe(3);
});

it('papers are asked for by likeness, and a slip in a filter’s name is explained', async () => {
  const withId = shippedPapers().find(({ arxivId }) => arxivId) ?? shippedPapers()[0];
  const id = withId?.arxivId ?? withId?.id ?? '';
  await page.goto(`${host.url}#/?q=${encodeURIComponent(`like:"${id}" `)}`);
  await eventually(() => rows(page).count()).toBeGreaterThan(2);
  await eventually(() => heading(page)).toMatch(/^\d{1,2} papers/);
  expect(await page.locator(`[data-paper="${escapeQuotes(withId?.id ?? '')}"]`).count()).toBe(0);
  await page.goto(`${host.url}#/?q=${encodeURIComponent('like:1901.00001 auhtor:x ')}`);
  await eventually(() => page.locator('.problems').textContent()).toContain('did you mean author:?');
  expect(await page.locator('.problems').textContent()).toContain('No paper here has the id “1901.00001”');
});

function escapeQuotes(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
