import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host, launch } from '../harness.ts';
import { freshSite } from './door.ts';
import { addPapers, eventually, field, heading, place, places, row, rows, SHIPPED, visit } from './site.ts';

const door = freshSite({ models: 'none' });
let context: BrowserContext;
let host: Host;
let page: Page;
beforeEach(() => {
  ({ context, host, page } = door);
});

const column = () => page.locator('.column-paper');
const save = async () => {
  const coming = page.waitForEvent('download');
  await column().getByRole('button', { name: 'Save as a file' }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
};

describe('import', () => {
  it('takes BibTeX, a table and a feed, and says what became of each record', async () => {
    await place(page, 'Add papers').click();
    const files = [
      [
        'library.bib',
        '@misc{a, title = {Storks over {Bosporus}}, author = {M{\\"u}ller, Zo{\\"e}}}\n@misc{b, year = 2020}\n',
      ],
      ['table.csv', 'Title,Abstract\nCranes,Birds\nStorks over Bosporus,Many birds\n'],
      ['feed.atom', '<feed><entry><title>Herons</title><summary>Birds</summary></entry></feed>'],
    ] as const;
    await page
      .locator('input[type="file"]')
      .setInputFiles(
        files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
      );
    await eventually(() => column().textContent()).toContain(
      '3 papers added, 1 updated, 0 already here, 1 left out.',
    );
    expect(await column().textContent()).toContain('line 2: no title');
    await field(page).fill('author:muller');
    await eventually(() => heading(page)).toContain('1 paper ');
    await eventually(() => rows(page).first().textContent()).toContain('Many birds');
  });
});

describe('a backup', () => {
  it('brings papers, topics, opinions and marks to another device, and adds nothing the second time', async () => {
    await addPapers(
      page,
      '[{"title": "Storks", "abstract": "Birds over the Bosporus.", "date": "2026-11-01"}]',
    );
    await places(page).getByRole('button', { name: 'Add a topic' }).click();
    await page.getByRole('textbox', { name: 'What the topic is about' }).fill('Birds that migrate');
    await page.keyboard.press('Enter');
    await eventually(() => place(page, 'Birds that migrate').count()).toBe(1);
    await place(page, 'All papers').click();
    await row(page, 'Storks').click();
    await page.keyboard.press('s');
    const yes = () => column().getByRole('button', { name: 'Yes, it belongs to Birds that migrate' });
    await yes().click();
    await eventually(() => place(page, 'Starred').textContent()).toBe('Starred1');
    await place(page, 'Export').click();
    const coming = page.waitForEvent('download');
    await column().getByRole('button', { name: 'Save a backup' }).click();
    const file = await (await coming).path();

    const elsewhere = await launch();
    try {
      page = await elsewhere.newPage();
      await visit(page, host.url);
      for (const sentence of [
        `1 paper added, 0 updated, ${SHIPPED} already here, 0 left out. With them: 1 topic, 1 opinion, the marks of 1 paper.`,
        `0 papers added, 0 updated, ${SHIPPED + 1} already here, 0 left out.`,
      ]) {
        await place(page, 'Add papers').click();
        await page.locator('input[type="file"]').setInputFiles({
          name: 'backup.json',
          mimeType: 'application/json',
          buffer: await readFile(file),
        });
        await eventually(() => column().textContent()).toContain(sentence);
      }
      await eventually(() => place(page, 'Starred').textContent()).toBe('Starred1');
      await place(page, 'Birds that migrate').click();
      await row(page, 'Storks').click();
      await eventually(() => yes().getAttribute('aria-pressed')).toBe('true');
    } finally {
      await closePage(page);
      await elsewhere.close();
      page = await context.newPage();
    }
  });
});

describe('export', () => {
  it('saves what the list shows, the starred papers or all of them, not only what is on screen', async () => {
    await page.keyboard.press('e');
    await eventually(() => column().getByRole('heading', { level: 1 }).textContent()).toBe('Export');
    const all = await save();
    expect(all.name).toBe('sheaf-all-papers.bib');
    expect(all.text.match(/^@misc/gm)).toHaveLength(SHIPPED);

    await field(page).fill('title:mlp');
    await eventually(() => heading(page)).not.toContain(`${SHIPPED} papers`);
    const shown = Number.parseInt(await heading(page), 10);
    await place(page, 'Export').click();
    await column().getByRole('combobox', { name: 'Format' }).selectOption('JSON lines');
    const some = await save();
    expect(some.name).toBe('sheaf-title-mlp.jsonl');
    const titles = some.text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { title: string }).title);
    expect(titles).toHaveLength(shown);
    for (const title of titles) expect(title).toMatch(/mlp/i);

    await column().getByRole('radio', { name: 'The starred papers' }).check();
    expect(await column().getByRole('button', { name: 'Save as a file' }).isDisabled()).toBe(true);
  });

  it('copies one paper as it is cited', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await rows(page).first().click();
    await column().getByText('Cite or save this paper').click();
    await column().getByRole('combobox', { name: 'Format' }).selectOption('BibTeX');
    await column().getByRole('button', { name: 'Copy' }).click();
    await eventually(() => page.getByText('1 paper copied as BibTeX.').count()).toBe(1);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^@misc\{2026rap,/);
    expect(copied).toContain('title = {{RAP: Fast Feedforward');
  });

  it('writes a feed that is named after the list, and comes back', async () => {
    await field(page).fill('title:mlp');
    await eventually(() => heading(page)).not.toContain(`${SHIPPED} papers`);
    const shown = Number.parseInt(await heading(page), 10);
    await place(page, 'Export').click();
    await column().getByRole('combobox', { name: 'Format' }).selectOption('Atom');
    const feed = await save();
    expect(feed.name).toBe('sheaf-title-mlp.atom');
    expect(feed.text).toContain('<title>“title:mlp”</title>');
    expect(feed.text.match(/<entry>/g)).toHaveLength(shown);
    await place(page, 'Add papers').click();
    await page
      .locator('input[type="file"]')
      .setInputFiles([{ name: feed.name, mimeType: 'text/xml', buffer: Buffer.from(feed.text) }]);
    await eventually(() => column().textContent()).toContain('0 papers added, 0 updated,');
  });

  it('tells reference managers of the open paper, and no longer once it is closed', async () => {
    await page.getByRole('searchbox').fill('title:rap');
    await rows(page).first().click();
    const title = (await column().getByRole('heading', { level: 1 }).textContent()) ?? '';
    const meta = () =>
      page.evaluate(() =>
        [...document.head.querySelectorAll<HTMLMetaElement>('meta[name^="citation_"]')].map(
          ({ name, content }) => `${name}: ${content}`,
        ),
      );
    expect(await meta()).toContain(`citation_title: ${title}`);
    const coins = (await page.locator('span.Z3988').getAttribute('title')) ?? '';
    expect(new URLSearchParams(coins).get('rft.atitle')).toBe(title);
    await page.keyboard.press('Escape');
    await eventually(() => page.locator('span.Z3988').count()).toBe(0);
    expect(await meta()).toEqual([]);
  });
});
