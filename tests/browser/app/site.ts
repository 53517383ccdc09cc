/** What the tests of the built site share: the site itself, and its parts as a person would name them. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ModelContract } from '../../../src/engine/contract.ts';
import { QUICK_MODEL, SITE_MODEL } from '../../../src/engine/origin.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { type Host, type HostOptions, PATIENCE_MS, serve } from '../harness.ts';

/** Papers of the list that the site ships with. */
export const SHIPPED = 47;

/** @throws when the site has not been built. */
export function findSite(): string {
  const directory = resolve('dist');
  if (existsSync(join(directory, 'index.html')) && existsSync(join(directory, 'sw.js'))) return directory;
  throw new Error('There is no built site in dist/: run `npm run build` before these tests.');
}

export function serveSite(options: HostOptions = {}): Promise<Host> {
  return serve(findSite(), options);
}

function readSite(path: string): string {
  return readFileSync(join(findSite(), path), 'utf8');
}

/** The shipped list, newest first. */
export function shippedPapers(): Paper[] {
  return (JSON.parse(readSite('papers.json')) as { papers: Paper[] }).papers;
}

/** The contract of the model that readers search with, and where its folder stands in the site. */
export const siteModel = (): ModelOfSite => readModel(SITE_MODEL);
/** Of the one that answers first. */
export const quickModel = (): ModelOfSite => readModel(QUICK_MODEL);

export interface ModelOfSite extends ModelContract {
  readonly folder: string;
}

function readModel(id: string): ModelOfSite {
  const folder = `models/${id}/`;
  return { ...(JSON.parse(readSite(`${folder}sheaf.json`)) as ModelContract), folder };
}

/** Polls until an assertion holds. */
export function eventually<T>(read: () => Promise<T> | T, timeout = PATIENCE_MS) {
  return expect.poll(read, { timeout, interval: 50 });
}

export const field = (page: Page): Locator => page.getByRole('searchbox');
export const list = (page: Page): Locator => page.getByRole('main', { name: 'Papers' });
/** Rows that are drawn: the list is virtual, so these are those in sight and a few more. */
export const rows = (page: Page): Locator => list(page).locator('[data-paper]');
export const row = (page: Page, title: string | RegExp): Locator => rows(page).filter({ hasText: title });
/** The sidebar, which on a phone is a drawer that is mostly closed. */
export const places = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'Places', includeHidden: true });
/** A place of the sidebar by its whole name; its count, where it has one, stands behind. */
export const place = (page: Page, name: string): Locator =>
  places(page).getByRole('link', { name: new RegExp(`^${literal(name)}\\s*[\\d,]*$`), includeHidden: true });
/** The open paper, or the page in its place. */
export const openTitle = (page: Page): Locator => page.getByRole('heading', { level: 1 });

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const oneLine = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();

/** `3 papers by meaning and words Best match first`: of the control for the order what is chosen. */
export async function heading(page: Page): Promise<string> {
  const parts = await list(page)
    .locator('.heading > [role=status], .heading .end')
    .evaluateAll((elements) =>
      elements.map((part) => part.querySelector('select')?.selectedOptions[0]?.text ?? part.textContent),
    );
  return oneLine(parts.join(' '));
}

/** What stands at the foot of the sidebar, drawn or not: on a phone it lies in the drawer. */
export async function status(page: Page): Promise<string> {
  return oneLine(await page.locator('.status').textContent());
}

/** Until the quick model or a better one has read every paper. */
export const waitForQuick = (page: Page) =>
  eventually(() => status(page)).toContain('Search by meaning is on');
/** Until the better model answers, or the one that the reader chose: nothing moves any more. */
export const waitForMeaning = (page: Page) =>
  eventually(() => status(page)).toMatch(/Search by meaning is on.* answers\./);
export const waitForOffline = (page: Page) => eventually(() => status(page)).toContain('Works offline.');

/** Opens the site and waits for its list, by default the shipped one. */
export async function visit(page: Page, url: string, papers = SHIPPED): Promise<void> {
  await page.goto(url);
  await eventually(() => place(page, 'All papers').textContent()).toMatch(
    new RegExp(`All papers\\s*${papers.toLocaleString('en')}$`),
  );
}

/** Types a query over the old one and waits until its answer is there. */
export async function search(page: Page, query: string, how = 'by meaning and words'): Promise<void> {
  await field(page).fill(query);
  await eventually(() => field(page).getAttribute('aria-busy')).toBe('false');
  await eventually(() => heading(page)).toContain(how);
}

/** Ids of the drawn rows. */
export function drawn(page: Page): Promise<string[]> {
  return rows(page).evaluateAll((elements) => elements.map((element) => element.dataset.paper ?? ''));
}

/** Ids of all rows and, where there is a line, of those above it: scrolls through the whole list. */
export function wholeList(page: Page): Promise<{ ids: string[]; above: string[]; line?: string }> {
  return page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const ids = new Set<string>();
    const above = new Set<string>();
    let line: string | undefined;
    const scroller = document.querySelector('.scroller');
    if (!scroller) return { ids: [], above: [] };
    scroller.scrollTop = 0;
    for (;;) {
      await frame();
      await frame();
      for (const element of scroller.querySelectorAll<HTMLElement>('[data-paper], .line')) {
        const id = element.dataset.paper;
        if (id === undefined) line = element.textContent ?? '';
        else {
          ids.add(id);
          if (!element.classList.contains('below')) above.add(id);
        }
      }
      const before = scroller.scrollTop;
      scroller.scrollTop += scroller.clientHeight * 0.8;
      if (scroller.scrollTop === before) break;
    }
    scroller.scrollTop = 0;
    return { ids: [...ids], above: [...above], ...(line ? { line } : {}) };
  });
}

/** Pastes a list into the page for it and presses the button. */
export async function addPapers(page: Page, text: string): Promise<void> {
  await place(page, 'Add papers').click();
  await page.getByLabel('The text of a list of papers').fill(text);
  await page.getByRole('button', { name: 'Add these papers' }).click();
}

/** Papers embedded since the page was opened, as the page on the model tells. */
export async function countEmbedded(page: Page): Promise<number> {
  const before = page.url();
  await place(page, 'Model').click();
  const told = page.locator('[data-embedded]');
  const count = Number(await told.getAttribute('data-embedded'));
  await page.evaluate((url) => location.replace(url), before);
  // Without a `#` the address is loaded anew, and a step after this would meet that load half way.
  await page.waitForURL(before);
  return count;
}

/** The groups that were found, with the number of papers that each says it has. */
export async function readGroups(page: Page): Promise<{ name: string; size: number }[]> {
  const groups = places(page).getByRole('list', { name: 'Found groups' }).getByRole('link');
  await eventually(() => groups.count()).toBeGreaterThan(1);
  return groups.evaluateAll((links) =>
    links.map((link) => ({
      name: link.querySelector('.name')?.textContent ?? '',
      size: Number(link.querySelector('.number')?.textContent),
    })),
  );
}

/** Reads until the answer has stayed the same for some 20 frames, or as many readings, where one takes long. */
export async function settled<T>(page: Page, read: () => Promise<T>, readings = 20): Promise<T> {
  let last = JSON.stringify(await read());
  for (let same = 0; same < readings; same++) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const now = JSON.stringify(await read());
    if (now !== last) same = 0;
    last = now;
  }
  return JSON.parse(last) as T;
}

/** A setting as it is on disk; a page may show it a moment before. */
export function settingOf(page: Page, key: string): Promise<unknown> {
  return page.evaluate(
    (name) =>
      new Promise<unknown>((resolve) => {
        const opening = indexedDB.open('sheaf-library');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('settings').objectStore('settings').get(name);
          reading.onsuccess = () => {
            resolve(reading.result?.value);
            opening.result.close();
          };
        };
      }),
    key,
  );
}
