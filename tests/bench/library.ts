/** What 10,000 papers cost: each part by itself, and the site as a reader meets it. */
import type { JSHandle, Page } from 'playwright-core';
import type { Paper } from '../../src/paper/paper.ts';
import { type Host, launch } from '../browser/harness.ts';
import type { LibraryPage } from './pages/library.ts';
import { formatCount, formatTime, median, quantile, type Section } from './table.ts';
import { pickQueries } from './texts.ts';
import { installWatch, SAYS, type Watched } from './watch.ts';

export const PAPERS = 10_000;
const QUERIES = 20;
/** A slow model is stopped here, and the rest reckoned from what is done. */
const EMBED_LIMIT_MS = 45_000;
/** The better model reads 10,000 papers in a minute or two. */
const WAIT_LIMIT_MS = 240_000;

export interface PartTimes {
  readonly papers: number;
  readonly add: number;
  readonly index: number;
  readonly embed: { readonly milliseconds: number; readonly done: number };
  readonly keyword: readonly number[];
  readonly hybrid: readonly number[];
  /** Which ranking answered the hybrid queries. */
  readonly modes: readonly (string | undefined)[];
}

/** The store, the engine and the ranker on a bare page: nothing is drawn. */
export async function measureParts(host: Host, model: string, papers: readonly Paper[]): Promise<PartTimes> {
  const context = await launch();
  try {
    const page = await context.newPage();
    await page.goto(`${host.url}parts.html`);
    const handle = await page.waitForFunction(
      () => (globalThis as unknown as { library?: LibraryPage }).library,
    );
    const library = handle as JSHandle<LibraryPage>;
    await library.evaluate((part, given) => part.open(given.model, given.papers), {
      model,
      papers: papers as Paper[],
    });
    const add = await library.evaluate((part) => part.add());
    const index = await library.evaluate((part) => part.index());
    const queries = pickQueries(papers, QUERIES, 3);
    const ask = (mode: 'keyword' | 'hybrid') =>
      library.evaluate((part, given) => part.search(given.queries, given.mode), { queries, mode });
    const { times: keyword } = await ask('keyword');
    const embed = await library.evaluate((part, limit) => part.embed(limit), EMBED_LIMIT_MS);
    const { times: hybrid, modes } = await ask('hybrid');
    return { papers: papers.length, add, index, embed, keyword, hybrid, modes };
  } finally {
    await context.close();
  }
}

export function tabulateParts(columns: readonly [name: string, times: PartTimes][], note?: string): Section {
  const row = (label: string, cell: (times: PartTimes) => string): [string, ...string[]] => [
    label,
    ...columns.map(([, times]) => cell(times)),
  ];
  const partly = columns.some(([, { embed, papers }]) => embed.done < papers);
  return {
    title: `${formatCount(PAPERS)} papers: the parts, one thread, nothing drawn`,
    columns: columns.map(([name]) => name),
    rows: [
      row('add to the store', ({ add }) => formatTime(add)),
      row('index the words', ({ index }) => formatTime(index)),
      row('embed all, keep and rank', ({ embed, papers }) =>
        formatTime((embed.milliseconds * papers) / embed.done),
      ),
      row('  texts a second', ({ embed }) => formatCount((embed.done / embed.milliseconds) * 1000)),
      row(`query by words, median of ${QUERIES}`, ({ keyword }) => formatTime(median(keyword))),
      row('  the slowest', ({ keyword }) => formatTime(Math.max(...keyword))),
      row(`query by meaning and words, median of ${QUERIES}`, ({ hybrid }) => formatTime(median(hybrid))),
      row('  the slowest', ({ hybrid }) => formatTime(Math.max(...hybrid))),
    ],
    notes: [
      ...(partly ? [`Stopped after ${formatTime(EMBED_LIMIT_MS)}: the time for all is reckoned.`] : []),
      ...(note ? [note] : []),
    ],
  };
}

/** Milliseconds; undefined where something did not come in time. */
export interface SiteTimes {
  readonly added: number | undefined;
  readonly meaning: number | undefined;
  readonly groups: number | undefined;
  readonly firstRows: readonly (number | undefined)[];
  readonly joined: readonly (number | undefined)[];
  /** Between frames while the list is scrolled. */
  readonly frames: readonly number[];
}

/** The built site with a list put through its file field. */
export async function measureSite(host: Host, list: string, papers: readonly Paper[]): Promise<SiteTimes> {
  const context = await launch();
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript({ content: `(${installWatch})();` });
    await page.goto(`${host.url}#/?page=add`);
    await page.evaluate(
      (words) => (globalThis as Watched).watch.until(() => (globalThis as Watched).watch.isAt(words)),
      SAYS.betterAnswers,
    );
    const { added, meaning, groups } = await addList(page, list);
    await page.evaluate(() => {
      location.hash = '#/';
    });
    const frames = await page.evaluate(scrollList, FRAMES);
    const firstRows: (number | undefined)[] = [];
    const joined: (number | undefined)[] = [];
    for (const query of pickQueries(papers, QUERIES, 4)) {
      const answer = await page.evaluate(askSite, { query, says: SAYS, limit: QUERY_LIMIT_MS });
      firstRows.push(answer.rows);
      joined.push(answer.joined);
    }
    return { added, meaning, groups, firstRows, joined, frames };
  } finally {
    await context.close();
  }
}

/** From the moment that the file is chosen. */
async function addList(page: Page, list: string) {
  const following = page.evaluate(followAdding, { says: SAYS, papers: PAPERS, limit: WAIT_LIMIT_MS });
  const file = { name: 'papers.jsonl', mimeType: 'application/json', buffer: Buffer.from(list) };
  await page.locator('input[type="file"]').first().setInputFiles(file);
  return await following;
}

/** In the page. */
async function followAdding({ says, papers, limit }: { says: typeof SAYS; papers: number; limit: number }) {
  const { watch } = globalThis as Watched;
  const start = await new Promise<number>((resolve) => {
    addEventListener('change', () => resolve(performance.now()), { capture: true, once: true });
  });
  const grouped = () => {
    const counts = document.querySelectorAll('ul[aria-labelledby="groups-heading"] .number');
    const sum = [...counts].reduce(
      (total, { textContent }) => total + Number(textContent?.replace(/,/g, '')),
      0,
    );
    return sum >= papers;
  };
  const report = watch.within(
    limit,
    () => document.body.textContent?.includes(`${papers.toLocaleString('en')} papers added`) === true,
  );
  const groups = watch.within(limit, grouped);
  // On until the new papers are seen, then off, then on again.
  const off = await watch.within(limit, () => !watch.isAt(says.meaningOn));
  const meaning = off === undefined ? undefined : await watch.within(limit, () => watch.isAt(says.meaningOn));
  const since = (time: number | undefined) => (time === undefined ? undefined : time - start);
  return { added: since(await report), meaning: since(meaning), groups: since(await groups) };
}

const QUERY_LIMIT_MS = 10_000;

/** In the page: an empty field first, so that the answer cannot be that of the query before. */
async function askSite(given: { query: string; says: typeof SAYS; limit: number }) {
  const { query, says, limit } = given;
  const { watch } = globalThis as Watched;
  watch.type('');
  await watch.within(limit, () => !watch.says(says.byWords) && !watch.says(says.byBoth) && watch.hasRow());
  const start = performance.now();
  watch.type(query);
  const first = watch.within(limit, () => watch.says(says.byWords) || watch.says(says.byBoth));
  const both = await watch.within(limit, () => watch.says(says.byBoth));
  const rows = await first;
  return {
    rows: rows === undefined ? undefined : rows - start,
    joined: both === undefined ? undefined : both - start,
  };
}

/** A steady fling: 240 pixels a frame are 14,400 a second, about a hundred papers. */
const FRAMES = { count: 300, pixels: 240 };
/** Longer than this a screen of 60 Hz has missed a frame. */
const MISSED_MS = 25;

/** In the page. */
async function scrollList({ count, pixels }: { count: number; pixels: number }): Promise<number[]> {
  const { watch } = globalThis as Watched;
  await watch.until(watch.hasRow);
  const scroller = document.querySelector('.scroller');
  if (!scroller) throw new Error('the list does not scroll');
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const times: number[] = [await frame()];
  for (let at = 0; at < count; at++) {
    scroller.scrollTop += pixels;
    times.push(await frame());
  }
  scroller.scrollTop = 0;
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}

export function tabulateSite({ added, meaning, groups, firstRows, joined, frames }: SiteTimes): Section {
  const missed = frames.filter((time) => time > MISSED_MS).length;
  const middle = (times: readonly (number | undefined)[]) =>
    formatTime(median(times.filter((time) => time !== undefined)));
  return {
    title: `${formatCount(PAPERS)} papers: the site, at a first visit`,
    columns: [''],
    rows: [
      ['file chosen to “added”', formatTime(added)],
      ['file chosen to “Search by meaning is on”', formatTime(meaning)],
      ['file chosen to new groups', formatTime(groups)],
      [`query to first rows, median of ${QUERIES}`, middle(firstRows)],
      [`query to meaning and words, median of ${QUERIES}`, middle(joined)],
      [`scrolling ${FRAMES.count} frames, median frame`, formatTime(median(frames))],
      ['  19 of 20 frames within', formatTime(quantile(frames, 0.95))],
      [`  frames over ${MISSED_MS} ms`, formatCount(missed)],
    ],
  };
}
