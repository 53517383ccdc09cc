import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePage, type Host, launch, listen, type Troubles } from '../harness.ts';
import {
  eventually,
  field,
  heading,
  openTitle,
  place,
  SHIPPED,
  serveSite,
  visit,
  waitForMeaning,
} from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;
let troubles: Troubles;

/** One visit, which the first begins: the map is for papers that have been read, and reading takes its time. */
beforeAll(async () => {
  context = await launch({ viewport: { width: 1440, height: 900 } });
  troubles = listen(context);
  host = await serveSite();
  page = await context.newPage();
});
afterAll(async () => {
  await closePage(page);
  await context.close();
  await host.close();
});

const canvas = () => page.getByRole('application', { name: `Map of ${SHIPPED} papers` });
const tip = () => page.locator('.map-tip-title');
const said = () => page.locator('.map-frame [role="status"]').textContent();
const openMap = async () => {
  await place(page, 'Map').click();
  await canvas().waitFor();
  await eventually(() => page.locator('.map-progress').count()).toBe(0);
};

/** Pixels of the map by colour, those of a topic's hue and those that are not paper. */
const inks = (hue: string) =>
  canvas().evaluate((element, name) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d');
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    const hex = getComputedStyle(element).getPropertyValue(name).trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    let [inked, hued] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== data[0] || data[i + 1] !== data[1]) inked++;
      if (wanted.every((value, channel) => Math.abs(value - (data[i + channel] as number)) < 24)) hued++;
    }
    return { inked, hued };
  }, hue);

/** A loop around all of the map, by Shift and a drag. */
const drawAround = async () => {
  const box = await canvas().boundingBox();
  if (!box) throw new Error('the map is not in sight');
  const { x, y, width, height } = box;
  await page.keyboard.down('Shift');
  await page.mouse.move(x + 4, y + 4);
  await page.mouse.down();
  for (const [across, down] of [
    [0.995, 0.006],
    [0.995, 0.99],
    [0.006, 0.99],
  ] as const) {
    await page.mouse.move(x + width * across, y + height * down, { steps: 4 });
  }
  await page.mouse.up();
  await page.keyboard.up('Shift');
};

describe('the map', () => {
  it('draws the papers by topic, and is walked and left by keyboard with a way back', async () => {
    await visit(page, host.url);
    await waitForMeaning(page);
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await canvas().waitFor();
    await eventually(() => page.locator('.map-progress').count()).toBe(0);
    await eventually(async () => (await inks('--topic-0')).hued).toBeGreaterThan(200);
    expect((await inks('--topic-1')).hued).toBeGreaterThan(200);
    const legend = page.getByRole('list', { name: 'Colours' });
    expect(await legend.textContent()).toMatch(/Compact models\d+MLPs\d+3DGS\d+No topic\d+/);

    await canvas().focus();
    await page.keyboard.press('ArrowRight');
    const first = await eventually(said).not.toBe('').then(said);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await eventually(said).not.toBe(first);
    await page.keyboard.press('ArrowRight');
    const title = (await tip().textContent()) ?? '';
    await page.keyboard.press('Enter');
    await eventually(() => openTitle(page).textContent()).toBe(title);
    await page.goBack();
    await canvas().waitFor();
    expect(await tip().textContent()).toBe(title);
  });

  it('shows the title under the pointer, comes closer by wheel and opens what is clicked', async () => {
    await openMap();
    const box = await canvas().boundingBox();
    const pointing = () => canvas().evaluate((element) => element.classList.contains('pointing'));
    // Along rows until the pointer is over a paper.
    const findPaper = async () => {
      for (let down = 0.1; down < 0.9; down += 0.05) {
        for (let across = 0.05; across < 0.95; across += 0.02) {
          await page.mouse.move(
            (box?.x ?? 0) + across * (box?.width ?? 0),
            (box?.y ?? 0) + down * (box?.height ?? 0),
          );
          if (await pointing()) return;
        }
      }
    };
    await findPaper();
    const title = (await tip().textContent()) ?? '';
    await page.mouse.down();
    await page.mouse.up();
    await eventually(() => openTitle(page).textContent()).toBe(title);
    await page.goBack();
    await canvas().waitFor();
    const before = await inks('--topic-0');
    await page.mouse.move((box?.x ?? 0) + 320, (box?.y ?? 0) + 300);
    await page.mouse.wheel(0, -900);
    await eventually(async () => (await inks('--topic-0')).inked).not.toBe(before.inked);
    await page.getByRole('button', { name: 'Show all' }).click();
    await eventually(async () => (await inks('--topic-0')).hued).toBeGreaterThan(200);
  });

  it('lets what the list shows stand out, and stays while the reader searches', async () => {
    await openMap();
    const whole = (await inks('--topic-0')).hued;
    await field(page).fill('splatting');
    await eventually(() => page.locator('.map-legend').textContent()).toMatch(
      /\d+ papers of the list stand out of 47/,
    );
    expect((await inks('--topic-0')).hued).toBeLessThan(whole);
    await field(page).fill('');
    await eventually(async () => (await inks('--topic-0')).hued).toBe(whole);
  });

  it('picks papers by a loop: a list of them, an export, and Escape drops them', async () => {
    await openMap();
    await drawAround();
    const bar = page.locator('.map-picked');
    await eventually(() => bar.textContent()).toContain(`${SHIPPED} papers picked`);
    await bar.getByRole('button', { name: 'Show as a list' }).click();
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers picked on the map`);
    expect(page.url()).toContain('#/picked?page=map');
    await canvas().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await eventually(() => bar.textContent()).toContain(`${SHIPPED - 1} papers picked`);
    await eventually(() => heading(page)).toContain(`${SHIPPED - 1} papers`);
    await bar.getByRole('button', { name: 'Export' }).click();
    await eventually(() => page.getByRole('radio', { name: /^The list: the picked/ }).isChecked()).toBe(true);
    expect(await page.locator('.choices').textContent()).toContain(
      `The list: the picked ${SHIPPED - 1} papers`,
    );
    await page.goBack();
    await canvas().waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
    expect(await bar.textContent()).toBe('');
    await canvas().waitFor();
  });

  it('says the same as a list, and counts papers over time', async () => {
    await openMap();
    const regions = page.getByRole('region', { name: 'The map as a list' });
    const group = regions.locator('summary').first();
    const size = Number(/(\d+) paper/.exec((await group.textContent()) ?? '')?.[1]);
    await group.click();
    const papers = regions.locator('details[open] > ul > li');
    await eventually(() => papers.count()).toBe(size);
    await papers.first().getByRole('button').click();
    await eventually(() => papers.first().locator('ul a').count()).toBeGreaterThan(2);

    const time = page.getByRole('slider', { name: 'Papers over time' });
    await time.focus();
    await page.keyboard.press('End');
    expect(await time.getAttribute('aria-valuetext')).toMatch(
      /^Feb 2026: All papers [1-9]\d*, Compact models \d/,
    );
    await page.getByText('The same as a table').click();
    expect(await page.locator('.time-table tbody tr').last().textContent()).toContain('Feb 2026');
    const title = (await papers.first().locator('> a').textContent()) ?? '';
    await papers.first().locator('> a').click();
    await eventually(() => openTitle(page).textContent()).toBe(title);
  });

  it('is kept: at the next visit it is there without being made', async () => {
    await page.goto(`${host.url}#/picked?page=map`);
    await page.reload();
    await canvas().waitFor();
    expect(await page.locator('.map-progress').count()).toBe(0);
    await eventually(() => page.locator('.empty').textContent()).toContain('No paper is picked');
    expect(troubles.errors).toEqual([]);
    expect(troubles.violations).toEqual([]);
  });

  it('is the same picture at each visit that begins on it', async () => {
    const drawn = () => canvas().evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    const comeBack = async () => {
      await page.goto(`${host.url}#/?page=map`);
      await page.reload();
      await canvas().waitFor();
      // The quick model answers first, and makes no map of its own meanwhile.
      await waitForMeaning(page);
      await eventually(() => place(page, 'MLPs').textContent()).toMatch(/\d/);
      expect(await page.locator('.map-progress').count()).toBe(0);
    };
    await comeBack();
    let before = '';
    await eventually(async () => {
      const now = await drawn();
      const rests = now === before;
      before = now;
      await page.waitForTimeout(300);
      return rests;
    }).toBe(true);
    await comeBack();
    await eventually(drawn).toBe(before);
  });
});
