/** What a reader makes of a topic: other words, another place, one out of two and two out of one, a link. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host, launch } from '../harness.ts';
import {
  eventually,
  heading,
  openTitle,
  place,
  places,
  rows,
  serveSite,
  visit,
  waitForMeaning,
  waitForQuick,
} from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;

beforeAll(async () => {
  context = await launch();
  host = await serveSite();
  page = await context.newPage();
});
let ready = false;
beforeEach(async () => {
  if (ready) return;
  await visit(page, host.url);
  await waitForQuick(page);
  ready = true;
});
afterAll(async () => {
  if (page) await closePage(page);
  await context?.close();
  await host?.close();
});

const open = async (address: string) => {
  await page.goto(`${host.url}#${address}`);
};
const button = (name: string) => page.locator('.pages').getByRole('button', { name, exact: true });
const undo = () => page.getByRole('button', { name: 'Undo' }).click();
const topicNames = () =>
  places(page).getByRole('list', { name: 'Topics' }).locator('a .name').allTextContents();
const hueOf = (name: string) => place(page, name).locator('.dot').getAttribute('class');

describe('a topic', () => {
  it('says what it has learned, and an example can be taken back', async () => {
    await open('/topic/3dgs?page=topic');
    await eventually(() => page.locator('.pages').textContent()).toContain('Nothing yet');
    await open('/topic/3dgs');
    await eventually(() => rows(page).count()).toBeGreaterThan(2);
    await rows(page).first().click();
    const title = (await openTitle(page).textContent()) ?? '';
    await page.keyboard.press('y');
    await page.getByRole('link', { name: 'Edit this topic' }).click();
    await eventually(() => page.locator('.pages').textContent()).toMatch(
      /From 1 paper that you said belongs\.\s+(?:Since your examples|They have moved no)/,
    );
    expect(await page.locator('.telling dd').first().textContent()).toMatch(/\p{L}{3}/u);
    await page.getByRole('button', { name: `Take back what you said of ${title}` }).click();
    await eventually(() => page.locator('.pages').textContent()).toContain('Nothing yet');
    await undo();
    await eventually(() => page.locator('.pages').textContent()).toContain('From 1 paper');
  });

  it('of the site takes other words, and its own again', async () => {
    await open('/topic/mlps?page=topic');
    await page.getByLabel('Name').fill('Perceptrons');
    await button('Save').click();
    await eventually(topicNames).toEqual(['Compact models', 'Perceptrons', '3DGS']);
    // What is half written outlasts a reload, and not a look at another topic.
    const sentence = page.getByLabel('What it is about, in a sentence');
    const kept = await sentence.inputValue();
    await page.getByLabel('Name').fill('Percep');
    await sentence.fill('Networks of');
    await page.reload();
    await eventually(topicNames).toEqual(['Compact models', 'Perceptrons', '3DGS']);
    await eventually(() => sentence.inputValue()).toBe('Networks of');
    expect(await page.getByLabel('Name').inputValue()).toBe('Percep');
    await open('/topic/3dgs?page=topic');
    await eventually(() => openTitle(page).textContent()).toBe('3DGS');
    await open('/topic/mlps?page=topic');
    await eventually(() => sentence.inputValue()).toBe(kept);
    expect(await page.getByLabel('Name').inputValue()).toBe('Perceptrons');
    await button('Back to the site’s own words').click();
    await eventually(topicNames).toEqual(['Compact models', 'MLPs', '3DGS']);
    await undo();
    await eventually(() => openTitle(page).textContent()).toBe('Perceptrons');
    await button('Back to the site’s own words').click();
    await eventually(() => openTitle(page).textContent()).toBe('MLPs');
  });

  it('moves by key and by button, and its colour goes with it', async () => {
    const colors = await Promise.all(['Compact models', 'MLPs', '3DGS'].map(hueOf));
    await place(page, '3DGS').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(topicNames).toEqual(['Compact models', '3DGS', 'MLPs']);
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('3DGS');
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(topicNames).toEqual(['3DGS', 'Compact models', 'MLPs']);
    await page.reload();
    await eventually(topicNames).toEqual(['3DGS', 'Compact models', 'MLPs']);
    expect(await Promise.all(['Compact models', 'MLPs', '3DGS'].map(hueOf))).toEqual(colors);
    await open('/topic/3dgs?page=topic');
    await button('Move down').click();
    await eventually(topicNames).toEqual(['Compact models', '3DGS', 'MLPs']);
    await button('Move down').click();
    await eventually(topicNames).toEqual(['Compact models', 'MLPs', '3DGS']);
  });

  it('of the site is hidden and brought back', async () => {
    await open('/topic/mlps?page=topic');
    await button('Hide this topic').click();
    await eventually(topicNames).toEqual(['Compact models', '3DGS', 'Hidden topics']);
    await page.getByRole('button', { name: 'Bring back: MLPs' }).click();
    await eventually(topicNames).toEqual(['Compact models', 'MLPs', '3DGS']);
  });

  it('is split as proposed, and merged into another with what was said in it', async () => {
    await open('/topic/compact-models?page=topic');
    // The quick model, which answers first, would part it elsewhere.
    await waitForMeaning(page);
    await eventually(() => heading(page)).toMatch(/^\d+ papers in Compact models/);
    await button('See the two parts').click();
    await eventually(() => page.locator('.pages').textContent()).toContain('Compact models goes.');
    await page.getByLabel('Name of part 1').fill('First half');
    await page.getByLabel('Name of part 2').fill('Second half');
    await button('Make these two topics').click();
    await eventually(topicNames).toEqual(['First half', 'Second half', 'MLPs', '3DGS', 'Hidden topics']);
    await eventually(() => page.locator('.pages').textContent()).toContain(
      'From 5 papers that you said belong',
    );
    await page.getByLabel('Merge into').selectOption({ label: 'Second half' });
    await page.getByLabel(/^Both, one after the other/).check();
    await button('Merge').click();
    await eventually(topicNames).toEqual(['Second half', 'MLPs', '3DGS', 'Hidden topics']);
    await eventually(() => page.locator('.pages').textContent()).toContain(
      'From 10 papers that you said belong',
    );
    expect(await page.getByLabel('What it is about, in a sentence').inputValue()).toMatch(
      /part of Compact models\..*part of Compact models\.$/,
    );
    await undo();
    await eventually(topicNames).toEqual(['First half', 'Second half', 'MLPs', '3DGS', 'Hidden topics']);
  });

  it('is shared by a link that says what it brings and asks; a broken one is explained', async () => {
    await open('/topic/3dgs?page=topic');
    await eventually(() => page.getByLabel('Link to this topic').inputValue()).toContain('yes=');
    const link = await page.getByLabel('Link to this topic').inputValue();
    const before = await topicNames();
    await page.goto(`${link}&yes=2212.00001`.replace('name=3DGS', 'name=%3Cb%3ESplats%3C%2Fb%3E'));
    await eventually(() => page.locator('.pages').textContent()).toContain(
      'with 2 examples of which 1 is here',
    );
    expect(await page.locator('.pages .lead').textContent()).toBe('<b>Splats</b>');
    expect(await topicNames()).toEqual(before);
    await button('Add this topic').click();
    await eventually(topicNames).toContain('<b>Splats</b>');
    await eventually(() => heading(page)).toContain('in <b>Splats</b>');
    await undo();
    await eventually(topicNames).toEqual(before);
    await open('/?page=shared&name=Only');
    await eventually(() => page.locator('.pages').textContent()).toContain('a topic without a sentence');
  });
});
