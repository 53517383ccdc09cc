/**
 * Texts that were written to be run, in everything that a list, a backup or an address can bring, and every view that
 * shows them: nothing runs, nobody is asked, and the page's policy has nothing to refuse. Once more without the policy,
 * since it must not be what holds.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Papa from 'papaparse';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestToHtml } from '../../src/export/digest.ts';
import { FORMATS } from '../../src/export/formats.ts';
import { toCsv } from '../../src/export/tables.ts';
import { wellFormed } from '../../src/paper/cut.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { readAny } from '../../src/source/source.ts';
import { allowNoServiceWorker, saveData } from '../browser/app/door.ts';
import { eventually, field, places, serveSite, visit, waitForMeaning } from '../browser/app/site.ts';
import { closePage, type Host, launch, listen, type Troubles } from '../browser/harness.ts';
import { tell, times } from './campaign.ts';
import { ODDITIES, SCRIPTS } from './hostile/payloads.ts';
import { setTraps, type Traps } from './hostile/traps.ts';

/** Where in the library a text stands; its place in this list is its number in marks. */
const FIELDS = [
  'title',
  'abstract',
  'author',
  'organization',
  'venue',
  'keyword',
  'link',
  'label',
  'pages',
  'doi',
  'tag',
  'note',
  'topic',
  'sentence',
  'group',
  'cell',
  'column',
  'file',
  'query',
  'shared',
  'list',
  'address',
] as const;
type Field = (typeof FIELDS)[number];

/** A text with a mark behind it, by which it is known where it is shown; the mark breaks no script. */
function marked(payload: number, where: Field): string {
  return `${SCRIPTS[payload]}/*q${payload}f${FIELDS.indexOf(where)}z*/`;
}

/** A browser takes half a sign for one that it does not know. */
const inAddress = (text: string) => encodeURIComponent(wellFormed(text));

const all = SCRIPTS.map((_, at) => at);
const idOf = (payload: number) => `title:payload ${payload}`;

/** So that groups are found. */
const ABOUT = [
  'Gaussian splatting of radiance fields renders novel views of scenes from photographs in real time.',
  'Language models fold proteins: sequences of amino acids are read as sentences by a transformer.',
  'Robots learn to walk by reinforcement: a policy is trained in simulation and kept on the ground.',
];

/** A paper for each, with it in every field. */
const LIST = JSON.stringify({
  listed: '2026-03-10',
  papers: all.map((at) => ({
    title: `${marked(at, 'title')} of gaussian splatting ${at}`,
    abstract: `${marked(at, 'abstract')} ${ABOUT[at % ABOUT.length]}`,
    authors: [marked(at, 'author'), 'Ann Lee'],
    organization: marked(at, 'organization'),
    venue: marked(at, 'venue'),
    keywords: [marked(at, 'keyword').replace(/[,;]/g, ' ')],
    pages: marked(at, 'pages'),
    doi: `10.1145/${marked(at, 'doi').replace(/\s/g, '')}`,
    links: [
      // Half of them, since a paper has so many links and no more.
      ...SCRIPTS.slice(at % 60 === 0 ? 0 : 30)
        .slice(0, 40)
        .map((url) => ({ label: 'a', url })),
      { label: marked(at, 'label'), url: `https://a.example/${marked(at, 'link')}` },
    ],
    date: '2026-03-09',
  })),
});

/** All of them: whichever paper is opened shows them. */
const NOTE = all.map((at) => marked(at, 'note')).join('\n\n');

/** What a backup says of the papers and besides. */
function backup(papers: readonly string[], groups: readonly string[]): string {
  return JSON.stringify({
    sheaf: 1,
    papers: [],
    topics: all.map((at) => ({
      id: marked(at, 'topic'),
      name: marked(at, 'topic'),
      sentence: `${marked(at, 'sentence')} gaussian splatting`,
      order: at,
      createdAt: '2026-01-01',
    })),
    opinions: [],
    marks: papers.map((paper, at) => ({
      paper,
      tags: [marked(at, 'tag')],
      starred: '2026-03-10',
      later: at,
    })),
    notes: papers.map((paper) => ({ paper, text: NOTE, editedAt: '2026-03-10' })),
    groupNames: groups.map((id, at) => ({ id, name: marked(at % all.length, 'group') })),
  });
}

interface Tour {
  /** Payloads, by the fields that they stood in and the views that showed them. */
  readonly shown: ReadonlySet<string>;
  readonly caught: readonly string[];
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sheaf-payloads-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A visit to a site whose list is hostile, through every view. */
async function tour(withPolicy: boolean, opened: readonly number[]): Promise<Tour> {
  let host: Host | undefined;
  const context = await launch({ viewport: { width: 1440, height: 1000 } });
  try {
    await context.addInitScript(saveData);
    await context.addInitScript(allowNoServiceWorker);
    const troubles = listen(context);
    const traps = await setTraps(context, () => host?.url ?? 'about:');
    host = await serveSite({
      alter: (path, response) => {
        if (path === 'papers.json') return { ...response, body: Buffer.from(LIST) };
        if (withPolicy || !/^$|index\.html$/.test(path)) return response;
        const body = response.body.toString().replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
        return { ...response, body: Buffer.from(body) };
      },
    });
    const page = await context.newPage();
    const shown = await lookAround(page, host, opened);
    await closePage(page);
    return { shown, caught: traps.take(), violations: troubles.violations, errors: troubles.errors };
  } finally {
    await context.close();
    await host?.close();
  }
}

async function lookAround(page: Page, host: Host, opened: readonly number[]): Promise<Set<string>> {
  const shown = new Set<string>();
  /** What of the marks stands anywhere in the page, in words or in attributes. */
  const look = async (view: string) => {
    const found = await page.evaluate(() => {
      const values = [...document.querySelectorAll('input, textarea')].map(
        (one) => (one as HTMLInputElement).value,
      );
      const text = `${document.documentElement.outerHTML} ${values.join(' ')}`;
      return [...text.matchAll(/q(\d+)f(\d+)z/g)].map(([, payload, where]) => `${payload} ${where}`);
    });
    for (const one of found) shown.add(`${view} ${one}`);
  };
  const go = async (address: string) => {
    await page.goto(`${host.url}${address}`);
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  };

  await visit(page, host.url, SCRIPTS.length);
  await waitForMeaning(page);
  await look('list');
  const papers = await allPapers(page);
  const found = places(page).getByRole('list', { name: 'Found groups' }).getByRole('link');
  await eventually(() => found.count()).toBeGreaterThan(0);
  const groups = await found.evaluateAll((links) =>
    links.map((link) => decodeURIComponent((link.getAttribute('href') ?? '').split('/')[2] ?? '')),
  );

  await go('#/?page=add');
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const input = page.locator('input[type="file"]');
  await input.setInputFiles([file('backup.json', backup(papers, groups))]);
  await eventually(() => page.locator('.add-report').textContent()).toContain('With them');
  await look('report of a backup');
  const cells = all.map((at) => `"Paper ${at}","${marked(at, 'cell').replaceAll('"', '""')}"`).join('\n');
  await input.setInputFiles([
    file(`${marked(1, 'file').replaceAll('/', '\u2215')}.csv`, `title,date\n${cells}\n`),
    file(`${marked(2, 'file').replaceAll('/', '\u2215')}.txt`, '<html>'),
  ]);
  await eventually(() => page.locator('.add-report').textContent()).toContain('is no date');
  await look('report of a table');
  await input.setInputFiles([
    file(
      `${marked(3, 'file').replaceAll('/', '\u2215')}.csv`,
      `"${marked(4, 'column').replaceAll('"', '""')}",b\n${cells}\n`,
    ),
  ]);
  await page.getByRole('heading', { name: 'What are the columns?' }).waitFor();
  await look('columns');

  await go('#/');
  for (let at = 0; at < times(3, 8); at++) {
    await look('list');
    await page.evaluate(() => document.querySelector('.scroller')?.scrollBy(0, 900));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await look('print');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  for (const view of ['starred', 'later', 'unread', 'month/2026-03']) {
    await go(`#/${view}`);
    await look(view);
  }
  for (const view of ['export', 'dates', 'digest', 'about', 'model', 'map', 'add']) {
    await go(`#/?page=${view}`);
    await page.waitForTimeout(150);
    await look(view);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command, place or title' }).fill('gaussian');
  await page.waitForTimeout(300);
  await look('palette');
  await page.keyboard.press('Escape');

  for (const at of opened) {
    await go(`#/?paper=${inAddress(papers[at] ?? '')}`);
    await page.getByRole('article').waitFor();
    await look('paper');
    await go(`#/tag/${inAddress(marked(at, 'tag'))}`);
    await look('tag');
    await go(`#/topic/${inAddress(marked(at, 'topic'))}?page=topic`);
    await look('topic');
    await field(page).fill(marked(at, 'query'));
    await look('query');
    await field(page).fill('');
    const words = new URLSearchParams({
      name: marked(at, 'shared').slice(0, 60),
      about: marked(at, 'shared'),
      yes: idOf(at).replace(' ', ''),
    });
    await go(`#/?page=shared&${words}`);
    await look('shared topic');
    for (const address of ['group', 'similar', 'day', 'topic', '']) {
      await go(`#/${address}/${inAddress(marked(at, 'address'))}?paper=${inAddress(marked(at, 'address'))}`);
      await look(`address ${address}`);
    }
  }
  // Each of these is a load of its own.
  for (const at of opened.slice(0, times(2, opened.length))) {
    await go(`?list=${inAddress(marked(at, 'list'))}#/`);
    await page.getByLabel('The text of a list of papers').waitFor();
    await look('offer of a list');
  }
  return shown;
}

/** Ids in the order of the payloads. */
async function allPapers(page: Page): Promise<string[]> {
  const rows = await page.evaluate(async () => {
    const request = indexedDB.open(
      (await indexedDB.databases()).map(({ name }) => name ?? '').find((name) => /library/.test(name)) ?? '',
    );
    const database = await new Promise<IDBDatabase>((done) => {
      request.onsuccess = () => done(request.result);
    });
    const asked = database.transaction('papers').objectStore('papers').getAll();
    await new Promise((done) => {
      asked.onsuccess = done;
    });
    database.close();
    return asked.result as { id: string; title: string }[];
  });
  const ids: string[] = [];
  for (const { id, title } of rows) ids[Number(/splatting (\d+)$/.exec(title)?.[1])] = id;
  return ids;
}

const some = all.filter((at) => at % times(30, 1) === 0);

for (const withPolicy of [true, false]) {
  it(`nothing runs in any view ${withPolicy ? 'under the policy' : 'without it'}`, async () => {
    const { shown, caught, violations, errors } = await tour(withPolicy, some);
    const views = new Set([...shown].map((one) => one.split(/ \d/)[0]));
    const fields = new Set([...shown].map((one) => one.split(' ').at(-1)));
    tell(`payloads ${withPolicy ? 'under the policy' : 'without it'}`, {
      payloads: SCRIPTS.length,
      fields: fields.size,
      views: views.size,
      shown: shown.size,
      executed: caught.filter((what) => !what.startsWith('violation')).length,
      violations: violations.length + caught.filter((what) => what.startsWith('violation')).length,
    });
    expect(caught).toEqual([]);
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
    expect(shown.size).toBeGreaterThanOrEqual(times(400, 2_000));
    expect(FIELDS.filter((_, at) => !fields.has(String(at)))).toEqual([]);
  });
}

describe('what is watched', () => {
  let context: BrowserContext;
  let host: Host;
  let traps: Traps;
  let troubles: Troubles;
  let page: Page;
  beforeAll(async () => {
    context = await launch();
    host = await serveSite({
      alter: (path, response) =>
        path === 'empty.html'
          ? {
              ...response,
              status: 200,
              headers: { 'Content-Type': 'text/html' },
              body: Buffer.from('<body></body>'),
            }
          : response,
    });
    troubles = listen(context);
    traps = await setTraps(context, () => host.url);
    page = await context.newPage();
  });
  afterAll(async () => {
    await context?.close();
    await host?.close();
  });

  it('sees what runs, what is added, who is asked and what is refused', async () => {
    const put = (html: string) =>
      page.evaluate((text) => {
        const box = document.createElement('div');
        box.innerHTML = text;
        document.body.append(box);
      }, html);
    const sees = async (html: string, what: string | RegExp) => {
      traps.take();
      await put(html);
      await eventually(() => traps.caught.join('\n')).toMatch(what);
    };
    await page.goto(`${host.url}empty.html`);
    await sees('<img src=x onerror=__ran(1)>', 'a script ran');
    await sees('<svg><animate onbegin=__ran(1) attributeName=x dur=1s>', 'a script ran');
    await sees('<img src="https://evil.invalid/x.gif">', 'asked https://evil.invalid/x.gif');
    await sees('<a href="java\tscript:__ran(1)">x</a>', 'href=');
    await sees('<iframe srcdoc="x"></iframe>', '<iframe>');
    await sees('<style>@import "https://evil.invalid/x.css"</style>', '<style>');
    await sees('<form action="javascript:__ran(1)"></form>', 'action=');
    traps.take();
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('script'), { textContent: '__ran(1)' })),
    );
    await eventually(() => traps.caught.join('\n')).toMatch(
      /<script> of its own words[\s\S]*a script ran|a script ran[\s\S]*<script>/,
    );
    traps.take();
    // Under the site's own policy the same is refused, and that is seen.
    await page.goto(`${host.url}index.html`);
    traps.take();
    const refusals = await page.evaluate(() => {
      const script = document.createElement('script');
      script.append('__ran(1)');
      document.body.append(script);
      try {
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=__ran(1)>');
        return 'none';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(refusals).toBe('TypeError');
    await eventually(() => traps.caught.join('\n')).toContain('violation of require-trusted-types-for');
    await eventually(() => troubles.violations.length).toBeGreaterThan(0);
  });
});

describe('what is written down', () => {
  const read = async () => (await readAny(LIST, { today: '2026-11-27' })).papers as Paper[];

  it('runs nothing where it is opened: digest and feeds', async () => {
    const context = await launch();
    try {
      const traps = await setTraps(context, () => pathToFileURL(directory).href);
      const papers = await read();
      const name = marked(0, 'topic');
      const files: Record<string, string> = {
        'digest.html': digestToHtml({
          title: name,
          sections: [{ name, papers, more: 1, moreUrl: `javascript:${name}` }],
        }),
        'feed.atom': FORMATS.atom.write(papers, { title: name, today: '2026-11-27' }),
        'feed.xml': FORMATS.atom.write(papers, {
          title: name,
          today: '2026-11-27',
          self: 'https://a.example/',
        }),
      };
      const page = await context.newPage();
      for (const [file, text] of Object.entries(files)) {
        await writeFile(join(directory, file), text);
        // Chromium saves a file of a type that it does not show.
        await page.goto(pathToFileURL(join(directory, file)).href).catch(() => {});
      }
      await page.goto(pathToFileURL(join(directory, 'digest.html')).href);
      expect(await page.locator('h3').count()).toBe(SCRIPTS.length);
      // Its own style is allowed by its own policy, and is the only one.
      expect(traps.caught.filter((what) => what !== '<style>')).toEqual([]);
      tell('payloads in files', { files: Object.keys(files).length, papers: papers.length, executed: 0 });
    } finally {
      await context.close();
    }
  });

  /**
   * A spreadsheet runs what a cell begins with. What begins so, be it after space or an apostrophe, gets an apostrophe
   * before it, which makes it text and is taken away when the file is read again. A spreadsheet that is set to part
   * cells at semicolons parts ours in the middle: `x;=1` within a title is then a cell of its own, and stays one.
   */
  it('has no cell that a spreadsheet would run, and comes back as it was', async () => {
    const formulas = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(1)',
      '\t=1',
      ' =1',
      '\r=1',
      "'=1",
      '\n=1',
      '＝1+1',
      '＋1',
      '－1',
      '＠SUM(1)',
    ];
    // Not such as are cut or mended when they are read.
    const texts = [...formulas, ...SCRIPTS, ...ODDITIES].filter(
      (text) => text.trim() !== '' && text.length <= 200 && !/\p{Surrogate}/u.test(text),
    );
    const papers: Paper[] = texts.map((text, at) => ({
      id: `title:${at}`,
      title: `${text} ${at}`,
      abstract: text,
      authors: [text],
      organization: text,
      venue: text,
      keywords: [text],
    }));
    const own = {
      tagsOf: () => formulas,
      noteOf: (id: string) => papers.find((paper) => paper.id === id)?.abstract ?? '',
    };
    const { data } = Papa.parse<string[]>(toCsv(papers, own).slice(1), { skipEmptyLines: true });
    const cells = data.flat();
    expect(data).toHaveLength(papers.length + 1);
    expect(
      cells.filter((cell) => /^[\s]*'?[=+\-@\t\r＝＋－＠]/u.test(cell) && !cell.startsWith("'")),
    ).toEqual([]);
    const back = await readAny(toCsv(papers), { today: '2026-11-27' });
    expect(back.papers.map(({ organization }) => organization)).toEqual(
      papers.map(({ organization }) => organization?.replace(/\s+/g, ' ').trim()),
    );
    tell('formulas in CSV', { papers: papers.length, cells: cells.length, run: 0 });
  });
});
