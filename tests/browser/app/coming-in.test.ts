/** How papers come in besides by paste: asked of a host, by a link, by the share sheet, from a table of any columns. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dailyRecord } from '../../fixtures/daily-api.ts';
import { closePage, type Host, launch, listen, type Troubles } from '../harness.ts';
import {
  addPapers,
  eventually,
  findSite,
  openTitle,
  place,
  row,
  rows,
  SHIPPED,
  serveSite,
  visit,
  waitForOffline,
} from './site.ts';

let context: BrowserContext;
let host: Host;
let page: Page;
let troubles: Troubles;
/** A server that speaks as huggingface.co does, and as any other host with a list; what it was asked. */
let other: Server;
let otherUrl: string;
let asked: string[];
let speak: (url: URL) => { status?: number; headers?: Record<string, string>; body: unknown };

beforeAll(async () => {
  context = await launch();
  troubles = listen(context);
  other = createServer((request, response) => {
    const url = new URL(request.url ?? '/', otherUrl);
    asked.push(url.pathname + url.search);
    const { status = 200, headers = {}, body } = speak(url);
    response.writeHead(status, { 'Access-Control-Allow-Origin': '*', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  // Nothing outside can be reached from a test: what goes to that host goes to the server here, past the page's policy.
  await context.route('https://huggingface.co/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await fetch(otherUrl + pathname + search);
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    });
  });
});
afterAll(async () => {
  await context?.close();
  other?.closeAllConnections();
  other?.close();
});
/** A host of its own for each case: another port is another origin, with nothing kept. */
beforeEach(async () => {
  asked = [];
  host = await serveSite();
  page = await context.newPage();
});
afterEach(async () => {
  await closePage(page);
  await host.close();
});

const column = () => page.locator('.column-paper');
const report = () => column().getByRole('status').first();
const button = (name: string | RegExp) => column().getByRole('button', { name });
const all = (papers: number) =>
  eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${papers}$`));
/** Leaves the page and opens it again, as another day would. */
const come = async (papers = SHIPPED) => {
  await visit(page, host.url, papers);
  await place(page, 'Add papers').click();
};

describe('Hugging Face', () => {
  // Playwright does not see what a page asks under a service worker, even where that leaves it alone.
  beforeEach(() =>
    page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')),
  );

  it('is asked only by a press that names it; a list that comes again brings counts and loses nothing', async () => {
    let list: unknown[] = Array.from({ length: 120 }, (_, at) => dailyRecord(at + 1));
    speak = (url) => {
      const page = Number(url.searchParams.get('p'));
      return { body: list.slice(page * 100, (page + 1) * 100) };
    };
    await come();
    await column().getByRole('combobox', { name: 'How much' }).selectOption('A week');
    await column().getByLabel('Day').fill('2026-03-11');
    const ask = button('Ask huggingface.co for the week of 9 March 2026');
    await ask.waitFor();
    expect(asked).toEqual([]);
    await ask.click();
    await eventually(() => report().textContent()).toContain(
      '120 records read: 120 papers added, 0 updated, 0 already here, 0 left out.',
    );
    expect(asked).toEqual([0, 1, 2].map((n) => `/api/daily_papers?week=2026-W11&p=${n}&limit=100`));
    await all(SHIPPED + 120);

    const { id, title } = dailyRecord(7).paper;
    list = [{ paper: { id, title, upvotes: 999 }, numComments: 0 }];
    await ask.click();
    await eventually(() => report().textContent()).toContain('0 papers added, 1 updated, 0 already here');
    await all(SHIPPED + 120);
    await page.getByRole('searchbox').fill('title:"river, part 7" upvotes:>900');
    await row(page, 'Storks of the river, part 7').click();
    await eventually(() => openTitle(page).textContent()).toBe('Storks of the river, part 7');
    expect(await column().locator('.abstract').textContent()).toBe('We count the storks of part 7.');
    expect(await column().locator('.facts').textContent()).toContain('999 upvotes');

    // The report is still there, and its undo takes back what came last and no more.
    await place(page, 'Add papers').click();
    await button('Undo: take it all back').click();
    await eventually(() => report().textContent()).toContain('The import was taken back');
    await page.getByRole('searchbox').fill('title:"river, part 7" upvotes:>900');
    await row(page, 'Storks of the river, part 7').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('title:"river, part 7" upvotes:<20');
    await row(page, 'Storks of the river, part 7').waitFor();
    await all(SHIPPED + 120);
  });

  it('that gives half, nothing or nonsense is told in sentences, and can be stopped', async () => {
    await come();
    const ask = button(/^Ask huggingface\.co for \d+ \w+ \d{4}$/);
    speak = (url) =>
      url.searchParams.get('p') === '0'
        ? { body: Array.from({ length: 100 }, (_, at) => dailyRecord(at + 1)) }
        : // Without more a browser does not show a page how long it is asked to wait.
          { status: 429, headers: { 'Retry-After': '30' }, body: '' };
    await ask.click();
    await eventually(() => report().textContent()).toContain('Only the first 100 came: ');
    expect(await report().textContent()).toContain('asked too often just now. Try again in some minutes.');
    await all(SHIPPED + 100);
    speak = () => ({ body: '<!doctype html>' });
    await ask.click();
    await eventually(() => report().textContent()).toContain('sent something that is no list of papers');
    expect(await report().textContent()).toContain('Nothing was changed.');

    speak = (url) => ({ body: [dailyRecord(500 + Number(url.searchParams.get('p')))] });
    await ask.click();
    await button('Stop')
      .click({ timeout: 5_000 })
      .catch(() => undefined);
    await eventually(() => report().textContent()).toMatch(
      /Stopped\. Nothing was changed\.|gave more than 30 pages/,
    );
    await context.setOffline(true);
    await eventually(() => column().textContent()).toContain(
      'There is no network just now, so nobody can be asked.',
    );
    await context.setOffline(false);
    expect(troubles.violations).toEqual([]);
  });
});

describe('a link to a list', () => {
  it('of this site is loaded at a press, and taken out of the address', async () => {
    await page.goto(`${host.url}#/?list=papers.json&q=`);
    await eventually(() => openTitle(page).textContent()).toBe('Add papers');
    expect(await column().textContent()).toContain('This link names a list of this site: /papers.json.');
    // Pressed sooner, it would come before the site itself has brought it.
    await all(SHIPPED);
    await button('Load it').click();
    await eventually(() => report().textContent()).toContain(`${SHIPPED} already here, 0 left out.`);
    await eventually(() => page.url()).toBe(`${host.url}#/?page=add`);
    await page.goto(`${host.url}?list=nowhere.json`);
    await button('Load it').click();
    await eventually(() => report().textContent()).toContain(
      'was not found on its server. Nothing was changed.',
    );
    await button('No, leave it').click();
    await eventually(() => page.url()).toBe(`${host.url}#/?page=add`);
    await page.goto(`${host.url}?list=javascript:alert(1)`);
    await eventually(() => report().textContent()).toContain('it is not an address that begins with https');
  });

  it('of another host names it and asks nothing before the press', async () => {
    speak = () => ({ body: [{ title: 'A list from elsewhere' }] });
    await page.goto(`${host.url}?list=${encodeURIComponent(`${otherUrl}/list.json`)}#/`);
    const name = new URL(otherUrl).host;
    await eventually(() => column().textContent()).toContain(`This link wants to load a list from ${name}.`);
    await all(SHIPPED);
    expect(asked).toEqual([]);
    await button(`Load it from ${name}`).click();
    await eventually(() => report().textContent()).toContain('1 record read: 1 paper added');
    expect([asked, troubles.violations]).toEqual([['/list.json'], []]);
    await eventually(() => page.url()).toBe(`${host.url}#/?page=add`);
  });
});

it('ids come in, are called by a list that has their titles, and those here are told', async () => {
  await come();
  await addPapers(page, 'https://arxiv.org/abs/2603.00001v2 2603.00002\nsoon\n2603.00001\n');
  await eventually(() => report().textContent()).toContain(
    '4 records read: 2 papers added, 0 updated, 1 already here, 1 left out. Of those already here, 1 record named a paper twice.',
  );
  expect(await report().textContent()).toContain('line 2: no arXiv id in “soon”');
  await addPapers(page, JSON.stringify([dailyRecord(1)]));
  await eventually(() => report().textContent()).toContain('1 record read: 0 papers added, 1 updated');
  await button('Show the list').click();
  await page.getByRole('searchbox').fill('title:storks');
  await row(page, 'Storks of the river, part 1').waitFor();
  expect(await rows(page).count()).toBe(1);
  expect(troubles.errors).toEqual([]);
});

it('a table of any columns is read as the reader says', async () => {
  await come();
  await addPapers(page, 'Werk;Wann;Vogel\nStorks over the Bosporus;2026/3/9;Müller, Zoë\nCranes;soon;\n');
  await column().getByRole('heading', { name: 'What are the columns?' }).waitFor();
  expect(await report().textContent()).toContain(
    'none of its columns is known as titles. Nothing was changed.',
  );
  const add = column().locator('.columns').getByRole('button', { name: 'Add these papers' });
  expect(await add.isDisabled()).toBe(true);
  expect(await column().getByLabel('The first row has the names of the columns').isChecked()).toBe(true);
  for (const [name, field] of [
    ['Werk', 'title'],
    ['Wann', 'date'],
    ['Vogel', 'authors'],
  ] as const)
    await column()
      .getByRole('combobox', { name: `Column ${name}` })
      .selectOption(field);
  await add.click();
  await eventually(() => report().textContent()).toContain('2 records read: 2 papers added');
  expect(await report().textContent()).toContain(
    'row 3: in the column “Wann”, “soon” is no date as in 2026-03-10',
  );
  await all(SHIPPED + 2);

  // Another choice takes the first one back.
  await button('Choose columns').click();
  await column().getByRole('combobox', { name: 'Column Vogel' }).selectOption('title');
  await all(SHIPPED);
  await column().locator('.columns').getByRole('button', { name: 'Cancel' }).click();
});

it('files dropped on the list are told of in a notice, and undone by it', async () => {
  await visit(page, host.url);
  await page.evaluate(() => {
    const dropped = new DataTransfer();
    dropped.items.add(new File(['@misc{a, title = {Storks}}'], 'a.bib'));
    dropped.items.add(new File(['{"title": "Cranes", "abstract": ""}'], 'b.jsonl'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
    );
  });
  const notice = page.locator('.notice');
  await eventually(() => notice.allTextContents()).toEqual([
    expect.stringContaining('2 records read: 2 papers added'),
  ]);
  await all(SHIPPED + 2);
  await notice.getByRole('button', { name: 'Undo: take it all back' }).click();
  await eventually(() => notice.allTextContents()).toEqual([
    expect.stringContaining('The import was taken back'),
  ]);
  await all(SHIPPED);
});

describe('the share sheet', () => {
  /** A page of another origin sends a form, as the browser does for the system. */
  const share = async (fields: Record<string, string>, file?: { name: string; text: string }) => {
    await page.setContent(
      `<form method="post" enctype="multipart/form-data" action="${host.url}share">
      ${Object.keys(fields)
        .map((name) => `<input name="${name}">`)
        .join('')}<input type="file" name="files"><button>Share</button></form>`,
    );
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
    if (file)
      await page
        .locator('[name="files"]')
        .setInputFiles({ name: file.name, mimeType: 'text/plain', buffer: Buffer.from(file.text) });
    await page.getByRole('button', { name: 'Share' }).click();
    await eventually(() => openTitle(page).textContent()).toBe('Add papers');
  };

  it('hands over text and files, without a network too; nothing is added before the press', async () => {
    await visit(page, host.url);
    await waitForOffline(page);
    await host.close();
    await page.goto('about:blank');
    await share(
      { title: '[2401.04925] Storks over the Bosporus', text: 'https://arxiv.org/abs/2401.04925', url: '' },
      { name: 'cranes.bib', text: '@misc{a, title = {Cranes}}' },
    );
    await all(SHIPPED);
    const text = column().getByLabel('The text of a list of papers');
    await eventually(() => text.inputValue()).toBe(
      '[2401.04925] Storks over the Bosporus\nhttps://arxiv.org/abs/2401.04925',
    );
    expect(await column().textContent()).toContain('Handed to Sheaf by another program: cranes.bib.');
    await button('Add these papers').click();
    await eventually(() => report().textContent()).toContain('3 records read: 2 papers added');
    await all(SHIPPED + 2);
    await page.reload();
    await all(SHIPPED + 2);
    expect(await column().getByLabel('The text of a list of papers').inputValue()).toBe('');
    expect(troubles.errors).toEqual([]);
  });

  it('and file handlers are named in the manifest as the site reads them', async () => {
    const manifest = JSON.parse(readFileSync(join(findSite(), 'manifest.webmanifest'), 'utf8'));
    expect(manifest.share_target).toMatchObject({
      action: './share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { title: 'title', text: 'text', url: 'url' },
    });
    expect(Object.values(manifest.file_handlers[0].accept).flat()).toEqual(
      expect.arrayContaining(['.bib', '.ris', '.json', '.jsonl', '.csv', '.xml', '.atom', '.txt']),
    );
    // No program can be made to open a file here: the queue that the browser would fill is put in its place.
    await page.addInitScript(() => {
      const file = new File(['[{"title": "Opened by the system"}]'], 'opened.json');
      const launch = { files: [{ getFile: async () => file }] };
      Object.defineProperty(globalThis, 'launchQueue', {
        value: { setConsumer: (take: (one: typeof launch) => void) => take(launch) },
      });
    });
    await page.goto(host.url);
    await eventually(() => column().textContent()).toContain(
      'Handed to Sheaf by another program: opened.json.',
    );
    await button('Add these papers').click();
    await eventually(() => report().textContent()).toContain('1 record read: 1 paper added');
  });
});
