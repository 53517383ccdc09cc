import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host } from '../harness.ts';
import { freshSite } from './door.ts';
import { eventually, heading, place, rows, SHIPPED, visit } from './site.ts';

const door = freshSite({ models: 'none' });
let context: BrowserContext;
let host: Host;
let page: Page;
beforeEach(() => {
  ({ context, host, page } = door);
});

const button = (name: string) => page.locator('.paper').getByRole('button', { name, exact: true });
const titleOf = (at: number) => rows(page).nth(at).getByRole('heading').textContent();
const openTitle = () => page.locator('.paper h1').textContent();
const undo = () => page.getByRole('button', { name: 'Undo' }).click();

describe('stars and read marks', () => {
  it('are put and taken by press and key, kept, and undone', async () => {
    await place(page, 'Starred').click();
    await eventually(() => page.locator('.empty').textContent()).toContain('No paper is starred');
    await place(page, 'All papers').click();
    const [first, second] = [await titleOf(0), await titleOf(1)];
    await rows(page).first().click();
    await button('Star').click();
    await eventually(() => button('Starred').count()).toBe(1);
    await page.keyboard.press('j');
    await eventually(openTitle).toBe(second);
    await page.keyboard.press('s');
    await eventually(() => button('Starred').count()).toBe(1);
    await eventually(() => place(page, 'Starred').textContent()).toBe('Starred2');

    await page.reload();
    await place(page, 'Starred').click();
    await eventually(() => heading(page)).toContain('2 papers starred');
    expect([await titleOf(0), await titleOf(1)]).toEqual([first, second]);
    await rows(page).first().click();
    await button('Starred').click();
    await eventually(() => rows(page).count()).toBe(1);
    await undo();
    await eventually(() => rows(page).count()).toBe(2);
  });

  it('take what is read out of the unread, and the next one is what stood next', async () => {
    expect(await place(page, 'Unread').count()).toBe(0);
    const titles = [await titleOf(0), await titleOf(1), await titleOf(2)];
    await rows(page).first().click();
    await button('Mark as read').click();
    await place(page, 'Unread').click();
    await eventually(() => heading(page)).toContain(`${SHIPPED - 1} papers unread`);
    expect(await titleOf(0)).toBe(titles[1]);
    await rows(page).first().click();
    await page.keyboard.press('m');
    await eventually(() => heading(page)).toContain(`${SHIPPED - 2} papers unread`);
    await page.getByRole('link', { name: 'Next paper (j)' }).click();
    await eventually(openTitle).toBe(titles[2]);
    await button('Mark as read').click();
    await eventually(() => heading(page)).toContain(`${SHIPPED - 3} papers unread`);
    await undo();
    await eventually(() => heading(page)).toContain(`${SHIPPED - 2} papers unread`);
    await rows(page).first().click();
    await eventually(openTitle).toBe(titles[2]);
    // Searched within, too.
    await page.getByRole('searchbox').fill('splatting');
    await eventually(() => heading(page)).toContain('among the unread');
    await page.getByRole('searchbox').fill('');
    await eventually(() => heading(page)).toContain(`${SHIPPED - 2} papers unread`);
    await place(page, 'All papers').click();
    const read = rows(page).first();
    await eventually(() => read.textContent()).toContain('Read.');
  });

  it('are seen by another tab at once', async () => {
    const other = await context.newPage();
    await visit(other, host.url);
    await rows(page).first().click();
    await page.keyboard.press('s');
    await eventually(() => place(other, 'Starred').textContent()).toBe('Starred1');
    await closePage(other);
  });
});
