/** What a hundred thousand papers cost in a browser: the words, the scan, whole questions, the memory. */
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from 'playwright-core';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { type Host, launch } from '../browser/harness.ts';
import { type Asked, mixedQuestions, vectorsOf } from './corpus.ts';
import type { HundredPage } from './pages/hundred.ts';
import { formatBytes, formatCount, formatTime, median, quantile, type Section } from './table.ts';

export const HUNDRED = 100_000;
const QUESTIONS = 200;
const SCANS = 40;
const FAR_BYTES = 2 ** 28;

type Times = Awaited<ReturnType<HundredPage['ask']>>;

export interface HundredTimes {
  readonly papers: number;
  readonly index: Awaited<ReturnType<HundredPage['index']>>;
  readonly load: Awaited<ReturnType<HundredPage['load']>>;
  readonly scan: Awaited<ReturnType<HundredPage['scan']>>;
  readonly asked: readonly Asked[];
  readonly answers: Times;
  readonly words: readonly number[];
  /** Bytes of page and workers. */
  readonly memory: number;
}

/** @param directory that the host serves; isolated, since only so a browser tells memory. */
export async function measureHundred(
  host: Host,
  directory: string,
  papers: readonly Paper[],
): Promise<HundredTimes> {
  const { path } = await vectorsOf(QUICK_MODEL, papers);
  writeFileSync(join(directory, 'hundred-papers.json'), JSON.stringify(papers));
  symlinkSync(path, join(directory, 'hundred-vectors.bin'));
  const asked = mixedQuestions(papers, QUESTIONS, 47);
  const texts = asked.map(({ text }) => text);
  const context = await launch();
  const open = async (): Promise<[Page, JSHandle<HundredPage>]> => {
    const page = await context.newPage();
    await page.goto(`${host.url}hundred.html`);
    const handle = await page.waitForFunction(
      () => (globalThis as unknown as { hundred?: HundredPage }).hundred,
    );
    const hundred = handle as JSHandle<HundredPage>;
    await hundred.evaluate((part, model) => part.open(model), QUICK_MODEL);
    return [page, hundred];
  };
  try {
    const [first, making] = await open();
    const index = await making.evaluate((part) => part.index());
    const scan = await making.evaluate((part, rounds) => part.scan(rounds), SCANS);
    await first.close();
    const [, part] = await open();
    const load = await part.evaluate((page) => page.load());
    // Once, so that the browser's better compiler has seen each way.
    await part.evaluate((page, given) => page.ask(given), texts.slice(0, 30));
    const answers = await part.evaluate((page, given) => page.ask(given), texts);
    const words = await part.evaluate((page, given) => page.askWords(given), texts);
    const memory = await part.evaluate((page) => page.memory());
    return { papers: papers.length, index, load, scan, asked, answers, words, memory };
  } finally {
    await context.close();
  }
}

export function tabulateHundred(times: HundredTimes): Section {
  const { papers, index, load, scan, asked, answers, words, memory } = times;
  const total = answers.map(({ embed, rank, explain }) => embed + rank + explain);
  const middle = (list: readonly number[]) => formatTime(median(list));
  const slow = (list: readonly number[]) => formatTime(quantile(list, 0.95));
  const row = (label: string, list: readonly number[]): [string, ...string[]] => [
    label,
    middle(list),
    slow(list),
  ];
  const typed = words.filter((_, at) => asked[at]?.kind === 'half a word');
  const { read = Number.NaN, far = Number.NaN, peer = Number.NaN, ...kernels } = scan.times;
  const bandwidth = FAR_BYTES / far;
  const speed = (milliseconds: number) => `${(scan.bytes / milliseconds / 1e6).toFixed(1)} GB/s`;
  return {
    title: `${formatCount(papers)} real papers, quick model`,
    columns: ['median', '95 of 100'],
    rows: [
      row(`a whole question, of ${answers.length}`, total),
      row(
        '  embed',
        answers.map(({ embed }) => embed),
      ),
      row(
        '  rank: words, two scans, join, order; sent to the page',
        answers.map(({ rank }) => rank),
      ),
      row(
        '  explain the first ten',
        answers.map(({ explain }) => explain),
      ),
      row('by words alone', words),
      row('  of half a word', typed),
      ['words indexed in the worker', formatTime(index.build)],
      [`  kept (${formatBytes(index.bytes)})`, formatTime(index.keep)],
      ['  read again and loaded', formatTime(load.load)],
      ['  papers sent to it', formatTime(load.papers)],
      ['vectors made bytes', formatTime(load.vectors)],
      ...Object.entries(kernels).map(([name, time]): [string, ...string[]] => [
        `scan, ${name}`,
        formatTime(time),
        `${speed(time)}, ${((100 * scan.bytes) / time / bandwidth).toFixed(0)} % of memory's`,
      ]),
      ['a mere read of the same bytes', formatTime(read), speed(read)],
      ['  of 268 MB, which no cache holds', formatTime(far), `${(bandwidth / 1e6).toFixed(1)} GB/s`],
      [
        "SemanticFinder's loop",
        formatTime(peer),
        `${(peer / Math.min(...Object.values(kernels))).toFixed(0)} times the best scan`,
      ],
      ['memory of page and workers', formatBytes(memory)],
    ],
    notes: [
      'Explained: the words, their places in title and abstract, both ranks. Scans: the least of 40, in one thread.',
    ],
  };
}
