/** Devices that die, hang, lie and run out of memory in the middle of their work: the same vectors in the end. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeFault } from '../../src/engine/device.ts';
import { laterTexts } from '../../src/texts/later.ts';
import { allowNoServiceWorker, saveData } from '../browser/app/door.ts';
import { search, serveSite, visit, waitForQuick } from '../browser/app/site.ts';
import { type Host, launch, serve } from '../browser/harness.ts';
import { type BuiltPages, buildPages, MODEL } from '../browser/pages/build.ts';
import type { FaultsPage } from '../browser/pages/faults.ts';
import { chanceOf, tell, times } from './campaign.ts';

const KINDS = ['dies', 'hangs', 'lies', 'memory'] as const;
/** Two runs of the engine, and some batches of the graph in each. */
const TEXTS = Array.from(
  { length: 100 },
  (_, index) => `Paper ${index} on ${'pruning of small networks '.repeat(1 + (index % 7))}for phones`,
);
/** The test texts are the first runs of the graph: a fault comes after, in the midst of the papers. */
const FIRST_RUN = 2;
const RUNS = 4;

const chance = chanceOf('devices');
let pages: BuiltPages;
let host: Host;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  pages = await buildPages(['faults']);
  host = await serve(pages.directory);
  context = await launch();
  page = await context.newPage();
  await page.goto(`${host.url}faults.html`);
  await page.waitForFunction(() => 'sheaf' in globalThis);
});
afterAll(async () => {
  await context?.close();
  await host?.close();
  pages?.remove();
});

/** A page's script: the worker of the model falls at each of its first two questions. */
function letWorkersFall(): void {
  const Real = Worker;
  let falls = 2;
  globalThis.Worker = class extends Real {
    override postMessage(message: unknown, more?: Transferable[] | StructuredSerializeOptions): void {
      if ((message as { name?: string }).name !== 'embed' || falls-- <= 0) {
        super.postMessage(message, more as Transferable[]);
        return;
      }
      this.terminate();
      this.dispatchEvent(new ErrorEvent('error', { message: 'it fell' }));
    }
  };
}

const embed = (failing: string[]) =>
  page.evaluate(
    ([model, texts, failing]) => (globalThis as FaultsPage).sheaf.embed(model, [...texts], [...failing]),
    [MODEL, TEXTS, failing] as const,
  );

it('another goes on, with the same vectors, and the reader is told once', async () => {
  const rounds = times(12, 200);
  const undisturbed = await embed([]);
  expect(undisturbed.told).toEqual([]);
  const counts = { same: 0, 'told once': 0, 'two faults drawn': 0 };
  for (let round = 0; round < rounds; round++) {
    const name = () => `${KINDS[round % KINDS.length]} ${FIRST_RUN + Math.floor(chance() * RUNS)}`;
    // Now and then the one that goes on fails too.
    const failing = chance() < 0.25 ? [name(), name()] : [name()];
    const { sum, told, unused } = await embed(failing);
    expect(`${failing}: ${unused} unused, ${sum}`).toBe(`${failing}: 0 unused, ${undisturbed.sum}`);
    counts.same++;
    expect(told, String(failing)).toHaveLength(1);
    counts['told once']++;
    if (failing.length > 1) counts['two faults drawn']++;
  }
  tell('devices', { rounds, kinds: KINDS.length, ...counts });
});

it('the reader of the site is told in one sentence, and every paper is read', async () => {
  const site = await serveSite();
  const tab = await context.newPage();
  await tab.addInitScript(saveData);
  await tab.addInitScript(allowNoServiceWorker);
  await tab.addInitScript(letWorkersFall);
  await visit(tab, site.url);
  await waitForQuick(tab);
  expect(await tab.locator('.notice p').allTextContents()).toEqual([
    laterTexts.status.deviceReplaced(describeFault('wasm', 'crashed')),
  ]);
  await search(tab, 'gaussian splatting');
  await tab.close();
  await site.close();
});
