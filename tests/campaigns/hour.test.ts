/** An hour of use in one tab that is never reloaded: what it takes of memory after ten minutes is what it takes at the end. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addPapers,
  eventually,
  field,
  place,
  places,
  rows,
  SHIPPED,
  search,
  serveSite,
  shippedPapers,
  visit,
  waitForMeaning,
} from '../browser/app/site.ts';
import { type Host, launch } from '../browser/harness.ts';
import { chanceOf, LONG, tell } from './campaign.ts';

/** SHEAF_MINUTES shortens a try of this file; the promise is of an hour. */
const MINUTES = Number(process.env.SHEAF_MINUTES ?? 60);
/** The first of these are no measure: caches fill, code is compiled. */
const SETTLING = MINUTES / 6;
/** May grow by so much from then on. */
const MOST = 1.05;
/** Only there can the memory of a browser's processes be read. */
const canMeasure = existsSync('/proc/self/smaps_rollup');

let context: BrowserContext;
let host: Host;
let page: Page;
let protocol: CDPSession;

beforeAll(async () => {
  context = await launch({ viewport: { width: 1440, height: 900 }, args: ['--js-flags=--expose-gc'] });
  host = await serveSite();
  page = await context.newPage();
  protocol = await context.newCDPSession(page);
  await protocol.send('Performance.enable');
});
afterAll(async () => {
  await context?.close();
  await host?.close();
});

interface Taken {
  readonly minute: number;
  /** Of all processes that draw and think for the site, mebibytes. */
  readonly mib: number;
  /** Of the page alone: those that hang nowhere any more and are still held. */
  readonly nodes: number;
  readonly listeners: number;
  readonly heapMib: number;
}

/** Processes of this browser that run pages and workers, by the folder of its profile in their command lines. */
function renderers(): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found ? [{ id: Number(found[1]), parent: Number(found[2]), args: found[3] ?? '' }] : [],
    );
  const parents = new Map(lines.map(({ id, parent }) => [id, parent]));
  const isOurs = (id: number): boolean => id > 1 && (id === process.pid || isOurs(parents.get(id) ?? 0));
  return lines.filter(({ id, args }) => args.includes('--type=renderer') && isOurs(id)).map(({ id }) => id);
}

/** What belongs to no other process, kibibytes. */
function privateKib(id: number): number {
  try {
    const told = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    return [...told.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kib]) => sum + Number(kib), 0);
  } catch {
    return 0;
  }
}

async function measure(start: number): Promise<Taken> {
  const collect = () => (globalThis as unknown as { gc?: () => void }).gc?.();
  // Twice: what a finalizer lets go of is freed by the next.
  for (let twice = 0; twice < 2; twice++) {
    await Promise.all([page.evaluate(collect), ...page.workers().map((worker) => worker.evaluate(collect))]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { metrics } = await protocol.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const attached = await page.evaluate(() => {
    let count = 1;
    for (const walker = document.createTreeWalker(document); walker.nextNode(); ) count++;
    return count;
  });
  return {
    minute: (Date.now() - start) / 60_000,
    mib: renderers().reduce((sum, id) => sum + privateKib(id), 0) / 1024,
    nodes: metric('Nodes') - attached,
    listeners: metric('JSEventListeners'),
    heapMib: metric('JSHeapUsedSize') / 2 ** 20,
  };
}

const QUESTIONS = ['gaussian splatting', 'small language models', 'time series', 'robots that learn', 'mlp'];
const PAGES = ['By date', 'Digest', 'Model', 'Export'];

/** Papers of our own, the same at each turn: what comes again is known. */
const OURS = JSON.stringify(
  Array.from({ length: 200 }, (_, at) => ({
    title: `Paper ${at} on ${QUESTIONS[at % QUESTIONS.length]}`,
    abstract: `The ${at}th of two hundred, about ${QUESTIONS[(at * 3) % QUESTIONS.length]} and what follows from it.`,
    date: '2026-03-09',
  })),
);

/** Half a minute of a reader's. */
async function useIt(chance: () => number): Promise<void> {
  const one = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;
  const titles = shippedPapers().map(({ title }) => title);
  const press = async (keys: string) => {
    for (const key of keys.split(' ')) await page.keyboard.press(key);
  };
  for (const question of [one(QUESTIONS), one(titles), `${one(QUESTIONS)} ${Math.floor(chance() * 1_000)}`]) {
    await search(page, question);
    // Read, starred and unstarred, kept for later and not, marked as read and not.
    await press('ArrowDown ArrowDown Enter Escape ArrowDown s s l l m m');
  }
  await field(page).fill('');
  await rows(page).first().click();
  await page.getByRole('main', { name: 'Papers' }).locator('.scroller').hover();
  for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, turn < 5 ? 900 : -900);
  await place(page, 'Map').click();
  const map = page.getByRole('application', { name: /^Map of/ });
  await map.hover();
  await page.mouse.wheel(0, -300);
  await page.mouse.down();
  await page.mouse.move(700, 500, { steps: 10 });
  await page.mouse.up();
  await page.mouse.wheel(0, 300);
  for (const name of PAGES) await place(page, name).click();
  for (const kind of ['Found groups', 'Topics'])
    await one(await places(page).getByRole('list', { name: kind }).getByRole('link').all()).click();
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await press('Control+k');
  await palette.waitFor();
  await page.keyboard.type(one(titles).slice(0, 12));
  await press('Escape');
  await palette.waitFor({ state: 'detached' });
  if (chance() < 0.2) await addPapers(page, OURS);
  await place(page, 'All papers').click();
  await field(page).fill('');
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

it.runIf(LONG && canMeasure)('takes no more memory at the end than after ten minutes', async () => {
  const chance = chanceOf('hour');
  await visit(page, host.url);
  await waitForMeaning(page);
  await addPapers(page, OURS);
  await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED + 200));
  await waitForMeaning(page);
  const start = Date.now();
  const taken: Taken[] = [];
  let turns = 0;
  for (; Date.now() - start < MINUTES * 60_000; turns++) {
    await useIt(chance);
    if (turns % 2 === 1) taken.push(await measure(start));
  }
  const between = (from: number, to: number) => taken.filter(({ minute }) => minute >= from && minute < to);
  const early = between(SETTLING, SETTLING * 2);
  const late = between(MINUTES - SETTLING, MINUTES + SETTLING);
  const growth = (of: keyof Taken) =>
    middle(late.map((one) => one[of])) / middle(early.map((one) => one[of]));
  const parts = (['mib', 'heapMib', 'nodes', 'listeners'] as const).map((of) => [
    of,
    `${middle(early.map((one) => one[of])).toFixed(1)} to ${middle(late.map((one) => one[of])).toFixed(1)}`,
  ]);
  tell('hour', { minutes: MINUTES, turns, measured: taken.length, ...Object.fromEntries(parts) });
  expect(early.length).toBeGreaterThan(2);
  expect(late.length).toBeGreaterThan(2);
  expect(growth('mib')).toBeLessThanOrEqual(MOST);
  expect(growth('heapMib')).toBeLessThanOrEqual(MOST);
  expect(growth('listeners')).toBeLessThanOrEqual(MOST);
});
