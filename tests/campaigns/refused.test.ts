/** An import that is refused, or that fails while it is written, leaves every row of every database as it was. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, launch, PATIENCE_MS } from '../browser/harness.ts';
import { chanceOf, tell } from './campaign.ts';
import { largeFiles } from './hostile/large.ts';
import type { LibraryPage } from './hostile/library-page.ts';
import { serveLibraryPage } from './hostile/own-page.ts';

let context: BrowserContext;
let page: Page;
let session: CDPSession;
let served: { host: Host; close(): Promise<void> };
beforeAll(async () => {
  served = await serveLibraryPage();
  context = await launch();
  page = await context.newPage();
  // Before the first write: the browser asks for the room left only now and then.
  session = await context.newCDPSession(page);
  const { origin } = new URL(served.host.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
  await page.goto(served.host.url);
  await page.waitForFunction(() => 'sheaf' in globalThis);
  // Something of everything that can be kept.
  await page.evaluate(async () => {
    const page = globalThis as LibraryPage;
    page.shelf = await page.sheaf.openShelf();
    const { store } = page.shelf;
    await page.shelf.add('{"title":"Of the reader","abstract":"Kept."}\n{"title":"Another"}');
    await store.putTopic({ id: 't', name: 'T', sentence: 'Of T.', order: 1, createdAt: '2026-01-01' });
    await store.putOpinions([{ topic: 't', paper: 'title:oftereader', said: 'liked' }]);
    await store.mark('title:another', { starred: '2026-01-01', tags: ['mine'] });
    await store.putNote({ paper: 'title:another', text: 'Mine.', editedAt: '2026-01-01' });
    await store.nameGroup({ id: 'g', name: 'G' });
    await store.putSetting('s', { a: 1 });
  });
});
afterAll(async () => {
  await context?.close();
  await served?.close();
});

const dump = () => page.evaluate(() => (globalThis as LibraryPage).sheaf.dump());
const add = (text: string) => page.evaluate((text) => (globalThis as LibraryPage).shelf.add(text), text);

/** Many papers, so that a write is under way when it fails. */
const list = (count: number, words = 20) =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({ title: `Paper ${at}`, abstract: `word${at} `.repeat(words) }),
  ).join('\n');

/** Everything in it fits in no list of papers. */
const REFUSED =
  /^(?:nothing|a web page|an xml|a gzip|a zip|a file of|backup, of|a million records|json, lists that never|atom, (?:comment|elements|section|signs)|csv, a hundred)/;

it('by what it is', async () => {
  const files = [
    ...largeFiles(0.2).filter(({ name, answer }) => REFUSED.test(name) && !answer),
    { name: 'json, cut short', text: `[${list(500).replaceAll('\n', ',')}` },
    { name: 'backup, cut short', text: `{"sheaf":1,"papers":[${list(500).replaceAll('\n', ',')}` },
    { name: 'prose', text: 'Dear all,\n\nplease find the papers attached.\n' },
  ];
  const before = await dump();
  expect(before).toContain('Of the reader');
  const taken: string[] = [];
  for (const { name, text } of files) {
    const { refused, error } = await add(text);
    if (refused === undefined) taken.push(name);
    else expect(error).toBe('SourceError');
    expect(await dump()).toBe(before);
  }
  tell('refused imports', { files: files.length, refused: files.length - taken.length, changed: 0 });
  expect(taken).toEqual([]);
  expect(files.length).toBeGreaterThanOrEqual(12);
});

it('when a row of it cannot be put', async () => {
  const before = await dump();
  const counts: number[] = [];
  for (const [after, text] of [
    [1, list(50)],
    [300, list(600)],
    [599, list(600)],
    [
      3,
      JSON.stringify({
        sheaf: 1,
        papers: [{ title: 'New' }],
        topics: [{ id: 'n', name: 'N', sentence: 'N.' }],
        marks: [{ paper: 'title:new', tags: ['x'] }],
        notes: [{ paper: 'title:new', text: 'x' }],
      }),
    ],
  ] as const) {
    const failed = await page.evaluate(
      async ([after, text]) => {
        const { put } = IDBObjectStore.prototype;
        let count = 0;
        IDBObjectStore.prototype.put = function (...given) {
          if (++count > after) throw new DOMException('made to fail', 'DataCloneError');
          return put.apply(this, given);
        };
        try {
          return { ...(await (globalThis as LibraryPage).shelf.add(text)), count };
        } finally {
          IDBObjectStore.prototype.put = put;
        }
      },
      [after, text] as const,
    );
    expect(failed.error).toBe('StoreError');
    expect(failed.count).toBe(after + 1);
    counts.push(failed.count);
    expect(await dump()).toBe(before);
  }
  tell('imports that fail half way', {
    files: counts.length,
    rows: counts.reduce((a, b) => a + b),
    changed: 0,
  });
});

it('when the disk is full', async () => {
  const before = await dump();
  // By chance: what repeats itself would be compressed to nothing.
  const chance = chanceOf('full disk');
  const signs = () => Array.from({ length: 500 }, () => chance().toString(36).slice(2)).join(' ');
  const papers = Array.from({ length: 4_000 }, (_, at) =>
    JSON.stringify({ title: `P ${at}`, abstract: signs() }),
  );
  const { refused, error } = await add(papers.join('\n'));
  expect(error).toBe('StoreError');
  expect(refused).toMatch(/\S/);
  expect(await dump()).toBe(before);
  // And the door is open again when room is made, once the browser has noticed it: it asks only now and then.
  const { origin } = new URL(served.host.url);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 300_000_000 });
  await expect.poll(async () => (await add('{"title":"Later"}')).added, { timeout: PATIENCE_MS }).toBe(1);
  expect(await dump()).not.toBe(before);
  tell('imports onto a full disk', { files: 1, changed: 0 });
});
