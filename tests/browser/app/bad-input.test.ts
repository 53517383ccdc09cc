import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Host, type HostResponse, launch, listen, type Troubles } from '../harness.ts';
import { allowNoServiceWorker, saveData } from './door.ts';
import {
  addPapers,
  drawn,
  eventually,
  field,
  heading,
  list,
  openTitle,
  place,
  places,
  quickModel,
  row,
  rows,
  SHIPPED,
  search,
  serveSite,
  shippedPapers,
  siteModel,
  status,
  waitForMeaning,
} from './site.ts';

const SPLATS = 'gaussian splatting';
const WEB_PAGE = '<!doctype html><title>Not found</title><h1>Nothing here</h1>';

let context: BrowserContext;
let troubles: Troubles;
let host: Host | undefined;
let page: Page;
/** What the host does to its files; taken away, it is mended. */
let harm: ((path: string, response: HostResponse) => HostResponse | undefined) | undefined;

beforeAll(async () => {
  context = await launch();
  troubles = listen(context);
  await context.addInitScript(saveData);
});
afterAll(() => context?.close());
afterEach(async () => {
  harm = undefined;
  await page?.close();
  await host?.close();
  host = undefined;
});

/** A host of its own for each case: another port is another origin, with nothing kept. */
async function open(options: { address?: string; init?: () => void; offline?: true } = {}): Promise<void> {
  host = await serveSite({ alter: (path, response) => harm?.(path, response) });
  page = await context.newPage();
  if (options.init) await page.addInitScript(options.init);
  if (!options.offline) await page.addInitScript(allowNoServiceWorker);
  await page.goto(host.url + (options.address ?? ''));
}

/** Search by words goes on whatever happens to the rest. */
async function expectWords(): Promise<void> {
  await search(page, SPLATS, 'by words');
  await eventually(async () => (await drawn(page)).length).toBeGreaterThan(1);
  expect(await rows(page).first().getByRole('img').getAttribute('aria-label')).toBe('number 1 by words');
}

async function expectAllWell(papers = SHIPPED): Promise<void> {
  await waitForMeaning(page);
  await search(page, SPLATS);
  await rows(page).first().click();
  await eventually(() => page.getByRole('article').getByRole('heading', { level: 1 }).count()).toBe(1);
  await eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${papers}$`));
}

describe('the site’s list', () => {
  const cases: [what: string, sentence: string, body: (response: HostResponse) => HostResponse][] = [
    [
      'replaced by a web page',
      'is missing: its server sent a web page in its place.',
      (response) => ({ ...response, body: Buffer.from(WEB_PAGE) }),
    ],
    [
      'that is no list',
      'cannot be read. This JSON has no list of papers: one is looked for under papers, items, results, data.',
      (response) => ({ ...response, body: Buffer.from('{"error": "quota exceeded"}') }),
    ],
    [
      'cut short',
      'cannot be read. This JSON is broken or cut short: it ends or goes wrong before the list is complete.',
      (response) => ({ ...response, body: response.body.subarray(0, 50_000) }),
    ],
    [
      'that is missing',
      'was not found on its server.',
      (response) => ({ ...response, status: 404, body: Buffer.from(WEB_PAGE) }),
    ],
  ];
  for (const [what, sentence, body] of cases) {
    it(`${what} is told in a sentence, and comes once the host is mended`, async () => {
      harm = (path, response) => (path === 'papers.json' ? body(response) : undefined);
      await open();
      const alert = list(page).getByRole('alert');
      await eventually(() => alert.textContent()).toContain(
        `The list at ${host?.url}papers.json ${sentence}`,
      );
      expect(await alert.getByRole('heading').textContent()).toBe('The list could not be loaded');
      harm = undefined;
      await alert.getByRole('button', { name: 'Try again' }).click();
      await eventually(() => heading(page)).toBe(`${SHIPPED} papers Newest first`);
      expect(await alert.count()).toBe(0);
      await waitForMeaning(page);
    });
  }

  it('that is missing leaves the reader’s own papers to be read and searched', async () => {
    harm = (path, response) => (path === 'papers.json' ? { ...response, status: 404 } : undefined);
    await open();
    await list(page).getByRole('alert').waitFor();
    await addPapers(page, JSON.stringify(shippedPapers().slice(0, 10)));
    await eventually(() => page.getByText('10 papers added').count()).toBe(1);
    await page.getByRole('button', { name: 'Show the list' }).click();
    await expectAllWell(10);
  });

  it('with one broken record gives the others and names the place and the reason', async () => {
    harm = (path, response) => {
      if (path !== 'papers.json') return undefined;
      const { papers } = JSON.parse(response.body.toString()) as { papers: unknown[] };
      const broken = [...papers.slice(0, 2), { abstract: 'A paper without a name.' }, ...papers.slice(3)];
      return { ...response, body: Buffer.from(JSON.stringify({ papers: broken })) };
    };
    await open();
    await eventually(() => page.locator('.notice').allTextContents()).toHaveLength(1);
    expect(await page.locator('.notice p').textContent()).toBe(
      "1 paper of the site's list could not be read. record 3: no title",
    );
    await expectAllWell(SHIPPED - 1);
  });
});

describe('the model', () => {
  const model = quickModel();
  const graph = model.files.find(({ path }) => path.endsWith('.onnx'));
  const again = 'Try again; if it stays so, choose another model.';
  const promised = `${((graph?.bytes ?? 0) / 1e6).toFixed(1)} MB`;
  const cases: [what: string, sentence: string, path: string | undefined, body: (whole: Buffer) => Buffer][] =
    [
      [
        'cut short',
        `${graph?.path} ended after 1.0 MB of ${promised}. Check the connection and try again.`,
        graph?.path,
        (whole) => whole.subarray(0, 1_000_000),
      ],
      [
        'with a web page in its place',
        `${graph?.path} is a web page, not the file itself. ${again}`,
        graph?.path,
        () => Buffer.from(WEB_PAGE),
      ],
      [
        'with a wrong checksum',
        `${graph?.path} is not the file that was promised: its checksum differs. ${again}`,
        graph?.path,
        (whole) => {
          const other = Buffer.from(whole);
          other[other.length >> 1] = (other[other.length >> 1] as number) ^ 1;
          return other;
        },
      ],
      [
        'with a web page for its description',
        `sheaf.json is a web page, not the file itself. ${again}`,
        'sheaf.json',
        () => Buffer.from(WEB_PAGE),
      ],
    ];
  for (const [what, sentence, file, body] of cases) {
    it(`${what} is told in a sentence, words go on, and it comes once the host is mended`, async () => {
      harm = (path, response) =>
        path === `${model.folder}${file}` ? { ...response, body: body(response.body) } : undefined;
      await open();
      await eventually(() => status(page)).toContain(`Search by words only${sentence}`);
      await expectWords();
      harm = undefined;
      await places(page).getByRole('button', { name: 'Try again' }).click();
      await eventually(() => heading(page)).toContain('by meaning and words');
      await waitForMeaning(page);
    });
  }

  it('that is missing is told in a sentence', async () => {
    harm = (path, response) =>
      path === `${model.folder}${graph?.path}` ? { ...response, status: 404 } : undefined;
    await open();
    await eventually(() => status(page)).toContain(`has no ${graph?.path} for this model.`);
    await expectWords();
    await field(page).fill('');
    await place(page, '3DGS').click();
    await eventually(() => list(page).textContent()).toContain(
      'For now by words alone: meaning is not ready.',
    );
  });
});

describe('a browser', () => {
  it('without IndexedDB keeps nothing, says so, and works', async () => {
    await open({
      init: () => {
        Reflect.deleteProperty(globalThis, 'indexedDB');
        Reflect.deleteProperty(Window.prototype, 'indexedDB');
      },
    });
    await eventually(() => page.locator('.notice p').allTextContents()).toEqual([
      'This browser has no storage for pages: everything works, but is kept only until this page is closed.',
    ]);
    await expectAllWell();
    expect(await status(page)).toContain(`${SHIPPED} papers here until you close the page.`);
    await addPapers(page, '{"title": "A paper for today", "abstract": "Gone tomorrow."}');
    await eventually(() => page.getByText('1 paper added').count()).toBe(1);
    await page.getByRole('button', { name: 'Show the list' }).click();
    await search(page, 'a paper for today');
    await eventually(async () => (await drawn(page))[0]).toBe('title:apaperfortoday');
  });

  it('without WebGPU runs on the processor and says why', async () => {
    await open({
      init: () => void Reflect.deleteProperty(Navigator.prototype, 'gpu'),
      address: '#/?page=model',
    });
    await waitForMeaning(page);
    // The quick one is a table, for which no card is asked about.
    await page.getByRole('radio', { name: 'The better one' }).check();
    await eventually(() => status(page)).toContain(`${siteModel().name} answers.`);
    const device = page.locator('[data-device]');
    expect(await device.getAttribute('data-device')).toBe('wasm');
    await page.getByRole('radio', { name: 'Graphics card' }).check();
    await eventually(() => page.getByText('This browser has no WebGPU.').count()).toBe(1);
    expect(await device.getAttribute('data-device')).toBe('wasm');
    await expectAllWell();
  });

  it('without a service worker needs its server, says why, and works', async () => {
    await open({ init: allowNoServiceWorker, offline: true });
    await eventually(() => status(page)).toContain('This browser allows no service worker here');
    await expectAllWell();
  });

  it('that cannot keep the site for offline use says so', async () => {
    harm = (path, response) => (path === 'sw.js' ? { ...response, status: 404 } : undefined);
    await open({ offline: true });
    await eventually(() => status(page)).toContain('Sheaf could not be kept for use without a network');
    await expectAllWell();
  });
});

describe('a text to add', () => {
  const rubbish: [text: string, sentence: string][] = [
    ['Dear reader, this is a letter and not a list.', ''],
    [WEB_PAGE, 'This is the source of a web page, not a list of papers.'],
    [
      '{"papers": 7}',
      'This JSON has no list of papers: one is looked for under papers, items, results, data.',
    ],
    [
      '[{"title": "Half a li',
      'This JSON is broken or cut short: it ends or goes wrong before the list is complete.',
    ],
    ['a\0b', 'This is no text: it looks like a binary file.'],
  ];

  it('that is rubbish changes nothing and is told why', async () => {
    await open();
    await waitForMeaning(page);
    const said = new Set<string>();
    for (const [text, sentence] of rubbish) {
      await addPapers(page, text);
      const problem = page.getByRole('status').locator('.problem');
      await eventually(() => problem.allTextContents()).toEqual([
        expect.stringMatching(/^\p{Lu}.{20,}\. Nothing was changed\.$/u),
      ]);
      const told = (await problem.textContent()) ?? '';
      expect(told).toContain(sentence);
      said.add(told);
      // What was pasted is still there to be mended.
      expect(await page.getByLabel('The text of a list of papers').inputValue()).not.toBe('');
      expect(await place(page, 'All papers').textContent()).toMatch(new RegExp(`${SHIPPED}$`));
    }
    expect(said.size).toBe(rubbish.length);
    await page.reload();
    await expectAllWell();
  });

  it('with a broken record adds the others and reports place and reason', async () => {
    await open();
    await waitForMeaning(page);
    const lines = [
      '{"title": "Herons of the lower river", "abstract": "We count herons."}',
      '{"abstract": "Nobody knows its name."}',
      '{"title": "Otters, again", ',
      '{"title": "Otters of the upper river", "abstract": "We count otters."}',
      '"not a record"',
    ];
    await addPapers(page, lines.join('\n'));
    const report = page.getByRole('status').filter({ hasText: 'papers added' });
    await eventually(() => report.textContent()).toContain(
      '2 papers added, 0 updated, 0 already here, 3 left out.',
    );
    const reasons = await report.getByRole('listitem').allTextContents();
    expect(reasons.sort()).toEqual([
      'line 2: no title',
      'line 3: not valid JSON',
      'line 5: not a record but a string',
    ]);
    await page.getByRole('button', { name: 'Undo: take it all back' }).click();
    await eventually(() => place(page, 'All papers').textContent()).toMatch(new RegExp(`${SHIPPED}$`));
  });

  it('with HTML and script in it is shown as text and runs nothing', async () => {
    await open();
    await waitForMeaning(page);
    const nasty = '<img src="x" onerror="hacked = 1"><script>hacked = 1</script><b>bold</b>';
    await addPapers(
      page,
      JSON.stringify([
        {
          title: `A title with ${nasty} in it`,
          abstract: `Zyzzyva weevils. An abstract with ${nasty} in it. And <svg onload="hacked = 1"></svg> too.`,
          organization: nasty,
          authors: [nasty],
          date: '2026-11-01',
          links: [
            { label: nasty, url: 'https://example.org/<b>' },
            { label: 'run', url: 'javascript:hacked=1' },
            { label: 'data', url: 'data:text/html,<script>hacked=1</script>' },
          ],
        },
      ]),
    );
    await eventually(() => page.getByText('1 paper added').count()).toBe(1);
    await page.getByRole('button', { name: 'Show the list' }).click();
    await waitForMeaning(page);
    await search(page, 'zyzzyva weevils bold');
    const hit = row(page, nasty);
    await eventually(() => hit.count()).toBe(1);
    await hit.click();
    await eventually(() => openTitle(page).textContent()).toBe(`A title with ${nasty} in it`);
    const article = page.getByRole('article');
    expect(await article.locator('.abstract').textContent()).toContain('<svg onload="hacked = 1"></svg>');
    await eventually(() => article.locator('mark').count()).toBe(1);
    const hrefs = await article
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs.filter((href) => !/^(https?:\/\/|#\/)/.test(href ?? ''))).toEqual([]);
    expect(hrefs).toContain('https://example.org/%3Cb%3E');

    await places(page).getByRole('button', { name: 'Add a topic' }).click();
    await page.getByLabel('What the topic is about').fill(nasty);
    await page.keyboard.press('Enter');
    await eventually(() => list(page).textContent()).toContain(nasty);
    await page.getByRole('button', { name: 'Remove this topic' }).click();
    await eventually(() => page.locator('.notice').textContent()).toContain('was removed');

    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('.app img, .app script, .app b, .app svg[onload]').count()).toBe(0);
    expect(troubles.violations).toEqual([]);
  });
});

it('left no uncaught error behind', () => {
  expect(troubles.errors).toEqual([]);
});
