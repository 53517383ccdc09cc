/**
 * A large list on a static host: what a question moves, how long it takes, and what it finds. Makes a list of real
 * abstracts; where there are not enough, the rest are perturbed copies of them, and it says how many.
 *
 *     SHEAF_CORPORA=FOLDER npm run bench:large [-- --papers 1000000] [--questions 99]
 *
 * The folder's papers-*.jsonl.gz are read; what is made stays in the system's folder for what is passing, since
 * embedding a million takes most of an hour on one core.
 */
import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import type { JSHandle } from 'playwright-core';
import { findModel, requestModel } from '../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../src/cli/node-runtime.ts';
import { findByteColumn } from '../../src/corpus/byte-column.ts';
import { type CorpusDescription, readDescription } from '../../src/corpus/description.ts';
import { createCorpusReader } from '../../src/corpus/reader.ts';
import { createEncoder } from '../../src/engine/encoder.ts';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import { byteRowCosine } from '../../src/vector/byte-rows.ts';
import { highest } from '../../src/vector/order.ts';
import { createRandom } from '../../src/vector/random.ts';
import { bundle, launch, serve } from '../browser/harness.ts';
import { serveRanges } from '../fixtures/range-host.ts';
import type { Answered, LargePage } from './pages/large.ts';

/** Papers of the folder that are left out of the list, for questions that nobody has answered before. */
const LEFT_OUT = 1_000;
const SEED = 47;

interface Line {
  readonly title: string;
  readonly abstract: string;
  readonly date?: string;
}

const corpora = process.env.SHEAF_CORPORA;
const { values } = parseArgs({
  options: { papers: { type: 'string', default: '1000000' }, questions: { type: 'string', default: '99' } },
});
const [wanted, asked] = [Number(values.papers), Number(values.questions)];
const folder = join(tmpdir(), `sheaf-bench-large-${wanted}`);
if (corpora && existsSync(corpora)) await measure(corpora);
else console.log('SHEAF_CORPORA names no folder with papers-*.jsonl.gz: nothing was measured.');

async function measure(from: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const shards = readdirSync(from).filter((name) => /^papers-\d+\.jsonl\.gz$/.test(name));
  const read = (name: string) =>
    gunzipSync(readFileSync(join(from, name)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean);
  const made = await makeList(shards, read);
  const list = join(folder, 'list');
  if (!existsSync(join(list, 'list.json'))) await publish(list);
  const description = readDescription(readFileSync(join(list, 'list.json'), 'utf8'));
  const questions = await embedQuestions(read(shards.at(-1) as string).slice(-LEFT_OUT));
  console.log(
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}; host and reader in one process`,
  );
  console.log(
    `${description.papers} papers, ${made.copies > 0 ? `of which some ${made.copies} are perturbed copies of real ones` : 'all of them real'}`,
  );
  for (const [name, { bytes, footer }] of Object.entries(description.files))
    console.log(`${name}: ${bytes} bytes, of which ${footer} are Parquet's metadata`);
  await ask(list, description, questions);
  await askInBrowser(list, questions);
}

/** Lines of JSON: the real papers, then copies with a quarter of their words gone and their sentences in another order. */
async function makeList(shards: readonly string[], read: (name: string) => string[]) {
  const path = join(folder, 'papers.jsonl');
  const real = shards.flatMap((name, at) =>
    at === shards.length - 1 ? read(name).slice(0, -LEFT_OUT) : read(name),
  );
  const copies = Math.max(0, wanted - real.length);
  if (existsSync(path)) return { copies };
  const random = createRandom(SEED);
  const stream = createWriteStream(`${path}.new`);
  const write = async (line: string) => {
    if (!stream.write(`${line}\n`))
      await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  };
  for (const line of real.slice(0, wanted)) await write(line);
  for (let at = 0; at < copies; at++) {
    const { title, abstract, date } = JSON.parse(real[at % real.length] as string) as Line;
    const round = Math.floor(at / real.length) + 2;
    await write(
      JSON.stringify({ title: `${title} (copy ${round})`, abstract: perturb(abstract, random), date }),
    );
  }
  await new Promise<void>((resolve) => stream.end(() => resolve()));
  renameSync(`${path}.new`, path);
  return { copies };
}

function perturb(abstract: string, random: () => number): string {
  const sentences = abstract.split(/(?<=[.!?])\s+/).map((sentence) => ({ sentence, at: random() }));
  const words = sentences.sort((a, b) => a.at - b.at).flatMap(({ sentence }) => sentence.split(/\s+/));
  return words.filter(() => random() >= 0.25).join(' ');
}

async function publish(out: string): Promise<void> {
  const begun = performance.now();
  const command = [
    '--import',
    'tsx',
    'src/cli/publish.ts',
    join(folder, 'papers.jsonl'),
    '--parquet',
    '--out',
    out,
  ];
  const child = spawn(process.execPath, ['--max-old-space-size=6000', ...command], { stdio: 'inherit' });
  const status = await new Promise((resolve) => child.on('exit', resolve));
  if (status !== 0) throw new Error(`publish:list ended with ${status}`);
  console.log(`published in ${Math.round((performance.now() - begun) / 1000)} s`);
}

interface Question {
  readonly kind: string;
  readonly vector: Float32Array;
  /** To embed it, milliseconds. */
  readonly embedding: number;
}

/** Titles, three words of a title, and first sentences of abstracts, of papers that are not in the list. */
async function embedQuestions(lines: readonly string[]): Promise<Question[]> {
  const encoder = createEncoder(nodeRuntime);
  await encoder.open(await requestModel(await findModel(QUICK_MODEL)));
  const questions: Question[] = [];
  for (let at = 0; at < asked; at++) {
    const { title, abstract } = JSON.parse(lines[at] as string) as Line;
    const words = (title.match(/\p{L}{4,}/gu) ?? [title]).slice(0, 3).join(' ');
    const kinds = { title, 'three words': words, sentence: abstract.split(/(?<=[.!?])\s/)[0] ?? title };
    const kind = Object.keys(kinds)[at % 3] as keyof typeof kinds;
    const begun = performance.now();
    const { vectors } = await encoder.embed([kinds[kind]], 'query', true);
    questions.push({ kind, vector: vectors, embedding: performance.now() - begun });
  }
  await encoder.close();
  return questions;
}

async function ask(
  list: string,
  description: CorpusDescription,
  questions: readonly Question[],
): Promise<void> {
  const host = await serveRanges(list);
  const truth = await exactTens(list, description, questions);
  const [bytes, requests, times, opening]: [number[], number[], number[], number[]] = [[], [], [], []];
  const found = new Map<string, number[]>();
  for (const [at, { kind, vector, embedding }] of questions.entries()) {
    // Each after one other question, as in a visit that has just begun: nothing else is held.
    const reader = createCorpusReader(description, host.url);
    const first = questions[(at + 1) % questions.length] as Question;
    await reader.records((await reader.search(first.vector, 10)).map(({ row }) => row));
    opening.push(reader.traffic.bytes);
    const before = { ...reader.traffic };
    const begun = performance.now();
    const hits = await reader.search(vector, 10);
    await reader.records(hits.map(({ row }) => row));
    times.push(performance.now() - begun + embedding);
    bytes.push(reader.traffic.bytes - before.bytes);
    requests.push(reader.traffic.requests - before.requests);
    const right = hits.filter(({ row }) => truth[at]?.includes(row)).length / 10;
    found.set(kind, [...(found.get(kind) ?? []), right]);
  }
  await host.close();
  console.log(`the first question moves ${tell(opening)} bytes with the opening`);
  console.log(`each after it ${tell(bytes)} bytes in ${tell(requests)} requests, ${tell(times)} ms`);
  const mean = (values: readonly number[]) =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
  const kinds = [...found].map(([kind, values]) => `${kind} ${mean(values)}`).join(', ');
  console.log(
    `recall@10 against the exact scan of all vectors ${mean([...found.values()].flat())}: ${kinds}`,
  );
}

/** The same questions in Chromium, in the worker that the site reads large lists by. */
async function askInBrowser(list: string, questions: readonly Question[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'sheaf-large-'));
  const pages = join(import.meta.dirname, 'pages');
  await bundle({
    configFile: false,
    root: pages,
    base: './',
    worker: { format: 'es' },
    build: { outDir: directory, target: 'es2023', rollupOptions: { input: join(pages, 'large.html') } },
  });
  const [site, host, context] = [await serve(directory), await serveRanges(list), await launch()];
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}large.html`);
    const part = (await page.waitForFunction(
      () => (globalThis as unknown as { large?: LargePage }).large,
    )) as JSHandle<LargePage>;
    const answers: Answered[] = [];
    for (const [at, { vector }] of questions.entries()) {
      const { vector: other } = questions[(at + 1) % questions.length] as Question;
      const given = [host.url, Array.from(other), Array.from(vector)] as const;
      answers.push(await part.evaluate((large, given) => large.ask(...given), given));
    }
    console.log(
      `in Chromium the first takes ${tell(answers.map(({ opening }) => opening))} ms with the opening`,
    );
    console.log(`each after it ${tell(answers.map(({ took }) => took))} ms`);
  } finally {
    await Promise.all([context.close(), site.close(), host.close()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Rows of the ten nearest by all vectors of the list. */
async function exactTens(
  list: string,
  { files, dimensions, papers }: CorpusDescription,
  questions: readonly Question[],
): Promise<number[][]> {
  const file = await asyncBufferFromFile(join(list, files.vectors.path));
  const column = findByteColumn(await parquetMetadataAsync(file), 'vector', dimensions, files.vectors.path);
  const vectors = new Int8Array(papers * dimensions);
  let at = 0;
  for (const { start, end } of column.rangesOf(0, papers)) {
    vectors.set(new Int8Array(await file.slice(start, end)), at);
    at += end - start;
  }
  return questions.map(({ vector }) => {
    const scores = new Float32Array(papers);
    for (let row = 0; row < papers; row++) scores[row] = byteRowCosine(vector, vectors, row * dimensions);
    return [...highest(scores, 10)];
  });
}

function tell(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toLocaleString(
      'en',
    );
  return `${at(0.5)} (median; p95 ${at(0.95)}, most ${at(1)})`;
}
