import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, describe, it } from 'vitest';
import { closePage, type Host } from '../harness.ts';
import { freshSite } from './door.ts';
import { drawn, eventually, heading, place, rows, SHIPPED, visit } from './site.ts';

// Words only: nothing here asks for meaning.
const door = freshSite({ models: 'none' });
let context: BrowserContext;
let host: Host;
let page: Page;
beforeEach(() => {
  ({ context, host, page } = door);
});

/** Of the latest that was told. */
const undo = () => page.getByRole('button', { name: 'Undo' }).last().click();
const told = () => page.locator('.notices').textContent();
const bar = () => page.getByRole('toolbar', { name: 'With the selected papers' });
/** By its paper: which rows are drawn changes with the scrolling that a click may bring. */
const boxOf = (id: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.locator(`[data-paper="${id}"]`) })
    .getByRole('checkbox');
const act = (name: string) => bar().getByRole('button', { name, exact: true }).click();

describe('the reading list', () => {
  it('has an order of its own, by keys, buttons and dragging, that reloads and tabs keep', async () => {
    await place(page, 'Reading list').click();
    await eventually(() => page.locator('.empty').textContent()).toContain('The reading list is empty');
    await place(page, 'All papers').click();
    const [a, b, c] = await drawn(page);
    await rows(page).first().click();
    await page.keyboard.press('l');
    await page.keyboard.press('j');
    await page.getByRole('button', { name: 'Read later' }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('l');
    await eventually(() => place(page, 'Reading list').textContent()).toBe('Reading list3');
    await place(page, 'Reading list').click();
    await eventually(() => heading(page)).toBe('3 papers in the reading list In your order');
    await eventually(() => drawn(page)).toEqual([a, b, c]);

    // The open paper, c, goes up by key; then b down by its button; then c is dragged to the end.
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(() => drawn(page)).toEqual([a, c, b]);
    await eventually(told).toMatch(/is now 2 of 3\./);
    await undo();
    await eventually(() => drawn(page)).toEqual([a, b, c]);
    await page
      .getByRole('button', { name: /^Move .* down$/ })
      .first()
      .click();
    await eventually(() => drawn(page)).toEqual([b, a, c]);
    // Rows glide to their places: this waits until they stand.
    await page.locator('.handle').first().hover();
    const last = await rows(page).nth(2).boundingBox();
    if (!last) throw new Error('nothing to drag to');
    await page.mouse.down();
    await page.mouse.move(last.x + 100, last.y + last.height - 10, { steps: 4 });
    await eventually(() => page.locator('.row-tools.under').count()).toBe(1);
    await page.mouse.up();
    await eventually(() => drawn(page)).toEqual([a, c, b]);

    const other = await context.newPage();
    await visit(other, `${host.url}#/later`);
    await eventually(() => drawn(other)).toEqual([a, c, b]);
    // What is read may go, where the reader says so.
    await rows(page).first().click();
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Take it off' }).click();
    await eventually(() => drawn(other)).toEqual([c, b]);
    await undo();
    await eventually(() => drawn(other)).toEqual([a, c, b]);
    await page.getByRole('searchbox').fill('is:later is:read');
    await eventually(() => heading(page)).toContain('1 paper');
    await closePage(other);
  });
});

describe('selecting many', () => {
  it('by key, by Shift and by box; each thing done to them is one step, with one way back', async () => {
    const ids = await drawn(page);
    await rows(page).first().click();
    await page.keyboard.press('x');
    await rows(page)
      .nth(3)
      .click({ modifiers: ['Shift'] });
    await eventually(() => bar().getByRole('status').textContent()).toBe('4 selected');
    await boxOf(ids[1] as string).click();
    await eventually(() => bar().getByRole('status').textContent()).toBe('3 selected');
    await act('Star');
    await eventually(() => place(page, 'Starred').textContent()).toBe('Starred3');
    await undo();
    await eventually(() => place(page, 'Starred').textContent()).toBe('Starred0');
    await act('Read later');
    await eventually(() => place(page, 'Reading list').textContent()).toBe('Reading list3');
    await act('Tag…');
    await page.keyboard.type('batch');
    await page.keyboard.press('Enter');
    await eventually(() => place(page, 'batch').textContent()).toBe('batch3');

    await act('Export');
    await eventually(() =>
      page.getByRole('radio', { name: /^The selected papers 3 papers/ }).isChecked(),
    ).toBe(true);
    await page.getByLabel('Format').selectOption('csv');
    await page.getByLabel('With my tags and notes').check();
    await eventually(() => page.locator('.take-away pre').textContent()).toContain(',batch,');

    await act('Remove');
    await eventually(() => heading(page)).toContain(`${SHIPPED - 3} papers`);
    await undo();
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
    // With their marks.
    await place(page, 'Reading list').click();
    await eventually(() => drawn(page)).toEqual([ids[0], ids[2], ids[3]]);
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('button', { name: 'Select all' }).click();
    await eventually(() => bar().getByRole('status').textContent()).toBe('3 selected');
    await page.keyboard.press('Escape');
    await eventually(() => bar().count()).toBe(0);
  });
});
