/** Models and the runtime over a host that cuts, spoils, stalls and lies: the right bytes in the end. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelContract, ModelFile } from '../../src/engine/contract.ts';
import { PART_BYTES } from '../../src/engine/parts.ts';
import { RUNTIME_SUMS } from '../../src/engine/runtime-sums.ts';
import { crashPage, type Host, launch, PATIENCE_MS, serve } from '../browser/harness.ts';
import { type BuiltPages, buildPages, MODEL, modelsFolder } from '../browser/pages/build.ts';
import type { FaultsPage } from '../browser/pages/faults.ts';
import { type BadHost, type Fault, startBadHost } from './bad-host.ts';
import { chanceOf, tell, times } from './campaign.ts';

const KINDS = [
  'cut',
  'flipped',
  'stalled',
  'short',
  'refused',
  'elsewhere',
  'reloaded',
  'killed',
  'no ranges',
] as const;

const chance = chanceOf('downloads');
const contract: ModelContract = JSON.parse(readFileSync(join(modelsFolder, MODEL, 'sheaf.json'), 'utf8'));
const graph = contract.files.find(({ path }) => path.endsWith('.onnx')) as ModelFile;
const runtime = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
const FILES: readonly { file: ModelFile; bytes: Buffer }[] = [
  { file: graph, bytes: readFileSync(join(modelsFolder, MODEL, graph.path)) },
  { file: { path: 'runtime.wasm', ...RUNTIME_SUMS.wasm }, bytes: readFileSync(runtime) },
];

let pages: BuiltPages;
let host: Host;
let bad: BadHost;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  pages = await buildPages(['faults']);
  host = await serve(pages.directory);
  bad = await startBadHost();
  context = await launch();
  page = await context.newPage();
  await open();
});
afterAll(async () => {
  await context?.close();
  await host?.close();
  bad?.close();
  pages?.remove();
});

async function open(): Promise<void> {
  await page.goto(`${host.url}faults.html`);
  await page.waitForFunction(() => 'sheaf' in globalThis);
}

const download = (file: ModelFile, model: string) =>
  page.evaluate(
    ([url, file, model]) =>
      (globalThis as FaultsPage).sheaf
        .download(url, file, model)
        .catch((error) => `failed: ${(error as Error).message}`),
    [bad.url, file, model] as const,
  );

/** A browser hands a page nothing more of an answer once it is cut: so much may lie read and unseen in its pipe. */
const PIPE_BYTES = 2_097_152;

/** One to three faults of a kind, at bytes drawn by chance, in the order in which they are met. */
function plan(kind: (typeof KINDS)[number], size: number): Fault[] {
  const places = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => Math.floor(chance() * size));
  places.sort((a, b) => a - b);
  const [first = 0] = places;
  // What comes wrong three times is wrong on the host.
  const part = (at: number | undefined) => Math.floor((at ?? -PART_BYTES) / PART_BYTES);
  if (part(places[0]) === part(places[2])) places.pop();
  // An answer is refused, or is of another place, once there is something to go on from.
  if (kind === 'refused') {
    const status = ([416, 500, 503] as const)[Math.floor(chance() * 3)] ?? 500;
    return [
      { kind: 'cut', at: first },
      { kind, status },
    ];
  }
  if (kind === 'elsewhere') return [{ kind: 'cut', at: first }, { kind }];
  if (kind === 'reloaded' || kind === 'killed') return [{ kind: 'stalled', at: first }];
  if (kind === 'no ranges') return [{ kind: 'cut', at: first }];
  return places.map((at) => ({ kind, at }));
}

/** A reader who loads the page anew when nothing comes any more, or a page that dies then. */
async function leaveWhenStalled(
  leave: () => Promise<void>,
  file: ModelFile,
  model: string,
  stalledAt: number,
): Promise<void> {
  const running = download(file, model).catch(() => 'gone');
  const whole = Math.floor(stalledAt / PART_BYTES);
  const kept = () =>
    page.evaluate(([model, file]) => (globalThis as FaultsPage).sheaf.partsKept(model, file), [
      model,
      file,
    ] as const);
  await expect.poll(kept, { timeout: PATIENCE_MS, interval: 20 }).toBeGreaterThanOrEqual(whole);
  await leave();
  await running;
}

async function die(): Promise<void> {
  await crashPage(page);
  page = await context.newPage();
  await open();
}

it('what comes in the end is right, and little is fetched twice', async () => {
  const rounds = times(20, 80);
  const counts = {
    right: 0,
    faults: 0,
    'most bytes fetched again': 0,
    'of those cut': 0,
    'without ranges': 0,
  };
  for (let round = 0; round < rounds; round++) {
    const kind = KINDS[round % KINDS.length] as (typeof KINDS)[number];
    const { file, bytes } = FILES[Math.floor(chance() * FILES.length)] as (typeof FILES)[number];
    const faults = plan(kind, bytes.length);
    const ranges = kind !== 'no ranges';
    bad.prepare(bytes, faults, ranges);
    const model = `round ${round}`;
    const [first] = faults;
    const leave = { reloaded: open, killed: die }[kind as string];
    if (leave && first && 'at' in first) await leaveWhenStalled(leave, file, model, first.at);
    const sum = await download(file, model);
    expect(`${kind}: ${sum}`).toBe(`${kind}: ${file.sha256}`);
    counts.right++;
    counts.faults += faults.length;
    // A host that knows no ranges, or gives another place for the one asked for, sends all from the beginning.
    if (!ranges || kind === 'elsewhere' || kind === 'refused') counts['without ranges']++;
    else {
      const most = kind === 'cut' ? 'of those cut' : 'most bytes fetched again';
      counts[most] = Math.max(counts[most], bad.again());
      const each = kind === 'cut' ? PIPE_BYTES : PART_BYTES;
      expect(bad.again()).toBeLessThanOrEqual(faults.length * each);
    }
  }
  expect(counts.right).toBe(rounds);
  tell('downloads', { rounds, ...counts });
});

it('the runtime goes through the same door: a wrong byte of it is fetched again, or told', async () => {
  let spoils = 1;
  let asked = 0;
  // Always the same: of answers that are wrong in different places a right one can be made.
  const at = Math.floor(chance() * RUNTIME_SUMS.wasm.bytes);
  const spoiling = await serve(pages.directory, {
    alter(path, response) {
      if (!path.endsWith('.wasm')) return response;
      asked++;
      if (spoils-- <= 0) return response;
      const body = Buffer.from(response.body);
      body[at] = (body[at] as number) ^ 4;
      return { ...response, body };
    },
  });
  const other = await context.newPage();
  await other.goto(`${spoiling.url}faults.html`);
  await other.waitForFunction(() => 'sheaf' in globalThis);
  const embed = () =>
    other.evaluate(
      (model) =>
        (globalThis as FaultsPage).sheaf.embed(model, ['a text'], []).then(
          ({ sum }) => sum,
          (error) => `failed: ${(error as Error).message}`,
        ),
      MODEL,
    );
  expect(await embed()).toMatch(/^[\da-f]{64}$/);
  expect(asked).toBe(2);
  spoils = Number.POSITIVE_INFINITY;
  expect(await embed()).toMatch(/^failed: runtime\.wasm .* its checksum differs\./);
  await other.close();
  await spoiling.close();
});

it('a byte that is wrong on the host itself never comes through, and is told in a sentence', async () => {
  const [{ file, bytes }] = FILES as [(typeof FILES)[number]];
  const spoilt = Buffer.from(bytes);
  const at = Math.floor(chance() * spoilt.length);
  spoilt[at] = (spoilt[at] as number) ^ 0x10;
  bad.prepare(spoilt, [], true);
  expect(await download(file, 'spoilt')).toMatch(/^failed: .* its checksum differs\./);
  // The whole once, and the part that is wrong twice more.
  expect(bad.sent()).toBeLessThanOrEqual(bytes.length + 2 * PART_BYTES);
});
