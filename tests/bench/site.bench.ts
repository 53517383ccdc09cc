/**
 * Measures the built site on this machine and prints one table; see `npm run bench`.
 * Nothing here is held to a time: machines differ. What is asserted is that the measured thing happened.
 *
 * `SHEAF_CORPORA=FOLDER` measures real papers too, from the folder's papers-*.jsonl.gz: 2,000 beside other runtimes,
 * 10,000, and 100,000. One of them alone: `npm run bench -- -t "mixed length"`, `-t "topics, groups and map"`.
 */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUICK_MODEL, SITE_MODEL } from '../../src/engine/origin.ts';
import { embeddedText } from '../../src/paper/text.ts';
import { type Host, serve } from '../browser/harness.ts';
import type { BuiltPages } from '../browser/pages/build.ts';
import { tabulateBytes } from './bytes.ts';
import { readPapersOf } from './corpus.ts';
import { type EmbeddingSpeed, MIXED_TEXTS, measureEmbedding, tabulateEmbedding } from './embedding.ts';
import { measureFrames } from './frames.ts';
import { HUNDRED, measureHundred, tabulateHundred } from './hundred.ts';
import { type KeptTable, LAST_RUN, measureYardstick } from './kept.ts';
import { measureParts, measureSite, PAPERS, type PartTimes, tabulateParts, tabulateSite } from './library.ts';
import { describeMachine } from './machine.ts';
import { buildParts, DIST, ensureSite } from './site.ts';
import { measureSpeed, type SpeedResult, tabulateSpeed } from './speed.ts';
import { formatTable, type Section } from './table.ts';
import { millPapers, papersOf, readCorpus } from './texts.ts';
import { measureThemes, tabulateThemes } from './themes.ts';
import { tabulateVisits, type VisitPair, visitTwice } from './visits.ts';

const VISITS = 5;
const SEED = 47;
const LEAST_COSINE = 0.999;

const sections: Section[] = [];
let machine: string;
let yardstick: number;
let parts: BuiltPages;
let site: Host;
let plain: Host;
let isolated: Host;

beforeAll(async () => {
  await ensureSite();
  parts = await buildParts();
  machine = await describeMachine();
  yardstick = measureYardstick();
  site = await serve(DIST);
  plain = await serve(parts.directory);
  isolated = await serve(parts.directory, { headers: 'isolated' });
});

afterAll(async () => {
  console.log(`\n${formatTable(['Sheaf, measured on this machine', machine], sections)}\n`);
  await writeFile(
    LAST_RUN,
    `${JSON.stringify({ machine, yardstick, sections } satisfies KeptTable, null, 1)}\n`,
  );
  await Promise.all([site, plain, isolated].map((host) => host?.close()));
  parts?.remove();
});

it('visits', async () => {
  const pairs: VisitPair[] = [];
  for (let at = 0; at < VISITS; at++) pairs.push(await visitTwice(site));
  sections.push(tabulateVisits(pairs));
  for (const { cold, warm } of pairs) {
    expect(cold.list).toBeGreaterThan(0);
    expect(cold.joined).toBeGreaterThan(cold.typed);
    expect(warm.joined).toBeGreaterThan(warm.typed);
  }
  const [first] = pairs as [VisitPair];
  sections.push(tabulateBytes(DIST, first.coldRequests, first.warmRequests));
  expect(first.coldRequests.some(({ path, bytes }) => path.endsWith('.onnx') && bytes > 0)).toBe(true);
});

it('texts a second', async () => {
  const results: SpeedResult[] = [];
  for (const model of [QUICK_MODEL, SITE_MODEL]) {
    for (const host of [plain, isolated]) results.push(await measureSpeed(host, model));
  }
  sections.push(tabulateSpeed(results));
  for (const { cosine } of results) expect(cosine).toBeGreaterThan(LEAST_COSINE);
  expect(results.map((result) => result.isolated)).toEqual([false, true, false, true]);
});

it('texts of mixed length, beside transformers.js and the native runtime', async () => {
  const papers = readPapersOf(process.env.SHEAF_CORPORA, MIXED_TEXTS);
  if (!papers) return skip('texts of mixed length');
  const results: EmbeddingSpeed[] = [];
  for (const model of [QUICK_MODEL, SITE_MODEL]) {
    for (const host of [plain, isolated])
      results.push(await measureEmbedding(host, model, papers.map(embeddedText)));
  }
  sections.push(tabulateEmbedding(results));
  for (const { cosine } of results) expect(cosine).toBeGreaterThan(LEAST_COSINE);
});

it('ten thousand papers', async () => {
  const list = millPapers(PAPERS, SEED);
  const made = papersOf(list);
  expect(made.length).toBe(PAPERS);
  const corpus = readCorpus(PAPERS);
  const columns: [string, PartTimes][] = [];
  for (const model of [QUICK_MODEL, SITE_MODEL]) {
    columns.push([`made up, ${model}`, await measureParts(plain, model, made)]);
    if (corpus) columns.push([`real, ${model}`, await measureParts(plain, model, corpus)]);
  }
  const skipped = 'Real papers were skipped: SHEAF_CORPORA names no folder with papers-0.jsonl.gz.';
  sections.push(tabulateParts(columns, corpus ? undefined : skipped));
  for (const [, { embed, modes }] of columns) {
    expect(embed.done).toBeGreaterThan(0);
    expect(modes).toEqual(['hybrid']);
  }
  const times = await measureSite(site, list, made);
  sections.push(tabulateSite(times));
  expect(times.added).toBeGreaterThan(0);
  expect(times.frames.length).toBeGreaterThan(0);
});

it('a hundred thousand papers', async () => {
  const papers = readPapersOf(process.env.SHEAF_CORPORA, HUNDRED);
  if (!papers) return skip('a hundred thousand papers');
  const times = await measureHundred(isolated, parts.directory, papers);
  sections.push(tabulateHundred(times));
  expect(times.answers.length).toBe(times.asked.length);
});

it('topics, groups and map of a hundred thousand papers', async () => {
  const papers = readPapersOf(process.env.SHEAF_CORPORA, HUNDRED);
  if (!papers) return skip('topics, groups and map of a hundred thousand papers');
  const times = await measureThemes(isolated, parts.directory, papers);
  sections.push(tabulateThemes(times), await measureFrames());
  expect(times.found.names.length).toBeGreaterThan(1);
  expect(times.laidOut.steps).toBeGreaterThan(100);
});

function skip(title: string): void {
  const note = 'Skipped: SHEAF_CORPORA names no folder with as many papers.';
  sections.push({ title, columns: [''], rows: [], notes: [note] });
}
