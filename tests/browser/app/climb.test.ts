import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host, type HostOptions, launch } from '../harness.ts';
import { allowNoServiceWorker } from './door.ts';
import {
  addPapers,
  countEmbedded,
  eventually,
  heading,
  place,
  places,
  quickModel,
  rows,
  SHIPPED,
  search,
  serveSite,
  settingOf,
  siteModel,
  status,
  visit,
  waitForMeaning,
  waitForQuick,
} from './site.ts';

const [quick, better] = [quickModel(), siteModel()];
const graphOf = (model: typeof better) =>
  `${model.folder}${model.files.find(({ path }) => path.endsWith('.onnx'))?.path}`;
const QUESTION = 'reduce storage of splat scenes with small networks';

let context: BrowserContext;
let host: Host;
let page: Page;
/** What becomes of the better model's graph; as it is without. */
let meet: HostOptions['alter'];
let openGate: () => void;
let gate: Promise<void>;

beforeAll(async () => {
  context = await launch();
  await context.addInitScript(allowNoServiceWorker);
});
afterAll(() => context?.close());
beforeEach(async () => {
  meet = undefined;
  gate = new Promise((resolve) => {
    openGate = resolve;
  });
  host = await serveSite({
    alter: (path, response) => (path === graphOf(better) ? meet?.(path, response) : undefined),
  });
  page = await context.newPage();
});
afterEach(async () => {
  openGate();
  await closePage(page);
  await host.close();
});

/** The better model's graph waits for `openGate`. */
const hold = () => {
  meet = async () => {
    await gate;
    return undefined;
  };
};
const asked = (model: typeof better) => host.requests.filter(({ path }) => path === graphOf(model)).length;
/** In the page: which models have answered, one after another. */
function recordAnswers(): void {
  const answers: string[] = [];
  Object.assign(globalThis, { answers });
  new MutationObserver(() => {
    const now = document.querySelector('[data-model]')?.textContent;
    if (now && now !== answers.at(-1)) answers.push(now);
  }).observe(document, { childList: true, subtree: true, characterData: true });
}
/** Where meaning has placed the papers that are in sight. */
const bars = () =>
  rows(page)
    .getByRole('img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('aria-label') ?? ''));

describe('the better model', () => {
  it('takes over in place while the quick one answers, and comes back behind it at the next visit', async () => {
    hold();
    await visit(page, host.url);
    await waitForQuick(page);
    await eventually(() => status(page)).toMatch(
      new RegExp(
        `${quick.name} answers for now\\.\\s*${better.name}, which knows more, is loading: .* of 7\\.\\d MB`,
      ),
    );
    await search(page, QUESTION);
    const before = await bars();
    expect(before[0]).toMatch(/^number \d+ by meaning/);

    openGate();
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
    expect(await status(page)).not.toContain(quick.name);
    expect(await heading(page)).toContain('by meaning and words');
    await eventually(bars).not.toEqual(before);
    expect(await countEmbedded(page)).toBe(2 * SHIPPED);
    expect([asked(quick), asked(better)]).toEqual([1, 1]);

    await page.addInitScript(recordAnswers);
    await page.reload();
    await waitForMeaning(page);
    expect(await status(page)).toContain(`${better.name} answers.`);
    expect(await countEmbedded(page)).toBe(0);
    expect([asked(quick), asked(better)]).toEqual([1, 1]);
    expect(await page.evaluate(() => (globalThis as unknown as { answers: string[] }).answers)).toEqual([
      `${quick.name} answers for now.`,
      `${better.name} answers.`,
    ]);
  });

  it('reads what was added while it was on its way', async () => {
    hold();
    await visit(page, host.url);
    await waitForQuick(page);
    await addPapers(page, '{"title": "Radar counts of storks", "abstract": "Birds over the Bosporus."}');
    await eventually(() => page.getByText('1 paper added').count()).toBe(1);
    openGate();
    await waitForMeaning(page);
    expect(await countEmbedded(page)).toBe(2 * (SHIPPED + 1));
    await search(page, 'migrating birds', 'by meaning');
    await eventually(() => rows(page).first().textContent()).toContain('Radar counts of storks');
  });

  it('that does not come leaves the quick one in use, says why, and is tried again', async () => {
    meet = (_, response) => ({ ...response, status: 404 });
    await visit(page, host.url);
    await eventually(() => status(page)).toMatch(
      new RegExp(`${quick.name} answers\\.\\s*${better.name} is not in use: .* has no onnx/`),
    );
    await search(page, QUESTION);
    meet = undefined;
    await places(page).getByRole('button', { name: 'Try again' }).click();
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
  });

  it('that did not come for want of a network is asked for when it is back', async () => {
    let gone = true;
    meet = (_, response) => (gone ? { ...response, status: 503 } : undefined);
    await visit(page, host.url);
    await eventually(() => status(page)).toContain(`${better.name} is not in use:`);
    gone = false;
    await context.setOffline(true);
    await context.setOffline(false);
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
  });

  it('can be stopped and asked for again', async () => {
    hold();
    await visit(page, host.url);
    await eventually(() => status(page)).toContain(`${better.name}, which knows more, is loading`);
    const button = (name: string) => places(page).getByRole('button', { name });
    await button('Stop').focus();
    await page.keyboard.press('Enter');
    await eventually(() => status(page)).toMatch(
      new RegExp(`${quick.name} answers\\.\\s*${better.name} was stopped\\.`),
    );
    // One button for both: who uses the keyboard still stands on it.
    expect(await button('Go on').evaluate((element) => element === document.activeElement)).toBe(true);
    openGate();
    await search(page, QUESTION);
    expect(await status(page)).toContain(`${quick.name} answers.`);
    // The next visit does not fetch what was stopped.
    await eventually(() => settingOf(page, 'better-model-stopped')).toBe(true);
    await page.reload();
    await eventually(() => status(page)).toMatch(
      new RegExp(`${quick.name} answers\\.\\s*The better model was stopped\\.`),
    );
    await button('Go on').press('Enter');
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
    // Once and not twice, and the quick one's vectors were kept.
    expect(await countEmbedded(page)).toBe(SHIPPED);
    expect(asked(better)).toBeLessThanOrEqual(2);
  });

  it('begins again when another device was chosen meanwhile', async () => {
    hold();
    await visit(page, `${host.url}#/?page=model`);
    await eventually(() => status(page)).toContain(`${better.name}, which knows more, is loading`);
    await page.getByRole('radio', { name: /^Processor/ }).check();
    await eventually(() => page.locator('dl').first().textContent()).toContain(
      'The processor was chosen by hand.',
    );
    openGate();
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
    expect(await countEmbedded(page)).toBe(2 * SHIPPED);
  });

  it('does not put aside a model that the reader has chosen meanwhile', async () => {
    hold();
    await visit(page, `${host.url}#/?page=model`);
    await eventually(() => status(page)).toContain(`${better.name}, which knows more, is loading`);
    await page.locator('input[type=file]').setInputFiles(join('models', quick.id));
    await page.getByRole('button', { name: 'Use this model' }).click();
    await eventually(() => status(page)).toContain(`${quick.id} answers.`);
    openGate();
    await page.waitForTimeout(2_000);
    expect(await status(page)).toContain(`${quick.id} answers.`);
    expect(await page.getByText('The site’s own models').count()).toBe(0);
    await page.reload();
    await waitForMeaning(page);
    expect(await status(page)).toContain(`${quick.id} answers.`);
  });

  it('is not asked for by a reader who wants the quick one only', async () => {
    await visit(page, `${host.url}#/?page=model`);
    await waitForMeaning(page);
    await page.getByRole('radio', { name: 'The quick one only' }).check();
    await eventually(() => status(page)).toContain(`${quick.name} answers.`);
    await page.reload();
    await waitForMeaning(page);
    expect(await status(page)).toContain(`${quick.name} answers.`);
    await place(page, 'Model').click();
    expect(await page.getByRole('radio', { name: 'The quick one only' }).isChecked()).toBe(true);
    const before = asked(better);
    await page.getByRole('radio', { name: 'The better one' }).check();
    await eventually(() => status(page)).toContain(`${better.name} answers.`);
    // Its files and vectors were kept from the first time.
    expect(asked(better)).toBe(before);
    expect(await countEmbedded(page)).toBe(0);
    // One that the reader has removed is fetched when it is wanted.
    await place(page, 'All papers').click();
    await place(page, 'Model').click();
    await page.getByRole('button', { name: `Remove ${quick.id}` }).click();
    await eventually(() => page.getByRole('button', { name: `Remove ${quick.id}` }).count()).toBe(0);
    expect(asked(quick)).toBe(1);
    await page.getByRole('radio', { name: 'The quick one only' }).check();
    await eventually(() => status(page)).toContain(`${quick.name} answers.`);
    expect(asked(quick)).toBe(2);
  });
});
