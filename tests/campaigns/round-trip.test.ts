/** What goes out comes back: a backup with all of a library, and each format with what it has a place for. */
import fc from 'fast-check';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FORMATS, type FormatName } from '../../src/export/formats.ts';
import { plain } from '../../src/paper/latex.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { readAny } from '../../src/source/source.ts';
import { type Host, launch } from '../browser/harness.ts';
import { SEED, tell, times } from './campaign.ts';
import { anyLibrary, anyPapers } from './hostile/libraries.ts';
import { fill, type LibraryPage, openShelf } from './hostile/library-page.ts';
import { serveLibraryPage } from './hostile/own-page.ts';

// As pages get it: its build for servers reacts to nothing.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const TODAY = { today: '2026-11-27' };

describe('a backup', () => {
  it('brings back the very library that was saved, and changes nothing when it comes again', async () => {
    const runs = times(200, 10_000);
    const sums = { libraries: 0, papers: 0, topics: 0, opinions: 0, marks: 0, notes: 0 };
    await fc.assert(
      fc.asyncProperty(anyLibrary, async (made) => {
        const [here, there] = [await openShelf(), await openShelf()];
        await fill(here, made);
        const saved = await here.store.snapshot();
        const { text, leftOut } = await here.backup();
        expect(leftOut).toBe(0);
        expect(await there.add(text)).toEqual({ added: saved.papers.length });
        expect(await there.store.snapshot()).toEqual(saved);
        expect(await there.add(text)).toEqual({ added: 0 });
        expect(await there.store.snapshot()).toEqual(saved);
        here.close();
        there.close();
        sums.libraries++;
        for (const part of ['papers', 'topics', 'opinions', 'marks', 'notes'] as const)
          sums[part] += saved[part].length;
      }),
      { numRuns: runs, seed: SEED },
    );
    tell('round trip', sums);
    expect(sums.libraries).toBe(runs);
    // None of the parts is always empty.
    for (const count of Object.values(sums)) expect(count).toBeGreaterThan(runs / 2);
  });
});

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const plainly = (paper: Paper) => ({
  title: oneLine(plain(paper.title)),
  abstract: oneLine(plain(paper.abstract)),
});
const words = ({ categories = [], keywords = [] }: Paper) => ({ categories, keywords });
const where = ({ arxivId, doi, venue, pages }: Paper) => ({ arxivId, doi, venue, pages });
/** An organisation stands as the only author where a format has one place for both. */
const people = ({ authors, organization }: Paper) => authors ?? (organization ? [organization] : undefined);
/** Which links are a paper's code and project is told by their labels; the others have no place. */
const counts = ({ comments, upvotes }: Paper) => ({ comments, upvotes });

/** What each format has a place for, as it is compared. */
const CARRIED: Partial<Record<FormatName, (paper: Paper) => unknown>> = {
  jsonl: ({ added: _, ...paper }) => paper,
  csv: (paper) => ({
    ...plainly(paper),
    ...where(paper),
    ...words(paper),
    ...counts(paper),
    date: paper.date,
    authors: paper.authors,
    organization: paper.organization,
  }),
  csl: (paper) => ({
    ...plainly(paper),
    ...where(paper),
    ...words(paper),
    date: paper.date,
    people: people(paper),
  }),
  ris: (paper) => ({
    ...plainly(paper),
    ...where(paper),
    ...words(paper),
    date: paper.date,
    people: people(paper),
  }),
  // The day of the month has no place.
  bibtex: (paper) => ({
    ...plainly(paper),
    ...where(paper),
    ...words(paper),
    date: paper.date?.slice(0, 7),
    people: people(paper),
  }),
};

describe('a file', () => {
  for (const [name, carried] of Object.entries(CARRIED)) {
    it(`of ${name} brings back what it has a place for`, async () => {
      const runs = times(100, 3_000);
      let count = 0;
      await fc.assert(
        fc.asyncProperty(anyPapers, async (made) => {
          const list = made.map((one) => `${JSON.stringify(one)}\n`).join('');
          const { papers } = await readAny(list, TODAY);
          const text = FORMATS[name as FormatName].write(papers, { title: 'x', today: TODAY.today });
          const back = await readAny(text, TODAY);
          expect(back.rejected).toEqual([]);
          expect(back.papers.map(carried)).toEqual(papers.map(carried));
          count += papers.length;
        }),
        { numRuns: runs, seed: SEED },
      );
      tell(`round trip by ${name}`, { files: runs, papers: count });
    });
  }
});

describe('in a browser', () => {
  let context: BrowserContext;
  let page: Page;
  let served: { host: Host; close(): Promise<void> };
  beforeAll(async () => {
    served = await serveLibraryPage();
    context = await launch();
    page = await context.newPage();
  });
  afterAll(async () => {
    await context?.close();
    await served?.close();
  });

  /** A wiped browser: none of its databases and none of its copies. */
  const wipe = async () => {
    await page.goto('about:blank');
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(served.host.url).origin,
      storageTypes: 'all',
    });
    await page.goto(served.host.url);
    await page.waitForFunction(() => 'sheaf' in globalThis);
  };

  it('a backup brings back all that was wiped', async () => {
    const runs = times(5, 50);
    let papers = 0;
    for (const made of fc.sample(anyLibrary, { numRuns: runs, seed: SEED })) {
      await wipe();
      const saved = await page.evaluate(async (made) => {
        const { sheaf } = globalThis as LibraryPage;
        const shelf = await sheaf.openShelf();
        await sheaf.fill(shelf, made);
        const { text } = await shelf.backup();
        const snapshot = await shelf.store.snapshot();
        shelf.close();
        return { kind: shelf.kind, text, snapshot };
      }, made);
      expect(saved.kind).toBe('indexeddb');
      await wipe();
      const back = await page.evaluate(async (text) => {
        const shelf = await (globalThis as LibraryPage).sheaf.openShelf();
        const [before, lost] = [(await shelf.store.papers()).length, shelf.store.lost];
        await shelf.add(text);
        const snapshot = await shelf.store.snapshot();
        shelf.close();
        return { before, lost, snapshot };
      }, saved.text);
      expect([back.before, back.lost]).toEqual([0, false]);
      expect(back.snapshot).toEqual(saved.snapshot);
      papers += back.snapshot.papers.length;
    }
    tell('round trip in a browser', { libraries: runs, papers });
  });
});
