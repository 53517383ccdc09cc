import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { shareSite } from './door.ts';
import { eventually, heading, list, openTitle, place, rows, SHIPPED, search } from './site.ts';

const door = shareSite();
let page: Page;
beforeEach(() => {
  page = door.page;
});

it('a question that no paper clearly answers gets the nearest, and is told so', async () => {
  await search(page, 'predicting the electricity demand of next week');
  await eventually(() => list(page).textContent()).toContain('No paper fits clearly. The nearest:');
  expect(await heading(page)).toBe('No clear match by meaning and words Nearest first');
  expect(await rows(page).count()).toBe(5);
});

it('where few papers fit, the next ones stand below a line and are not counted', async () => {
  await search(page, 'quantum inspired tensors');
  await eventually(() => list(page).textContent()).toContain('Further off');
  const fitting = Number(/^\d+/.exec(await heading(page))?.[0]);
  expect(fitting).toBeGreaterThan(0);
  expect(await rows(page).count()).toBeGreaterThan(fitting);
  expect(await rows(page).count()).toBeLessThanOrEqual(5);
  const below = await rows(page).evaluateAll((all) => all.map((row) => row.classList.contains('below')));
  expect(below).toEqual(below.map((_, at) => at >= fitting));
});

it('a word that is no word gets no paper as an answer', async () => {
  await search(page, 'zzqy blorf');
  expect(await heading(page)).toContain('No clear match');
  expect(await list(page).textContent()).toMatch(/No paper fits/);
});

it('a paper can be removed, and brought back', async () => {
  await search(page, 'tiny language models');
  await rows(page).first().click();
  const title = await openTitle(page).textContent();
  await page.getByRole('button', { name: 'Remove' }).click();
  await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED - 1));
  await eventually(() => list(page).textContent()).not.toContain(title as string);
  await page.getByRole('button', { name: 'Undo' }).click();
  await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED));
  await eventually(() => list(page).textContent()).toContain(title as string);
});
