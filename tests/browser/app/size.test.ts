import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../src/vector/random.ts';
import { type Host, launch, listen, type Troubles } from '../harness.ts';
import { saveData } from './door.ts';
import {
  countEmbedded,
  drawn,
  eventually,
  field,
  heading,
  list,
  openTitle,
  place,
  places,
  quickModel,
  rows,
  SHIPPED,
  search,
  serveSite,
  status,
  visit,
  waitForMeaning,
} from './site.ts';

const PAPERS = 10_000;
const ALL = PAPERS + SHIPPED;
/** Rows that a virtual list may draw: a few screens. */
const MOST_ROWS = 60;
/** For work on ten thousand papers, on a machine that does other work too. */
const LONG_MS = 120_000;

/** A list in JSON lines from a seeded word mill: the same ten thousand papers each time, none of them real. */
function millList(): string {
  const random = createRandom(10_000);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const syllables = 'ba ce di fo gu la me ni po ru sa te vi wo xu za che sho tri plo'.split(' ');
  const words = Array.from({ length: 3_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
  );
  // Squared, so that some words are in many papers and most in few.
  const word = () => words[Math.floor(random() ** 2 * words.length)] as string;
  const sentence = (length: number) => {
    const text = Array.from({ length }, word).join(' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const lines: string[] = [];
  for (let n = 1; n < PAPERS; n++) {
    const abstract = Array.from({ length: 5 }, () => `${sentence(12)}.`).join(' ');
    const date = `${2000 + (n % 20)}-0${1 + (n % 9)}-11`;
    lines.push(JSON.stringify({ title: `${sentence(7)} ${n}`, abstract, date, authorCount: 1 + (n % 7) }));
  }
  lines.push(JSON.stringify({ title: LAST, abstract: 'Of quokkas, and of nothing else.' }));
  return lines.join('\n');
}

/** Without a date, and last by the alphabet. */
const LAST = 'Zzz, the last paper of all';

let context: BrowserContext;
let troubles: Troubles;
let host: Host;
let page: Page;

beforeAll(async () => {
  host = await serveSite();
  context = await launch();
  troubles = listen(context);
  // With the quick model, so that this is about the size and not about the climb.
  await context.addInitScript(saveData);
  page = await context.newPage();
});
afterAll(async () => {
  await context?.close();
  await host?.close();
});

/** Papers that have a vector on the disk. */
const countKept = () =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('sheaf-derived');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('vectors').objectStore('vectors').getAll();
          reading.onsuccess = () => {
            resolve(new Set(reading.result.flatMap((chunk) => chunk.ids)).size);
            opening.result.close();
          };
        };
      }),
  );

it('ten thousand papers come from a file, and reading them for meaning shows how far it is', {
  timeout: 2 * LONG_MS,
}, async () => {
  await visit(page, host.url);
  await waitForMeaning(page);
  expect(await status(page)).toContain(`${quickModel().name} answers.`);
  await page.evaluate(() => {
    const shown: string[] = [];
    const status = document.querySelector('.status') as HTMLElement;
    const look = () => {
      const text = status.textContent ?? '';
      if (text.includes('Reading for meaning')) shown.push(text);
    };
    new MutationObserver(look).observe(status, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { shown });
  });
  await place(page, 'Add papers').click();
  await page
    .getByLabel('Choose files')
    .setInputFiles({ name: 'mill.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from(millList()) });
  await page.getByRole('button', { name: 'Stop' }).click({ timeout: LONG_MS });
  await eventually(() => status(page)).toContain('Reading stopped');
  expect(await page.getByText('10,000 papers added').count()).toBe(1);
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  expect(shown.length).toBeGreaterThan(0);
  for (const text of shown) {
    expect(text).toMatch(/[\d,]+ of 10,000 papers, [\d,]+ a second, (a moment|\d+ s|\d+ min) left\. Stop/);
  }
});

it('the list stays virtual, to its very end', async () => {
  await page.getByRole('button', { name: 'Show the list' }).click();
  expect(await heading(page)).toBe(`${ALL.toLocaleString('en')} papers Newest first`);
  expect(await rows(page).count()).toBeLessThan(MOST_ROWS);
  const scroller = page.locator('.scroller');
  let most = 0;
  await eventually(async () => {
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    most = Math.max(most, await rows(page).count());
    return (await rows(page).last().getByRole('heading').textContent()) ?? '';
  }).toBe(LAST);
  expect(most).toBeLessThan(MOST_ROWS);
  expect(most).toBeGreaterThan(0);
  await rows(page).last().click();
  await eventually(() => openTitle(page).textContent()).toBe(LAST);
  await page.goBack();
});

it('what was stopped goes on with what is left', { timeout: 2 * LONG_MS }, async () => {
  const read = /Reading stopped([\d,]+) of 10,000 papers read/.exec(await status(page));
  const done = Number(read?.[1]?.replace(/,/g, ''));
  expect(done).toBeLessThan(PAPERS);
  // The last batch may still be on its way to the disk.
  await eventually(countKept).toBe(await countEmbedded(page));
  const kept = await countKept();
  expect(kept - SHIPPED).toBeGreaterThanOrEqual(done);

  await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown.splice(0));
  await places(page).getByRole('button', { name: 'Go on' }).click();
  await eventually(() => status(page), LONG_MS).toContain('Search by meaning is on');
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  const totals = shown.map((text) => /of ([\d,]+) papers?,/.exec(text)?.[1]?.replace(/,/g, ''));
  expect(new Set(totals)).toEqual(new Set([String(ALL - kept)]));
  expect(await countEmbedded(page)).toBe(ALL);
  await eventually(countKept).toBe(ALL);
});

it('search answers, by words and by meaning', { timeout: 2 * LONG_MS }, async () => {
  await field(page).fill('quokkas and nothing else');
  await eventually(() => heading(page), LONG_MS).toContain('by meaning and words');
  await eventually(async () => (await drawn(page))[0], LONG_MS).toBe('title:zzzthelastpaperofall');
  expect(await rows(page).first().getByRole('img').getAttribute('aria-label')).toMatch(
    /^number 1 by meaning, number 1 by words$/,
  );
  await search(page, 'gaussian splatting');
  await eventually(() => list(page).textContent()).toContain('NeuralGS');
  expect(await rows(page).count()).toBeLessThan(MOST_ROWS);
});

it('a later visit embeds none of them again', { timeout: 2 * LONG_MS }, async () => {
  await page.close();
  page = await context.newPage();
  await page.goto(host.url);
  await eventually(() => heading(page), LONG_MS).toBe(`${ALL.toLocaleString('en')} papers Newest first`);
  await eventually(() => status(page), LONG_MS).toContain('Search by meaning is on');
  expect(await countEmbedded(page)).toBe(0);
  expect(troubles.errors).toEqual([]);
  expect(troubles.violations).toEqual([]);
});
