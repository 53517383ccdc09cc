import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDescription, readDescription } from '../../../src/corpus/description.ts';
import { isDescription } from '../../../src/corpus/format.ts';
import { GAP, mergeRanges } from '../../../src/corpus/ranged-file.ts';
import { papersOfRecords } from '../../../src/state/largeListPapers.ts';

const file = (name: string) => ({ path: `${name}-1.parquet`, bytes: 1_000, footer: 100 });
const right = {
  title: 'Made <b>up</b>',
  papers: 5,
  model: { id: 'a#1', name: 'A' },
  dimensions: 64,
  stamp: 'abc',
  codebook: { pieces: 32, columns: 64, scale: 0.5, bytes: new Int8Array(64 * 256).fill(-3) },
  files: { cells: file('cells'), codes: file('codes'), vectors: file('vectors'), papers: file('papers') },
};
const text = formatDescription(right);
/** The text with something else in one place. */
const changed = (path: string, value: unknown): string => {
  const json = JSON.parse(text);
  const names = path.split('.');
  const last = names.pop() as string;
  names.reduce((object, name) => object[name], json)[last] = value;
  return JSON.stringify(json);
};

describe('a description', () => {
  it('comes back as it was written', () => {
    expect(isDescription(text)).toBe(true);
    expect(readDescription(text)).toEqual(right);
  });

  it.each<[path: string, value: unknown, sentence: RegExp]>([
    ['format', 'other', /it is of something else/],
    ['version', 2, /made by a newer Sheaf/],
    ['title', '', /one of its names is none/],
    ['title', 'x'.repeat(300), /one of its names is none/],
    ['papers', -1, /-1 where a count should be/],
    ['papers', 1e12, /where a count should be/],
    ['papers', null, /null where a count should be/],
    ['dimensions', 65, /its codebook is none/],
    ['codebook.scale', null, /its codebook is none/],
    ['codebook.words', '!', /its codebook is none/],
    ['codebook', [], /it has no codebook/],
    ['files', 'x', /it names no files/],
    ['files', {}, /it names no cells/],
    ['files.cells.path', '../../secret', /it names cells by no plain name/],
    ['files.cells.path', 'https://example.org/x', /it names cells by no plain name/],
    ['files.cells.bytes', 1e9, /where a count should be/],
    ['files.codes.footer', 2_000, /where a count should be/],
    ['model', 'x', /it names no model/],
  ])('with %s %j is refused with a sentence', (path, value, sentence) => {
    expect(() => readDescription(changed(path, value))).toThrow(sentence);
  });

  it('takes nothing from a prototype', () => {
    const { files: _, ...rest } = JSON.parse(text);
    const hostile = `${JSON.stringify(rest).slice(0, -1)},"__proto__":{"files":{}},"files":{"__proto__":${JSON.stringify(right.files)}}}`;
    expect(() => readDescription(hostile)).toThrow(/it names no cells/);
  });

  it('cut anywhere is refused with a sentence', () => {
    for (let end = 1; end < 800; end += 37)
      expect(() => readDescription(text.slice(0, end))).toThrow(/broken or cut short/);
  });
});

it('ranges that are near are fetched as one, each whole', () => {
  const range = fc.tuple(fc.nat(100_000), fc.integer({ min: 1, max: 5_000 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 40 }), (pairs) => {
      const ranges = pairs.map(([start, length]) => ({ start, end: start + length }));
      const runs = mergeRanges(ranges);
      expect(runs.flatMap(({ parts }) => parts)).toHaveLength(ranges.length);
      for (const { start, end, parts } of runs)
        for (const part of parts) expect(part.start >= start && part.end <= end).toBe(true);
      const useful = runs.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(useful).toBeLessThanOrEqual(ranges.reduce((sum, one) => sum + one.end - one.start + GAP, 0));
    }),
  );
});

describe('what a list says of papers', () => {
  it('may have whole numbers of 64 bits', () => {
    const more = { authors: ['A'], upvotes: 7n };
    const { papers, refused } = papersOfRecords([{ title: 'A paper', abstract: 'Of it.', more }]);
    expect([papers.map(({ title }) => title), refused]).toEqual([['A paper'], 0]);
  });

  it('is read as any list is, markup as text', () => {
    const title = '<img src=x onerror=alert(1)>';
    const { papers, refused } = papersOfRecords([
      {
        id: 'x',
        title,
        abstract: 'An abstract.',
        date: '2026-03-10',
        more: { authors: ['A'], links: 'javascript:x' },
      },
      JSON.parse('{"__proto__":{"title":"No"},"abstract":"x","more":{"__proto__":{"title":"No"}}}'),
      { title: 7, abstract: null, date: Number.NaN, more: [1] },
    ]);
    expect(refused).toBe(2);
    expect(papers).toMatchObject([{ title, abstract: 'An abstract.', date: '2026-03-10', authors: ['A'] }]);
    expect(papers[0]?.links).toBeUndefined();
  });
});
