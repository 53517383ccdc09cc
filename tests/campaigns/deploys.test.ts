/** New versions under open pages: nothing breaks, nothing is lost, nobody is asked twice; a broken one goes again. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveData } from '../browser/app/door.ts';
import { eventually, findSite, openTitle, place, rows, visit, waitForOffline } from '../browser/app/site.ts';
import { type Host, launch, listen, PATIENCE_MS, serve, type Troubles } from '../browser/harness.ts';
import { chanceOf, tell, times } from './campaign.ts';
import { buildVersion, type Version } from './versions.ts';

const NEW_NAME = 'Papers to add';
const OFFER = 'A newer version of this site is here.';
const WITHDRAWN = 'The newest version of this site does not start here';

const chance = chanceOf('deploys');
const first = findSite();
let second: Version;
let broken: Version;
let context: BrowserContext;
let troubles: Troubles;
let host: Host;

beforeAll(async () => {
  // Another text in a page that is loaded later, and one in the shell: most chunks have other names.
  second = await buildVersion([
    { file: 'src/texts/en-shell.ts', find: "back: '‹ List'", replace: `back: '‹ The list'` },
    { file: 'src/views/AddPage.tsx', find: 'title={said.title}', replace: `title="${NEW_NAME}"` },
  ]);
  broken = await buildVersion([
    {
      file: 'src/main.tsx',
      find: 'render(() => {',
      replace: "throw new Error('a bad release');\nrender(() => {",
    },
  ]);
  context = await launch();
  troubles = listen(context);
  await context.addInitScript(saveData);
});
afterAll(async () => {
  await context?.close();
  await host?.close();
  await second?.remove();
  await broken?.remove();
});

/** Puts another version on the same address: of the one before nothing is left there. */
async function deploy(site: string): Promise<void> {
  const { port } = host;
  await host.close();
  host = await serve(site, { port });
}

/** A tab that counts how often it is loaded. */
async function openTab(): Promise<{ page: Page; loads: () => number }> {
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => loads++);
  await visit(page, host.url);
  await waitForOffline(page);
  return { page, loads: () => loads };
}

const update = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
const addTitle = async (page: Page) => {
  await place(page, 'Add papers').click();
  await openTitle(page).waitFor();
  return openTitle(page).textContent();
};
const writeNote = async (page: Page, paper: number, text: string) => {
  await rows(page).nth(paper).click();
  await page.locator('[data-write]').click();
  await page.locator('.note textarea').pressSequentially(text);
};
const noteOf = async (page: Page, paper: number) => {
  await page.goto(`${host.url}#/`);
  await rows(page).nth(paper).click();
  return page.locator('.note').textContent();
};

it(
  'an update under open tabs breaks no page, waits for the yes, loads once and loses no draft',
  async () => {
    const rounds = times(1, 20);
    const counts = { 'lazy pages opened': 0, 'drafts kept': 0, 'loads for the yes': 0, 'other loads': 0 };
    for (let round = 0; round < rounds; round++) {
      host = await serve(first);
      const one = await openTab();
      const two = await openTab();
      const paper = Math.floor(chance() * 4);
      const note = `Thought ${round} of ${Math.floor(chance() * 1e6)}`;
      await deploy(second.site);
      await update(one.page);
      // Neither tab is loaded anew, and what neither has opened yet is still there.
      await one.page.getByText(OFFER).waitFor();
      await two.page.getByText(OFFER).waitFor();
      expect(await addTitle(two.page)).toBe('Add papers');
      await two.page.getByLabel('The text of a list of papers').fill(note);
      await writeNote(one.page, paper, note);
      // In the midst of writing: the last letters wait to be kept.
      await one.page.getByRole('button', { name: 'Use it now' }).click();
      await one.page.waitForFunction(() => document.querySelector('.status') !== null);
      await eventually(() => one.loads()).toBe(2);
      counts['loads for the yes']++;
      await eventually(() => noteOf(one.page, paper)).toContain(note);
      counts['drafts kept']++;
      expect(await addTitle(one.page)).toBe(NEW_NAME);
      // The other tab goes on with the version that it has, lazy pages and all, until its reader says so.
      await two.page.getByText('Another tab has put a newer version').waitFor();
      await place(two.page, 'Model').click();
      await eventually(() => openTitle(two.page).textContent()).toBe('The model');
      counts['lazy pages opened'] += 3;
      expect(two.loads()).toBe(1);
      await two.page.getByRole('button', { name: 'Reload' }).click();
      await eventually(() => two.loads()).toBe(2);
      await place(two.page, 'Add papers').click();
      await eventually(() => openTitle(two.page).textContent()).toBe(NEW_NAME);
      expect(await two.page.getByLabel('The text of a list of papers').inputValue()).toBe(note);
      counts['drafts kept']++;
      counts['other loads'] += one.loads() + two.loads() - 4;
      await one.page.close();
      await two.page.close();
      await host.close();
    }
    expect(counts['other loads']).toBe(0);
    expect(troubles.errors).toEqual([]);
    tell('deploys', { rounds, ...counts });
  },
  times(180_000, 14_400_000),
);

it(
  'a version that does not start is withdrawn by itself, and gone when another is there',
  async () => {
    const rounds = times(1, 15);
    const counts = { 'came back by itself': 0, 'mended by a deploy': 0 };
    for (let round = 0; round < rounds; round++) {
      host = await serve(first);
      const { page } = await openTab();
      await deploy(broken.site);
      await update(page);
      await page.getByRole('button', { name: 'Use it now' }).click();
      await page.waitForFunction(() => document.getElementById('root')?.childElementCount === 0);
      // A reader loads a blank page anew, or, in the long run, waits.
      if (round % 2 === 0) for (let load = 0; load < 2; load++) await page.reload();
      await page.getByText(WITHDRAWN).waitFor({ timeout: PATIENCE_MS });
      counts['came back by itself']++;
      expect(await addTitle(page)).toBe('Add papers');
      // The next deploy is taken without a question: there is nobody to ask in a page that does not start.
      await deploy(second.site);
      await update(page);
      await eventually(async () => {
        await page.reload();
        await place(page, 'Add papers').waitFor();
        return addTitle(page);
      }).toBe(NEW_NAME);
      expect(await page.getByText(WITHDRAWN).count()).toBe(0);
      counts['mended by a deploy']++;
      await page.close();
      await host.close();
    }
    tell('withdrawals', { rounds, ...counts });
  },
  times(180_000, 14_400_000),
);
