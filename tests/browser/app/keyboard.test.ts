import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../harness.ts';
import { PHONE, shareSite } from './door.ts';
import {
  drawn,
  eventually,
  field,
  heading,
  list,
  openTitle,
  place,
  places,
  rows,
  SHIPPED,
  settled,
  waitForMeaning,
} from './site.ts';

const WELCOME = 'Papers, found by what they mean';
/** More Tabs than any way through the site should need. */
const MOST_TABS = 60;

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Walks with Tab until the focus is there. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if ((await target.count()) > 0 && (await isFocused(target))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_TABS} Tabs do not lead to ${target}`);
}

describe('by keyboard alone', () => {
  const door = shareSite({ models: 'quick' });
  let host: Host;
  let page: Page;
  beforeEach(() => {
    ({ host, page } = door);
  });

  const press = (key: string) => page.keyboard.press(key);
  const current = () => list(page).locator('[aria-current="true"]');

  it('the search is reached, its answers walked, one read and left', async () => {
    for (const key of ['/']) {
      await press(key);
      expect(await isFocused(field(page)), key).toBe(true);
      expect(await field(page).inputValue()).toBe('');
      await press('Escape');
      expect(await isFocused(field(page))).toBe(false);
    }
    await press('/');
    await page.keyboard.type('gaussian splatting');
    await eventually(() => heading(page)).toContain('by meaning and words');
    const answers = await settled(page, () => drawn(page));
    // The arrows lead from the field into the list.
    const steps: [key: string, answer: number][] = [
      ['ArrowDown', 0],
      ['ArrowDown', 1],
      ['j', 2],
      ['ArrowUp', 1],
      ['k', 0],
      ['k', 0],
      ['j', 1],
    ];
    for (const [key, answer] of steps) {
      await press(key);
      await eventually(() => current().getAttribute('data-paper')).toBe(answers[answer]);
    }
    expect(new URL(page.url()).hash).toContain(`paper=${encodeURIComponent(answers[1] ?? '')}`);
    const title = await current().getByRole('heading').textContent();
    expect(await openTitle(page).textContent()).toBe(title);

    await press('Enter');
    await eventually(() => isFocused(openTitle(page))).toBe(true);
    await press('Escape');
    await eventually(() => openTitle(page).textContent()).toBe(WELCOME);
    expect(await field(page).inputValue()).toBe('gaussian splatting');
    await press('/');
    await press('Enter');
    await eventually(() => current().getAttribute('data-paper')).toBe(answers[0]);
    await eventually(() => isFocused(openTitle(page))).toBe(true);
    await press('/');
    await press('Escape');
    await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
  });

  it('Enter before the answer is there opens the best of the answer, not of what stood there', async () => {
    const query = 'time series forecasting';
    await press('/');
    await page.keyboard.insertText(query);
    await eventually(() => heading(page)).toContain('by meaning and words');
    const [best] = await settled(page, () => drawn(page));
    await press('Escape');
    await eventually(() => heading(page)).toContain('Newest first');
    const [newest] = await drawn(page);
    expect(best).not.toBe(newest);
    // Both in one task: no answer can come between.
    const opened = await page.evaluate((text) => {
      const field = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (!field) throw new Error('no field');
      field.focus();
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      return location.hash.includes('paper=');
    }, query);
    expect(opened).toBe(false);
    await eventually(() => current().getAttribute('data-paper')).toBe(best);
  });

  it('the whole list is walked, and the current paper stays in sight', async () => {
    await rows(page).first().waitFor();
    for (let step = 0; step < 12; step++) await press('j');
    const inSight = () =>
      current().evaluateAll(([element]) => {
        const box = element?.getBoundingClientRect();
        const frame = element?.closest('.scroller')?.getBoundingClientRect();
        return !!box && !!frame && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
      });
    await eventually(inSight).toBe(true);
    await eventually(async () => openTitle(page).textContent()).toBe(
      await current().getByRole('heading').textContent(),
    );
    for (let step = 0; step < 12; step++) await press('k');
    await eventually(async () =>
      (await drawn(page)).indexOf((await current().getAttribute('data-paper')) ?? ''),
    ).toBe(0);
    await eventually(inSight).toBe(true);
    // Walking was one step.
    await page.goBack();
    await eventually(() => openTitle(page).textContent()).toBe(WELCOME);
  });

  it('j and k take the focus along, and Enter on a row moves to its text', async () => {
    await rows(page).first().click();
    const ids = await settled(page, () => drawn(page));
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.paper);
    expect(await focused()).toBe(ids[0]);
    await press('j');
    await press('j');
    await eventually(focused).toBe(ids[2]);
    await press('Enter');
    await eventually(() => isFocused(openTitle(page))).toBe(true);
    expect(await current().getAttribute('data-paper')).toBe(ids[2]);
    // Further than is drawn: the row that has the focus goes, and the next takes it.
    await press('Escape');
    await eventually(focused).toBe(ids[2]);
    for (let step = 0; step < 20; step++) await press('j');
    await eventually(async () => (await focused()) === (await current().getAttribute('data-paper'))).toBe(
      true,
    );
    expect(ids).not.toContain(await focused());
    // A row that Tab leads to is opened, not the one that is open.
    const other = rows(page).last();
    await other.focus();
    await press('Enter');
    await eventually(() => isFocused(openTitle(page))).toBe(true);
    expect(await openTitle(page).textContent()).toBe(await current().getByRole('heading').textContent());
  });

  it('Esc leads out step by step, and the list is paged without a focus', async () => {
    await place(page, '3DGS').click();
    await eventually(() => heading(page)).toContain('in 3DGS');
    await rows(page).first().click();
    await page.getByRole('link', { name: 'Similar papers' }).click();
    await eventually(() => heading(page)).toContain('near “');
    await press('Escape');
    await eventually(() => openTitle(page).textContent()).toBe(WELCOME);
    expect(await heading(page)).toContain('near “');
    await press('Escape');
    await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);

    await page.goto(`${host.url}#/?q=splatting`);
    await eventually(() => heading(page)).toContain('by meaning and words');
    await press('Escape');
    await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);

    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const top = () => page.locator('.scroller').evaluate((element) => Math.round(element.scrollTop));
    await press('PageDown');
    const paged = await settled(page, top);
    expect(paged).toBeGreaterThan(300);
    await press('Space');
    expect(await settled(page, top)).toBeGreaterThan(paged);
    await press('End');
    await eventually(() => drawn(page)).toHaveLength((await settled(page, () => drawn(page))).length);
    expect(await rows(page).last().isVisible()).toBe(true);
    await press('Home');
    expect(await settled(page, top)).toBe(0);
  });

  it('the keys are shown and put away', async () => {
    await press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    expect(await keys.textContent()).toContain('Open the paper and move to its text');
    await press('Escape');
    await eventually(() => keys.count()).toBe(0);
    await press('?');
    const box = await keys.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
    expect(await keys.count()).toBe(1);
    await page.mouse.click((box?.x ?? 0) - 40, (box?.y ?? 0) + 8);
    await eventually(() => keys.count()).toBe(0);
    expect(await openTitle(page).textContent()).toBe(WELCOME);
    await place(page, '3DGS').click();
    await eventually(() => heading(page)).toContain('in 3DGS');
    await press('g');
    await press('a');
    await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
  });

  it('the browser keeps its own keys', async () => {
    await page.evaluate(() => {
      const taken: string[] = [];
      addEventListener('keydown', (event) => {
        if (event.defaultPrevented) taken.push(`${event.ctrlKey ? 'Control+' : ''}${event.key}`);
      });
      Object.assign(globalThis, { taken });
    });
    for (const key of ['Control+f', 'Control+j', 'Control+a', 'Alt+k', 'f', 'Control+k']) await press(key);
    const taken = await page.evaluate(() => (globalThis as unknown as { taken: string[] }).taken);
    expect(taken).toEqual(['Control+k']);
    await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    await press('Escape');
  });

  it('a topic is added', async () => {
    await tabTo(page, places(page).getByRole('button', { name: 'Add a topic' }));
    await press('Enter');
    await eventually(() => isFocused(page.getByLabel('What the topic is about'))).toBe(true);
    await press('Enter');
    await eventually(() => places(page).textContent()).toContain('Type what it is about.');
    await press('Escape');
    await eventually(() => isFocused(places(page).getByRole('button', { name: 'Add a topic' }))).toBe(true);
    await press('Enter');
    await eventually(() => isFocused(page.getByLabel('What the topic is about'))).toBe(true);
    await page.keyboard.type('forecasting of time series / and j and k');
    await press('Enter');
    await eventually(() => heading(page)).toMatch(
      /^\d+ papers? in forecasting of time series…? Surest first$/,
    );
    await eventually(() => list(page).textContent()).toContain('forecasting of time series / and j and k');
    await tabTo(page, page.getByRole('button', { name: 'Remove this topic' }));
    await press('Enter');
    await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
  });

  it('papers are added', async () => {
    await tabTo(page, place(page, 'Add papers'));
    await press('Enter');
    await eventually(() => openTitle(page).textContent()).toBe('Add papers');
    const text = page.getByLabel('The text of a list of papers');
    await tabTo(page, text);
    await page.keyboard.insertText('{"title": "A paper typed by hand", "abstract": "Key by key."}');
    await tabTo(page, page.getByRole('button', { name: 'Add these papers' }));
    await press('Enter');
    await eventually(() => page.getByText('1 paper added').count()).toBe(1);
    await tabTo(page, page.getByRole('button', { name: 'Undo: take it all back' }));
    await press('Enter');
    await eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${SHIPPED}$`));
    await press('Escape');
    await eventually(() => openTitle(page).textContent()).toBe(WELCOME);
  });
});

describe('on a phone', () => {
  const door = shareSite({ models: 'quick', browser: PHONE });
  let page: Page;
  beforeEach(() => {
    page = door.page;
  });

  const scrollTop = () => page.locator('.scroller').evaluate((element) => element.scrollTop);
  const box = (of: Locator) => settled(page, () => of.boundingBox());

  it('a paper slides over the list, and Back returns to the same row at the same place', async () => {
    await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 2_000));
    await settled(page, () => drawn(page));
    const before = await scrollTop();
    expect(before).toBeGreaterThan(1_500);
    const id = await rows(page).evaluateAll((elements) => {
      const frame = document.querySelector('.scroller')?.getBoundingClientRect();
      const whole = elements.find((element) => element.getBoundingClientRect().top > (frame?.top ?? 0));
      return whole?.dataset.paper;
    });
    const row = page.locator(`[data-paper="${id}"]`);
    const where = await box(row);
    const title = (await row.getByRole('heading').textContent()) ?? '';
    const paper = page.getByRole('article').getByRole('heading', { level: 1, name: title });

    for (const back of [() => page.getByRole('button', { name: '‹ List' }).tap(), () => page.goBack()]) {
      await row.tap();
      await eventually(() => paper.isVisible()).toBe(true);
      const column = await box(page.locator('.column-paper'));
      expect(column).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
      await back();
      await eventually(() => paper.count()).toBe(0);
      await eventually(() => row.isVisible()).toBe(true);
      expect(await scrollTop()).toBe(before);
      expect(await box(row)).toEqual(where);
    }
  });

  it('what this is stands above the list until it is put away, for good', async () => {
    // Of this context's pages this is the only one that puts it away.
    const intro = page.getByRole('region', { name: 'What this is' });
    await intro.waitFor();
    await intro.getByRole('link', { name: 'vision without attention' }).tap();
    await eventually(() => heading(page)).toContain('by meaning and words');
    expect(await intro.count()).toBe(0);
    await page.goBack();
    await intro.waitFor();
    await intro.getByRole('button', { name: 'Got it' }).tap();
    await eventually(() => intro.count()).toBe(0);
    await page.reload();
    await waitForMeaning(page);
    await rows(page).first().waitFor();
    expect(await intro.count()).toBe(0);
  });

  it('nothing is wider than the screen, and what is tapped is large enough', async () => {
    const widest = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await widest()).toBeLessThanOrEqual(390);
    await rows(page).first().tap();
    await eventually(() => page.getByRole('article').count()).toBe(1);
    expect(await widest()).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '‹ List' }).tap();
    for (const target of [page.getByRole('button', { name: 'Places and topics' }), field(page)]) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await rows(page).first().tap();
    const targets = page.locator('.column-paper').locator('a, button').filter({ visible: true });
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      expect(box?.height, String(await target.textContent())).toBeGreaterThanOrEqual(44);
    }
  });

  it('the menu opens, leads to a place, and closes', async () => {
    const menu = page.getByRole('button', { name: 'Places and topics' });
    const opened = () => places(page).isVisible();
    expect(await opened()).toBe(false);
    await menu.tap();
    await eventually(opened).toBe(true);
    await page.getByRole('button', { name: 'Close the menu' }).tap({ position: { x: 370, y: 400 } });
    await eventually(opened).toBe(false);

    await menu.tap();
    await eventually(opened).toBe(true);
    await page.keyboard.press('Escape');
    await eventually(opened).toBe(false);

    await menu.tap();
    await place(page, '3DGS').tap();
    await eventually(opened).toBe(false);
    await eventually(() => heading(page)).toContain('in 3DGS');
    await menu.tap();
    await place(page, 'Add papers').tap();
    await eventually(opened).toBe(false);
    await eventually(() => openTitle(page).textContent()).toBe('Add papers');
    await page.getByRole('button', { name: '‹ List' }).tap();
    await eventually(() => heading(page)).toContain('in 3DGS');
    await eventually(() => rows(page).first().isVisible()).toBe(true);
  });
});
