/** Going from place to place: where a list was left, what is not there, and that nothing jumps. */
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { Host } from '../harness.ts';
import { shareSite } from './door.ts';
import { eventually, field, heading, list, place, rows, SHIPPED, search, settled } from './site.ts';

const door = shareSite({ models: 'quick' });
let host: Host;
let page: Page;
beforeEach(async () => {
  ({ host, page } = door);
  await rows(page).first().waitFor();
});

/** The paper at the top of the list, and where it stands. */
const atTop = () =>
  settled(page, () =>
    page.evaluate(() => {
      const scroller = document.querySelector('.scroller');
      const frame = scroller?.getBoundingClientRect();
      const first = [...(scroller?.querySelectorAll<HTMLElement>('[data-paper]') ?? [])].find(
        (element) => element.getBoundingClientRect().bottom > (frame?.top ?? 0) + 1,
      );
      const top = Math.round((first?.getBoundingClientRect().top ?? 0) - (frame?.top ?? 0));
      return { id: first?.dataset.paper, top, scrolled: scroller?.scrollTop ?? 0 };
    }),
  );
const scrollBy = async (pixels: number) => {
  await page.locator('.scroller').hover();
  await page.mouse.wheel(0, pixels);
  await eventually(async () => (await atTop()).scrolled).toBeGreaterThan(pixels * 0.9);
  return atTop();
};
const stands = (there: Awaited<ReturnType<typeof atTop>>) => ({ id: there.id, top: there.top });

it('Back and Forward return to where a list was left, and what is chosen starts at the top', async () => {
  const all = await scrollBy(2_000);
  await place(page, 'Compact models').click();
  await eventually(() => heading(page)).toContain('in Compact models');
  expect((await atTop()).scrolled).toBe(0);
  const topic = await scrollBy(900);
  await page.goBack();
  await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
  expect(stands(await atTop())).toEqual(stands(all));
  await page.goForward();
  await eventually(() => heading(page)).toContain('in Compact models');
  expect(stands(await atTop())).toEqual(stands(topic));
  // By the link and not by Back: from the top.
  await place(page, 'All papers').click();
  await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
  expect((await atTop()).scrolled).toBe(0);
});

it('Back returns into the answer to a question', async () => {
  await search(page, 'small networks for phones');
  const answers = await scrollBy(800);
  await place(page, '3DGS').click();
  await eventually(() => heading(page)).toContain('in 3DGS');
  await page.goBack();
  await eventually(() => field(page).inputValue()).toBe('small networks for phones');
  await eventually(() => heading(page)).toMatch(/by meaning and words Best match first$/);
  expect(stands(await atTop())).toEqual(stands(answers));
});

it('a topic that is not here is told, with a way out', async () => {
  await page.goto(`${host.url}#/topic/none`);
  await eventually(() => list(page).textContent()).toContain('There is no such topic here.');
  await page.getByRole('button', { name: 'Show all papers' }).click();
  await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
});

it('a removed topic comes back as the same, and what is told moves nothing', async () => {
  await page.getByRole('button', { name: 'Add a topic' }).click();
  await page.getByLabel('What the topic is about').fill('graph networks');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await eventually(() => heading(page)).toContain('in graph networks');
  const before = new URL(page.url()).hash;
  const where = await settled(page, () => field(page).boundingBox());
  await page.getByRole('button', { name: 'Remove this topic' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  expect(await field(page).boundingBox()).toEqual(where);
  await undo.click();
  await eventually(() => heading(page)).toContain('in graph networks');
  expect(new URL(page.url()).hash).toBe(before);
});

it('a list of nothing is told as that, and several files are read', async () => {
  await place(page, 'Add papers').click();
  await page.getByLabel('The text of a list of papers').fill('[]');
  await page.getByRole('button', { name: 'Add these papers' }).click();
  await eventually(() => page.getByText('The list holds no papers.').count()).toBe(1);
  const file = (name: string, text: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await page
    .getByLabel('Choose files')
    .setInputFiles([
      file('one.json', '[{"title": "The first of two files"}]'),
      file('broken.json', '[{"title": '),
      file('two.json', '[{"title": "The second of two files"}]'),
    ]);
  await eventually(() => page.getByText('2 papers added').count()).toBe(1);
  expect(await page.getByText('broken.json: ').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo: take it all back' }).click();
  await eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${SHIPPED}$`));
});

it('a row that scrolls out of sight keeps the focus, and a click right after a scroll is no click lost', async () => {
  const first = await rows(page).first().getAttribute('data-paper');
  await rows(page).first().focus();
  const box = await page.locator('.scroller').boundingBox();
  if (!box) throw new Error('no list');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 2_500);
  await eventually(async () => (await atTop()).scrolled).toBeGreaterThan(2_000);
  expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.paper)).toBe(first);
  // As a hand does that scrolls and presses at once: nothing between the two waits.
  const opened = await page.evaluate(
    ([left, top]) =>
      new Promise<string | undefined>((resolve) => {
        const scroller = document.querySelector('.scroller');
        scroller?.addEventListener(
          'scroll',
          () => {
            const under = document.elementFromPoint(left as number, top as number);
            resolve(under?.closest<HTMLElement>('[data-paper]')?.dataset.paper);
          },
          { once: true },
        );
        scroller?.scrollBy(0, 40);
      }),
    [x, y],
  );
  expect(opened).toBeDefined();
});
