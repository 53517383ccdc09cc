import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closePage, type Host, launch, listen } from '../harness.ts';
import { addPapers, eventually, heading, openTitle, place, serveSite, visit } from './site.ts';

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

const HOSTILE = '<img src=x onerror=alert(1)> Gaussian splatting [of](javascript:alert(1)) fields';
const button = (name: string) => page.getByRole('button', { name, exact: true });
const sections = () => page.locator('.digest section:not(.tell) h2').allTextContents();
const saved = async (name: string) => {
  const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
};

it('a digest is of a time and of the topics followed, and goes out as a file or a letter', async () => {
  const troubles = listen(context);
  await visit(page, host.url);
  await addPapers(
    page,
    JSON.stringify({
      listed: '2026-03-17',
      papers: [{ title: HOSTILE, abstract: '3D Gaussian splatting of radiance fields.', upvotes: 9 }],
    }),
  );
  await place(page, 'Digest').click();
  await eventually(() => openTitle(page).textContent()).toBe('Digest');
  await eventually(() => page.locator('.digest-time').textContent()).toBe('Week 12, 16 to 22 March 2026');
  await eventually(sections).toEqual([' Compact models', ' MLPs', ' 3DGS']);
  await eventually(() =>
    page.locator('.digest section', { hasText: '3DGS' }).getByRole('link').allTextContents(),
  ).toEqual([HOSTILE]);

  const html = await saved('Save as HTML');
  expect(html.name).toMatch(/^sheaf-digest-\d{4}-\d\d-\d\d\.html$/);
  expect(html.text).toContain('Papers by topic: Week 12, 16 to 22 March 2026');
  expect(html.text).toContain('&lt;img src=x onerror=alert(1)&gt; Gaussian');
  expect(html.text).not.toContain('<img');
  const markdown = await saved('Save as Markdown');
  expect(markdown.text).toContain('## 3DGS');
  expect(markdown.text).toContain('\\[of\\](javascript');
  const letter = await page.getByRole('link', { name: 'Write a mail' }).getAttribute('href');
  expect(new URLSearchParams(letter?.slice('mailto:?'.length)).get('body')).toContain('Gaussian splatting');

  // What is opened in a browser of its own runs nothing.
  const file = await context.newPage();
  await file.setContent(html.text);
  expect(await file.getByRole('heading', { level: 3 }).allTextContents()).toEqual([HOSTILE]);
  await closePage(file);

  await page.getByRole('checkbox', { name: '3DGS' }).uncheck();
  await eventually(sections).toEqual([' Compact models', ' MLPs']);
  await page.reload();
  await eventually(sections).toEqual([' Compact models', ' MLPs']);
  await page.getByLabel('Dated from').fill('2026-01-01');
  await eventually(() => heading(page)).toMatch(/^[1-9]\d* papers? Newest first$/);
  expect(new URL(page.url()).hash).toContain('q=after%3A2026-01-01');
  await page.goto(`${host.url}#/day/2026-03-10?page=digest`);
  await eventually(() => page.locator('.digest-time').textContent()).toBe('Tuesday 10 March 2026');
  await page.locator('.digest .rest').first().click();
  await eventually(() => heading(page)).toMatch(/^[1-9]\d* papers? Newest first$/);
  expect(troubles.errors).toEqual([]);
  expect(troubles.violations).toEqual([]);
});

it('a reader who asks is told, once, of papers that came while the page was out of sight', async () => {
  await context.grantPermissions(['notifications']);
  // What is shown can be read only here; it is shown all the same.
  await page.addInitScript(() => {
    const Real = Notification;
    const shown: string[] = [];
    Object.assign(window, { shown });
    window.Notification = new Proxy(Real, {
      construct(target, [title, options]) {
        shown.push(`${title}: ${options.body}`);
        return new target(title, options);
      },
    });
  });
  await visit(page, `${host.url}#/?page=digest`);
  await button('Tell me about new papers').click();
  await eventually(() => button('Stop telling me').count()).toBe(1);
  // Tabs of a browser without a screen are all in sight.
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  const other = await context.newPage();
  await visit(other, host.url);
  await addPapers(
    other,
    JSON.stringify([
      {
        title: 'Gaussian splatting of radiance fields, rendered fast',
        abstract: '3D Gaussian splatting of scenes, compressed.',
      },
      { title: 'The migration of storks', abstract: 'Birds over the Bosporus.' },
    ]),
  );
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  await eventually(shown).toEqual(['2 papers new in Sheaf: 3DGS 1']);
  await closePage(other);
  await button('Stop telling me').click();
  await eventually(() => button('Tell me about new papers').count()).toBe(1);
});
