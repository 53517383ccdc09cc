import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/views/commands.ts';
import { showKey } from '../../../src/views/showKey.ts';
import { PHONE, shareSite } from './door.ts';
import { eventually, field, heading, list, openTitle, place, places, rows, shippedPapers } from './site.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Commands' });
const box = (page: Page) => dialog(page).getByRole('combobox');
const options = (page: Page) => dialog(page).getByRole('listbox').getByRole('option');
const chosen = (page: Page) => dialog(page).getByRole('option', { selected: true });
const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

describe('the commands', () => {
  const door = shareSite({ models: 'none' });
  let page: Page;
  beforeEach(async () => {
    ({ page } = door);
    await rows(page).first().waitFor();
  });

  const type = async (text: string) => {
    // One that is still closing would be put away by the same keys.
    await eventually(() => dialog(page).count()).toBe(0);
    await page.keyboard.press('Control+k');
    await eventually(() => isFocused(box(page))).toBe(true);
    await page.keyboard.insertText(text);
  };

  it('are all there with their keys, are walked, and give the focus back', async () => {
    await rows(page).nth(1).focus();
    await page.keyboard.press('Control+k');
    await eventually(() => isFocused(box(page))).toBe(true);
    const lines = await options(page).allTextContents();
    expect(lines).toContain('Next paperj ↓');
    expect(lines).toContain('Starred papersg s');
    expect(lines).toContain('3DGStopic');
    // No paper is open: nothing of one is offered.
    expect(lines.join('\n')).not.toContain('Star the open paper');
    expect(await chosen(page).textContent()).toBe(lines[0]);
    const active = () => box(page).getAttribute('aria-activedescendant');
    for (const [key, at] of [
      ['ArrowDown', 1],
      ['ArrowDown', 2],
      ['ArrowUp', 1],
      ['ArrowUp', 0],
      ['ArrowUp', lines.length - 1],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(() => chosen(page).textContent()).toBe(lines[at]);
      expect(await active()).toBe(await chosen(page).getAttribute('id'));
    }
    expect(await isFocused(box(page))).toBe(true);
    await page.keyboard.press('Escape');
    await eventually(() => dialog(page).count()).toBe(0);
    expect(await isFocused(rows(page).nth(1))).toBe(true);
    // The same keys put it away, from a field too.
    await field(page).focus();
    await page.keyboard.press('Control+k');
    await eventually(() => isFocused(box(page))).toBe(true);
    await page.keyboard.press('Control+k');
    await eventually(() => dialog(page).count()).toBe(0);
    expect(await isFocused(field(page))).toBe(true);
  });

  it('leave the keys to the page from the moment that they close', async () => {
    // With nothing in focus before, a closed dialog keeps it until the next frame.
    const closeAndPress = (keys: { key: string; ctrlKey: boolean }) =>
      page.evaluate((keys) => {
        const last = document.activeElement;
        last?.closest('dialog')?.close();
        const isLeft = document.activeElement === last;
        last?.dispatchEvent(new KeyboardEvent('keydown', { ...keys, bubbles: true, cancelable: true }));
        return isLeft;
      }, keys);
    await type('text size');
    expect(await closeAndPress({ key: 'k', ctrlKey: true })).toBe(true);
    await eventually(() => isFocused(box(page))).toBe(true);
    expect(await box(page).inputValue()).toBe('');
    expect(await closeAndPress({ key: '/', ctrlKey: false })).toBe(true);
    await eventually(() => isFocused(field(page))).toBe(true);
    await eventually(() => dialog(page).count()).toBe(0);
  });

  it('get what is typed before they are there', async () => {
    await rows(page).first().click();
    await eventually(() => page.getByRole('article').count()).toBe(1);
    const starred = await place(page, 'Starred').textContent();
    // In one turn of the page, in which their code cannot come.
    const press = (from: 'body' | '[type="search"]', keys: string[]) =>
      page.evaluate(
        ([from, keys]) => {
          const target = document.querySelector<HTMLElement>(from);
          target?.focus();
          const down = { bubbles: true, cancelable: true };
          target?.dispatchEvent(new KeyboardEvent('keydown', { ...down, key: 'k', ctrlKey: true }));
          return keys.map((key) => target?.dispatchEvent(new KeyboardEvent('keydown', { ...down, key })));
        },
        [from, keys] as const,
      );
    // Nothing that the browser would write into the search field itself.
    expect(await press('[type="search"]', ['s', 't', 'x', 'Backspace', 'r', 'd'])).not.toContain(true);
    await eventually(() => box(page).inputValue()).toBe('strd');
    await eventually(() => chosen(page).textContent()).toBe('Starred papersg s');
    await page.keyboard.press('Escape');
    await press('body', ['s', 'Escape']);
    await press('body', ['s', 'm']);
    await eventually(() => box(page).inputValue()).toBe('sm');
    await page.keyboard.press('Escape');
    expect(await place(page, 'Starred').textContent()).toBe(starred);
    expect(await page.getByRole('article').count()).toBe(1);
    // A press elsewhere means that it is no longer waited for.
    await page.evaluate(() => {
      const down = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...down, key: 'k', ctrlKey: true }));
      document.body.dispatchEvent(new PointerEvent('pointerdown', down));
      document.body.dispatchEvent(new KeyboardEvent('keydown', { ...down, key: '/' }));
    });
    await eventually(() => isFocused(field(page))).toBe(true);
    await field(page).press('x');
    expect(await field(page).inputValue()).toBe('x');
    expect(await dialog(page).count()).toBe(0);
    await field(page).fill('');
  });

  it('are found by some of their letters, and done', async () => {
    await type('strd');
    await eventually(() => chosen(page).textContent()).toBe('Starred papersg s');
    await page.keyboard.press('Enter');
    await eventually(() => heading(page)).toContain('0 papers starred');
    await type('cmpct');
    await eventually(() => chosen(page).textContent()).toBe('Compact modelstopic');
    await page.keyboard.press('Enter');
    await eventually(() => heading(page)).toContain('in Compact models');
    // What can be done stands before a title, though "Model Rubik's Cube" begins with the letters.
    await type('model');
    await eventually(() => chosen(page).textContent()).toBe('Model: what search by meaning runs on');
    expect((await options(page).allTextContents()).join('\n')).toContain('Model Rubik');
    await page.keyboard.press('Escape');
    // By a word from elsewhere, which its name does not have.
    await type('restor');
    await eventually(() => chosen(page).textContent()).toBe('Add papers');
    await page.keyboard.press('Escape');
    await type('text size');
    await eventually(() => chosen(page).textContent()).toBe('About Sheaf, and how to ask');
    await page.keyboard.press('Escape');
    await type('ábout');
    await page.keyboard.press('Enter');
    await eventually(() => openTitle(page).textContent()).toBe('About Sheaf');
    await page.keyboard.press('Escape');
    await type('next');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('article').count()).toBe(1);
    await type('star the');
    await page.keyboard.press('Enter');
    await eventually(() => place(page, 'Starred').textContent()).toBe('Starred1');
    await type('keys');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('dialog', { name: 'Keys' }).count()).toBe(1);
  });

  it('lead to a paper by its title, and to the search', async () => {
    const paper = shippedPapers().find(({ title }) => title === 'Tiny language models');
    await type('tinylang');
    const line = dialog(page).getByRole('option', { name: paper?.title ?? '' });
    await eventually(() => line.count()).toBe(1);
    await line.click();
    await eventually(() => openTitle(page).textContent()).toBe(paper?.title);
    await eventually(() => isFocused(openTitle(page))).toBe(true);
    await type('quantum herons');
    await eventually(() => options(page).allTextContents()).toEqual([
      'Search all papers for “quantum herons”',
    ]);
    expect(await dialog(page).getByRole('status').textContent()).toBe('1 choice');
    await page.keyboard.press('Enter');
    await eventually(() => field(page).inputValue()).toBe('quantum herons');
  });

  it('that have a key are in the table of keys, and each key does what it says', async () => {
    await page.keyboard.press('?');
    const table = page.getByRole('dialog', { name: 'Keys' });
    const [terms, told] = await Promise.all([
      table.getByRole('term').allTextContents(),
      table.getByRole('definition').allTextContents(),
    ]);
    const keyed = COMMANDS.filter(({ keys }) => keys.length > 0);
    expect(told).toEqual(keyed.map(({ name }) => name));
    expect(terms).toEqual(keyed.map(({ keys }) => keys.map((key) => showKey(key, false)).join(' ')));
    await page.keyboard.press('Escape');
    for (const [keys, heads] of [
      ['gs', 'starred'],
      ['gu', 'unread'],
      ['ga', 'Newest first'],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await eventually(() => heading(page)).toContain(heads);
    }
  });
});

describe('on a phone the commands', () => {
  const door = shareSite({ models: 'none', browser: PHONE });

  it('are behind a button of the menu, and lead out of it', async () => {
    const { page } = door;
    await page.getByRole('button', { name: 'Places and topics' }).tap();
    const button = places(page).getByRole('button', { name: 'Commands' });
    await button.tap();
    await eventually(() => isFocused(box(page))).toBe(true);
    const sizes = await options(page).evaluateAll((all) =>
      all.map((option) => option.getBoundingClientRect().height),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
    await dialog(page).getByRole('button', { name: 'Close' }).tap();
    await eventually(() => isFocused(button)).toBe(true);
    await button.tap();
    await box(page).fill('3dgs');
    await dialog(page).getByRole('option', { name: '3DGS' }).first().tap();
    await eventually(() => heading(page)).toContain('in 3DGS');
    await eventually(() => list(page).isVisible()).toBe(true);
    await eventually(() => places(page).isVisible()).toBe(false);
  });
});
