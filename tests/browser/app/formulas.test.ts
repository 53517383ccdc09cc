import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Host, launch, listen, type Troubles } from '../harness.ts';
import { addPapers, eventually, openTitle, row, SHIPPED, serveSite, settingOf, visit } from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;
let troubles: Troubles;

const PAPERS = [
  {
    title: 'Bounds of $O(n \\log n)$ at $5 to $10',
    abstract:
      'We show that \\(\\sum_{i=1}^{n} \\frac{x_i}{2}\\) holds. Tricks: $\\href{javascript:alert(1)}{x}$, $\\htmlClass{app}{y}$, $\\def\\a{\\a\\a}\\a$, $\\rule{9999em}{9999em}$, $\\unknown{z}$.',
    date: '2026-03-12',
  },
  { title: 'نموذج لغوي صغير 2.0', abstract: 'نقدم نموذجا مع BERT.', date: '2026-03-11' },
  { title: 'A plain title', abstract: 'Costs $5 to $10.', date: '2026-03-13' },
];

beforeEach(async () => {
  context = await launch();
  troubles = listen(context);
  host = await serveSite();
  page = await context.newPage();
  await visit(page, host.url);
  await addPapers(page, JSON.stringify({ papers: PAPERS }));
  await page.goto(`${host.url}#/?q=sort:newest`);
});
afterEach(async () => {
  await context.close();
  await host.close();
});

it('formulas are set where there are any, and tricks in them do nothing', async () => {
  await row(page, 'A plain title').click();
  await eventually(() => page.locator('.abstract').textContent()).toBe('Costs 5 to 10.');
  const katex = () => host.requests.filter(({ path }) => path.includes('setFormula')).length;
  expect(katex()).toBe(0);
  await row(page, 'Bounds of').click();
  await eventually(() => page.locator('.paper h1 math').count()).toBe(1);
  expect(katex()).toBe(1);
  expect(await page.locator('.paper h1 math msup, .paper h1 math mi').count()).toBeGreaterThan(1);
  await eventually(() => page.locator('.abstract math mfrac').count()).toBe(1);
  const abstract = page.locator('.abstract');
  expect(await abstract.locator('a, [href], [class*="app"]').count()).toBe(0);
  expect(await abstract.textContent()).toContain('$\\def\\a{\\a\\a}\\a$');
  expect(await abstract.textContent()).toContain('$\\unknown{z}$');
  expect(await abstract.textContent()).toContain('$\\href{javascript:alert(1)}{x}$');
  expect(await abstract.evaluate((element) => element.scrollHeight)).toBeLessThan(3_000);
  // The row says it in words.
  expect(await row(page, 'Bounds of').getByRole('heading').textContent()).toBe(
    'Bounds of O(n log n) at 5 to 10',
  );
  expect([...troubles.violations, ...troubles.errors]).toEqual([]);
});

it('right-to-left text stands on its side, sizes are kept, and paper and list can be printed', async () => {
  await row(page, 'نموذج').click();
  await eventually(() => openTitle(page).textContent()).toBe('نموذج لغوي صغير 2.0');
  const direction = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).direction);
  expect([await direction('.paper h1'), await direction('.abstract')]).toEqual(['rtl', 'rtl']);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.paper-bar, .mark-buttons, .sidebar').filter({ visible: true }).count()).toBe(0);
  expect(await openTitle(page).isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });

  await page.goto(`${host.url}#/?page=about`);
  await page.getByRole('button', { name: 'Larger text' }).click();
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  await eventually(size).toBe('18px');
  await eventually(() => settingOf(page, 'text-size')).toBeTypeOf('number');
  await page.reload();
  await eventually(size).toBe('18px');

  await page.goto(`${host.url}#/`);
  // What makes the printed list is in the code that comes after the first list: said again until it hears it.
  await eventually(async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    return page.locator('.printed li').count();
  }).toBe(SHIPPED + PAPERS.length);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await eventually(() => page.locator('.printed').count()).toBe(0);
});
