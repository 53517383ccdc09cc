import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host, launch } from '../harness.ts';
import {
  addPapers,
  eventually,
  field,
  heading,
  list,
  openTitle,
  place,
  row,
  rows,
  SHIPPED,
  serveSite,
  settingOf,
  visit,
} from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;

beforeEach(async () => {
  context = await launch();
  host = await serveSite();
  page = await context.newPage();
});
afterEach(async () => {
  await closePage(page);
  await context.close();
  await host.close();
});

const period = () => list(page).getByRole('heading', { level: 2 }).first().textContent();
const order = () => page.getByRole('combobox', { name: 'Order' });
const chips = () => page.getByRole('list', { name: 'Filters' }).getByRole('button').allTextContents();
const link = (name: string | RegExp) => page.getByRole('link', { name });

const OTHERS = JSON.stringify([
  { title: 'Of another week', listed: '2026-03-04', date: '2026-03-01', upvotes: 3 },
  { title: 'Of the same week', listed: '2026-03-12', date: '2026-03-02', comments: 10 },
  { title: 'Of a month', date: '2026-05' },
]);

describe('days, weeks and months', () => {
  it('are found, stepped through and switched, by press and key', async () => {
    await visit(page, host.url);
    await addPapers(page, OTHERS);
    await place(page, 'By date').click();
    await eventually(() => openTitle(page).textContent()).toBe('By date');
    await page.locator('summary').filter({ hasText: 'March 2026' }).click();
    await link(/^Tuesday 10 March/).click();
    await eventually(period).toBe('Tuesday 10 March 2026');
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
    await page.keyboard.press('[');
    await eventually(period).toBe('Wednesday 4 March 2026');
    await eventually(() => rows(page).count()).toBe(1);
    await link('After: Tuesday 10 March 2026').click();
    await page.keyboard.press(']');
    await eventually(period).toBe('Thursday 12 March 2026');
    // There is none after it.
    await page.keyboard.press(']');
    await link(/^Week$/).click();
    await eventually(period).toBe('Week 11, 9 to 15 March 2026');
    await eventually(() => heading(page)).toContain(`${SHIPPED + 1} papers`);
    await link(/^Month$/).click();
    await page.keyboard.press(']');
    await eventually(period).toBe('May 2026');
    await eventually(() => row(page, 'Of a month').count()).toBe(1);
    expect(new URL(page.url()).hash).toBe('#/month/2026-05');
    await page.goBack();
    await eventually(period).toBe('March 2026');
    await field(page).fill('title:"same week"');
    await eventually(() => rows(page).count()).toBe(1);
  });

  it('that are mistyped or have no papers say so', async () => {
    await visit(page, `${host.url}#/week/2025-W53`);
    const empty = () => page.locator('.empty').textContent();
    await eventually(empty).toContain('There is no such week');
    expect(await empty()).toContain('“2025-W53”');
    await page.goto(`${host.url}#/day/2026-03-11`);
    await eventually(empty).toContain('No papers: Wednesday 11 March 2026');
    await page.locator('.empty').getByRole('link', { name: 'Before: Tuesday 10 March 2026' }).click();
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
  });
});

describe('the controls of the list', () => {
  it('write into the question what can be typed there, and show what was typed', async () => {
    await visit(page, host.url);
    await addPapers(page, OTHERS);
    await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED + 3));
    await order().selectOption('Most discussed first');
    await eventually(() => field(page).inputValue()).toBe('sort:discussed');
    expect(await chips()).toEqual(['most discussed first×']);
    await eventually(() => heading(page)).toContain('Most discussed first');
    await field(page).fill('sort:trending');
    await eventually(() =>
      order().evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text),
    ).toBe('Trending first');
    // As many votes as the most discussed of the shipped papers, two days later.
    await eventually(() => rows(page).first().textContent()).toContain('Of the same week');
    await order().selectOption('Newest first');
    await eventually(() => field(page).inputValue()).toBe('');
    await page.getByRole('combobox', { name: 'Time' }).selectOption('Last 7 days');
    await eventually(() => page.locator('.empty').textContent()).toContain('No paper here passes');
    expect(await chips()).toEqual(['of the last 7 days×']);
    await page.getByRole('combobox', { name: 'Time' }).selectOption('Any time');
    expect(await page.getByRole('button', { name: 'Hide read' }).count()).toBe(0);
    await rows(page).first().click();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Hide read' }).click();
    await eventually(() => heading(page)).toContain(`${SHIPPED + 2} papers`);
    await page.getByRole('button', { name: 'Hide read' }).click();
    await eventually(() => field(page).inputValue()).toBe('');
  });
});

describe('what is new', () => {
  /** When the kept visit was last noted; nothing before the first note. A page notes it a while after it is drawn. */
  const noted = async () => ((await settingOf(page, 'visit')) as { seen: string } | undefined)?.seen ?? '';

  /** The page is left at its own time: one that notes its end under the next one's would only go on. */
  const leaveAt = async (next: string) => {
    await page.goto('about:blank');
    await page.clock.setFixedTime(next);
  };

  it('is told at the next visit, stands in a place of its own, and is put away', async () => {
    await page.clock.setFixedTime('2026-03-10T09:00:00');
    await visit(page, `${host.url}#/new`);
    await eventually(() => page.locator('.empty').textContent()).toContain('Nothing is new on a first visit');
    await eventually(noted).toMatch(/^2026-03-10/);
    expect(await place(page, 'New').textContent()).toBe('New0');

    await leaveAt('2026-03-12T09:00:00');
    await page.goto(host.url);
    await addPapers(
      page,
      JSON.stringify([
        {
          title: 'Gaussian splatting of radiance fields, rendered fast',
          abstract: '3D Gaussian splatting of scenes, compressed.',
        },
        { title: 'The migration of storks', abstract: 'Birds over the Bosporus.' },
      ]),
    );
    await eventually(() => place(page, 'New').textContent()).toBe('New2');
    // Still the same visit.
    await page.goto(host.url);
    await page.reload();
    const line = link(/^2 new since Tuesday/);
    await eventually(() => line.textContent()).toMatch(/^2 new since Tuesday, 1 in 3DGS$/);
    await line.click();
    await eventually(() => heading(page)).toBe('2 papers new By your topics');
    await eventually(() => page.locator('.line').allTextContents()).toEqual([
      '3DGS · 1',
      'Of no topic that you follow · 1',
    ]);
    await eventually(() => rows(page).first().textContent()).toContain('Gaussian splatting');

    await place(page, 'All papers').click();
    await page.getByRole('button', { name: 'Put away' }).click();
    await eventually(() => line.count()).toBe(0);
    await eventually(() => settingOf(page, 'new-put-away')).toMatch(/^2026-03-10/);
    await page.reload();
    await eventually(() => place(page, 'New').textContent()).toBe('New2');
    expect(await line.count()).toBe(0);

    // The next visit begins half an hour after this one was left; one too short to be noted is none.
    await eventually(noted).toMatch(/^2026-03-12/);
    await leaveAt('2026-03-12T09:31:00');
    await page.goto(`${host.url}#/new`);
    await eventually(() => page.locator('.empty').textContent()).toContain('No paper has come since 09:00');
  });
});
