/** The catalogue of failures: each is told on the page with what is safe, a next step and a report. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FailureWords, failures } from '../../../src/texts/en-failures.ts';
import { shareSite } from './door.ts';
import { eventually, openTitle, rows } from './site.ts';

let broken: RegExp | undefined;
const door = shareSite({
  models: 'none',
  alter: (path, response) => (broken?.test(path) ? { ...response, status: 503 } : undefined),
});
let page: Page;
beforeEach(async () => {
  broken = undefined;
  ({ page } = door);
  await door.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await rows(page).first().waitFor();
});

const warning = () => page.locator('.notice.warning');
const dismiss = () => warning().getByRole('button', { name: 'Dismiss' }).click();
const words = (kind: keyof typeof failures.kinds): FailureWords => failures.kinds[kind];

/** As an error that nobody caught, out of a worker or of the page. */
const fail = (error: { name: string; kind?: string; code?: string; message: string }) =>
  page.evaluate((properties) => {
    void Promise.reject(Object.assign(new Error(properties.message), properties));
  }, error);

describe('an error is told once, with what is safe and what to do:', () => {
  for (const kind of Object.keys(failures.kinds) as (keyof typeof failures.kinds)[]) {
    const [sort = '', ...code] = kind.split('-');
    // Those of the page itself come below; a loss is shown in loss.test.ts.
    if (['page', 'copy'].includes(kind) || ['store-lost', 'store-restored', 'store-waits'].includes(kind))
      continue;
    it(kind, async () => {
      const name = { store: 'StoreError', model: 'EngineError', list: 'SourceError' }[sort] ?? 'TypeError';
      await fail({
        name,
        kind: code.join('-'),
        code: code.join('-'),
        message: 'My secret paper did not come.',
      });
      const { happened = 'My secret paper did not come.', safe, next } = words(kind);
      await eventually(() => warning().textContent()).toContain(happened);
      expect(await warning().textContent()).toContain(next ? `${safe} ${next}` : safe);
      await warning().getByRole('button', { name: failures.reportButton }).click();
      await eventually(() => warning().textContent()).toContain(failures.reportCopied);
      const report = await page.evaluate(() => navigator.clipboard.readText());
      expect(report).toContain(`Kind: ${kind}\n`);
      expect(report).toContain('Place: all\n');
      expect(report).not.toContain('secret');
      await dismiss();
      await eventually(() => warning().count()).toBe(0);
    });
  }
});

it('page: one that does not come says so in its place', async () => {
  broken = /assets\/DigestPage/;
  await page.goto(`${door.host.url}#/?page=digest`);
  await eventually(() => openTitle(page).textContent()).toBe('This page could not be opened');
  const beside = await page.locator('.column-paper').textContent();
  expect(beside).toContain(`${words('page').safe} ${words('page').next}`);
  expect(await page.getByRole('button', { name: 'Reload' }).count()).toBe(1);
});

it('page: an open paper whose code does not come has its title, its way back, and one notice', async () => {
  broken = /assets\/secondViews/;
  await page.goto(`${door.host.url}#/`);
  await page.reload();
  await rows(page).first().waitFor();
  for (const row of [0, 1]) {
    const title = await rows(page).nth(row).getByRole('heading').textContent();
    await rows(page).nth(row).click();
    await eventually(() => openTitle(page).textContent()).toBe(title);
  }
  await eventually(() => warning().textContent()).toContain('A part of this page could not be loaded.');
  expect(await warning().count()).toBe(1);
  expect(await warning().textContent()).toContain(`${words('page').safe} ${words('page').next}`);
  await page.locator('.column-paper').getByRole('button', { name: 'Close' }).click();
  await page.locator('.welcome').waitFor();
  broken = undefined;
  await warning().getByRole('button', { name: 'Reload' }).click();
  await rows(page).first().click();
  await page.locator('.paper h1').waitFor();
  await page.goto(`${door.host.url}#/`);
});

it('page: without the second file of code the list is there, and one notice says to load it again', async () => {
  broken = /assets\/second-/;
  await page.goto(`${door.host.url}#/`);
  await page.reload();
  await rows(page).first().waitFor();
  await eventually(() => warning().textContent()).toContain('A part of this page could not be loaded.');
  const title = await rows(page).first().getByRole('heading').textContent();
  await rows(page).first().click();
  await eventually(() => openTitle(page).textContent()).toBe(title);
  await page.goto(`${door.host.url}#/?page=digest`);
  await eventually(() => openTitle(page).textContent()).toBe('This page could not be opened');
  expect(await warning().count()).toBe(1);
  expect(await warning().textContent()).toContain(`${words('page').safe} ${words('page').next}`);
  await page.goto(`${door.host.url}#/`);
  broken = undefined;
  await warning().getByRole('button', { name: 'Reload' }).click();
  await page.locator('.status').waitFor();
  expect(await warning().count()).toBe(0);
});

it('without the code that runs models words find papers, and the status says what to do', async () => {
  broken = /assets\/engine-/;
  await page.goto(`${door.host.url}#/?q=gaussian`);
  await page.reload();
  await eventually(() => page.locator('.status').textContent()).toContain(
    'The part of Sheaf that runs models could not be loaded. Reload this page to try again.',
  );
  expect(await page.locator('.status').getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await rows(page).first().waitFor();
  await page.goto(`${door.host.url}#/`);
});

it('copy: where the browser refuses, a file is offered', async () => {
  await door.context.clearPermissions();
  await page.goto(`${door.host.url}#/?page=export`);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await eventually(() => warning().textContent()).toContain(`${words('copy').safe} ${words('copy').next}`);
  // Nor can the report be copied: it is shown, to be selected.
  await warning().getByRole('button', { name: failures.reportButton }).click();
  await eventually(() => warning().locator('pre').textContent()).toContain('Kind: copy\n');
  await page.reload();
});
