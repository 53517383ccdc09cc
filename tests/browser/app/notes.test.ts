import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host, launch, listen, type Troubles } from '../harness.ts';
import { eventually, field, heading, place, rows, search, serveSite, visit, waitForQuick } from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;
let troubles: Troubles;

beforeEach(async () => {
  context = await launch();
  troubles = listen(context);
  host = await serveSite();
  page = await context.newPage();
  await visit(page, host.url);
});
afterEach(async () => {
  expect([...troubles.violations, ...troubles.errors]).toEqual([]);
  await context.close();
  await host.close();
});

const undo = () => page.getByRole('button', { name: 'Undo' }).click();
const tags = (of = page) => of.getByRole('group', { name: /^Tags of/ });
const note = (of = page) => of.locator('section.note');
const text = (of = page) => of.getByRole('textbox', { name: /^Your note about/ });
const told = () => page.locator('.notices').textContent();

describe('tags', () => {
  it('are put and taken by keys, found in any spelling, renamed and removed everywhere, and undone', async () => {
    await rows(page).first().click();
    await page.keyboard.press('t');
    await page.keyboard.type('Séminaire');
    await page.keyboard.press('Enter');
    await page.keyboard.type('بحث');
    await page.keyboard.press('Enter');
    await eventually(() => tags().getByRole('link').allTextContents()).toEqual(['Séminaire', 'بحث']);
    await page.keyboard.press('Backspace');
    await eventually(() => tags().getByRole('link').count()).toBe(1);
    await undo();
    await eventually(() => tags().getByRole('link').count()).toBe(2);
    // As it is spelt already.
    await rows(page).nth(1).click();
    await page.keyboard.press('t');
    await page.keyboard.type('SEMINAIRE');
    await page.keyboard.press('Enter');
    await eventually(() => place(page, 'Séminaire').textContent()).toMatch(/2$/);

    await page.reload();
    await field(page).fill('tag:seminaire -tag:بحث ');
    await eventually(() => heading(page)).toContain('1 paper');
    await field(page).fill('tag:nowhere ');
    await eventually(() => page.locator('.problems').textContent()).toBe('No paper is tagged “nowhere”.');
    await field(page).fill('');

    await place(page, 'Séminaire').click();
    await eventually(() => heading(page)).toContain('2 papers tagged “Séminaire”');
    await page.getByRole('button', { name: 'Rename this tag' }).click();
    await page.getByLabel('New name of the tag').fill('Thesis');
    await page.keyboard.press('Enter');
    await eventually(() => heading(page)).toContain('2 papers tagged “Thesis”');
    await eventually(told).toContain('“Séminaire” is now “Thesis”, on 2 papers.');
    await page.getByRole('button', { name: 'Remove it from all papers' }).click();
    await eventually(() => page.locator('.empty').textContent()).toContain('No paper has this tag');
    await undo();
    await eventually(() => heading(page)).toContain('2 papers tagged “Thesis”');
  });
});

describe('notes', () => {
  it('are kept as one types, drawn as text, found by their words, and removed with a way back', async () => {
    await rows(page).nth(2).click();
    const title = await page.locator('.paper h1').textContent();
    await page.keyboard.press('w');
    await eventually(() => text().count()).toBe(1);
    await page.keyboard.type(
      '## Idea\nFor the **zebrafish** talk, [slides](https://example.org/s), [bad](javascript:alert(1)).\n\n![plot](https://example.org/p.png)\n\n<img src=x onerror=alert(1)>',
    );
    await eventually(() => note().textContent()).toContain('Kept.');
    await page.reload();
    await eventually(() => note().locator('strong').textContent()).toBe('zebrafish');
    expect(await note().getByRole('heading', { name: 'Idea' }).getAttribute('dir')).toBe('auto');
    // Links lead to the web or are words; a picture is a link, HTML is what it says.
    expect(
      await note()
        .locator('.note-text a')
        .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('href')])),
    ).toEqual([
      ['slides', 'https://example.org/s'],
      ['plot', 'https://example.org/p.png'],
    ]);
    expect(await note().locator('img').count()).toBe(0);
    expect(await note().textContent()).toContain('<img src=x onerror=alert(1)>');

    await field(page).fill('zebrafish ');
    await eventually(() => heading(page)).toContain('1 paper');
    expect(await rows(page).first().getByRole('heading').textContent()).toBe(title);
    await eventually(() => rows(page).first().textContent()).toContain('In your note:');
    await field(page).fill('has:note');
    await eventually(() => heading(page)).toContain('1 paper');
    await field(page).fill('');

    await note().getByRole('button', { name: 'Remove' }).click();
    await eventually(() => note().textContent()).toBe('Write a note');
    await undo();
    await eventually(() => note().locator('strong').textContent()).toBe('zebrafish');
  });

  it('are kept when their paper is closed in the midst of a word, and nothing is said to be wrong', async () => {
    await rows(page).first().click();
    await page.keyboard.press('w');
    await eventually(() => text().count()).toBe(1);
    await page.keyboard.type('Half a wo');
    await page.goto(`${host.url}#/`);
    await page.locator('.welcome').waitFor();
    await rows(page).first().click();
    await eventually(() => note().textContent()).toContain('Half a wo');
    expect(await page.locator('.notice').allTextContents()).toEqual([]);
  });

  it('stay when they cannot be kept, and are kept at the second try', async () => {
    await rows(page).first().click();
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      const broken = { on: true };
      Object.assign(window, { broken });
      IDBObjectStore.prototype.put = function (...given) {
        if (broken.on && this.name === 'notes') throw new DOMException('full', 'QuotaExceededError');
        return put.apply(this, given);
      };
    });
    await page.keyboard.press('w');
    await page.keyboard.type('Not to be lost');
    await eventually(() => note().textContent()).toContain('The note could not be kept');
    expect(await text().inputValue()).toBe('Not to be lost');
    // Another paper and back: it is still here.
    await rows(page).nth(1).click();
    await eventually(() => note().textContent()).toBe('Write a note');
    await rows(page).first().click();
    await eventually(() => text().inputValue()).toBe('Not to be lost');
    await page.evaluate(() => Object.assign((window as unknown as { broken: object }).broken, { on: false }));
    await note().getByRole('button', { name: 'Try again' }).click();
    await eventually(() => note().textContent()).toContain('Not to be lost');
    await page.reload();
    await eventually(() => note().locator('.note-text').textContent()).toBe('Not to be lost');
  });

  it('of two tabs lose no word of either', async () => {
    await rows(page).first().click();
    const other = await context.newPage();
    await visit(other, page.url());
    await page.keyboard.press('w');
    await page.keyboard.type('first');
    await eventually(() => note(other).textContent()).toContain('first');
    await other.keyboard.press('w');
    await eventually(() => text(other).inputValue()).toBe('first');
    await other.keyboard.press('Home');
    await other.keyboard.type('theirs ');
    await page.keyboard.type(' mine');
    await eventually(() => text().inputValue()).toBe('theirs first mine');
    await eventually(() => text(other).inputValue()).toBe('theirs first mine');
    await closePage(other);
  });

  it('are found by meaning, among the starred too', async () => {
    await rows(page).nth(4).click();
    await page.keyboard.press('s');
    await page.keyboard.press('w');
    await page.keyboard.type('Useful for detecting skin cancer in photographs of moles.');
    await page.keyboard.press('Escape');
    const title = await page.locator('.paper h1').textContent();
    await waitForQuick(page);
    await search(page, 'melanoma diagnosis from medical images');
    await eventually(() => rows(page).first().getByRole('heading').textContent()).toBe(title);
    await eventually(() => rows(page).first().textContent()).toContain('In your note: Useful for detecting');
    await place(page, 'Starred').click();
    await eventually(() => heading(page)).toContain('1 paper by meaning and words among the starred');
    await search(page, 'melanoma diagnosis from medical images is:starred has:note ');
    await eventually(() => rows(page).count()).toBe(1);
  });
});
