import fc from 'fast-check';
import { createRoot } from 'solid-js';
import { describe, expect, it, vi } from 'vitest';
import { FORMATS } from '../../../src/export/formats.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { repeatedIn, sentenceForReport, together } from '../../../src/state/importReport.ts';
import { createLibrary } from '../../../src/state/library.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const openLibrary = () =>
  createRoot(() => {
    const store = openStore();
    const library = createLibrary(store, 'http://127.0.0.1/none', createNotices(), () => {});
    return { store, library };
  });

const paper = fc
  .record({
    n: fc.integer({ min: 1, max: 9 }),
    comments: fc.integer({ min: 0, max: 2 }),
    authors: fc.constantFrom(['Ann Lee'], ['Zoë Müller', 'Ann Lee']),
  })
  .map(
    ({ n, ...more }): Paper => ({
      ...more,
      id: `arxiv:2401.0000${n}`,
      arxivId: `2401.0000${n}`,
      title: `Paper ${n}`,
      abstract: '',
    }),
  );

/** Lists by their format, each with some records that are no papers. */
const WRITERS: Record<string, (papers: readonly Paper[], broken: number) => string> = {
  bibtex: (papers, broken) => FORMATS.bibtex.write(papers) + '@misc{x, year = 2020}\n'.repeat(broken),
  ris: (papers, broken) => FORMATS.ris.write(papers) + '\r\nTY  - GEN\r\nER  - \r\n'.repeat(broken),
  csv: (papers, broken) => FORMATS.csv.write(papers) + ',,NVIDIA\r\n'.repeat(broken),
  jsonl: (papers, broken) => FORMATS.jsonl.write(papers) + '{"abstract": "x"}\n'.repeat(broken),
  json: (papers, broken) => JSON.stringify([...papers, ...Array(broken).fill(7)]),
  ids: (papers, broken) => `${papers.map(({ arxivId }) => arxivId).join('\n')}\n${'no\n'.repeat(broken)}`,
  backup: (papers, broken) => JSON.stringify({ sheaf: 1, papers: [...papers, ...Array(broken).fill(7)] }),
};

describe.each(Object.keys(WRITERS))('a report of %s', (format) => {
  it('sums up to the total, and is undone whole', async () => {
    const lists = fc.array(
      fc.tuple(fc.array(paper, { minLength: 3, maxLength: 8 }), fc.integer({ min: 0, max: 2 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(paper, { maxLength: 5 }), lists, async (before, wanted) => {
        const { store, library } = openLibrary();
        await (await store).addPapers(before);
        const kept = await (await store).papers();
        const reports = [];
        for (const [papers, broken] of wanted) {
          const report = await library.add((WRITERS[format] as (typeof WRITERS)[string])(papers, broken));
          const { added, merged, unchanged, rejected, total } = report;
          expect(total).toBe(papers.length + broken);
          expect(rejected.length).toBe(broken);
          const distinct = new Set(papers.map(({ id }) => id)).size;
          expect([added, merged, unchanged].flat()).toHaveLength(distinct);
          expect(repeatedIn(report)).toBe(papers.length - distinct);
          const numbers = [...sentenceForReport(report).matchAll(/\d+/g)].map(Number);
          expect(numbers[0]).toBe(numbers.slice(1, 5).reduce((sum, n) => sum + n, 0));
          reports.push(report);
        }
        const whole = reports.reduce(together);
        expect(await library.undo(whole.changes)).toEqual({ papers: [], others: 0 });
        expect(await (await store).papers()).toEqual(kept);
        (await store).close();
      }),
      { numRuns: 25 },
    );
  });
});
