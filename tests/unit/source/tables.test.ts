import { describe, expect, it } from 'vitest';
import { isIdList, readIdList } from '../../../src/source/arxiv-ids.ts';
import { previewTable, readCsv } from '../../../src/source/csv.ts';
import { isCsv } from '../../../src/source/csv-columns.ts';
import { readAny } from '../../../src/source/source.ts';

const options = { today: '2026-11-27' };

describe('a table with an empty first column', () => {
  const table = '\ttitle\tabstract\n0\tStrip-MLP\tTokens.\n1\t\tNothing.\n';
  it('keeps its columns, and counts its rows as they stand in the file', async () => {
    const { format, papers } = await readAny(table, options);
    expect([format, papers.map(({ title, abstract }) => [title, abstract])]).toEqual([
      'csv',
      [['Strip-MLP', 'Tokens.']],
    ]);
    expect((await readAny(`\n \r\n${table}`, options)).rejected).toEqual([
      { place: 'row 5', reason: 'no title' },
    ]);
    expect(previewTable('\n'.repeat(100) + table).header).toEqual(['', 'title', 'abstract']);
  });
});

// Sizes that take minutes where the work grows with their square.
describe('long lines of foreign text', () => {
  const many = 300_000;
  const authorsOf = (cell: string) => readCsv(`title;authors\nT;${cell}`, options).papers[0]?.authors;

  it('spaces in the first line', () => {
    expect(isCsv(`x,${' '.repeat(many)}!`)).toBe(false);
    expect(isCsv(`x,t${' '.repeat(19_000)}!`)).toBe(false);
    expect(isCsv('x,  "Paper Title"  ')).toBe(true);
  });

  it('authors', () => {
    expect(authorsOf(`${'a and '.repeat(many)}b,c`)).toHaveLength(2);
    expect(authorsOf(`a${' '.repeat(many)}b`)).toEqual(['a b']);
    expect(authorsOf('Ann Lee, Carl Roe and Bo Xu and Y')).toEqual(['Ann Lee', 'Carl Roe', 'Bo Xu', 'Y']);
    expect(authorsOf('Müller, Zoë and Lee')).toEqual(['Zoë Müller', 'Lee']);
  });

  it('beside an arXiv id', () => {
    const list = readIdList(`2401.04925 ${'-'.repeat(many)}x`, options);
    expect([list.papers.length, list.notes?.length]).toEqual([1, 1]);
    expect(isIdList('12. - 2401.04925 -', true)).toBe(true);
    const title = `${'http://'.repeat(many)} x${' '.repeat(many)}y`;
    const named = (end: string) => readIdList(`[2401.04925] ${end}`, options).papers[0]?.title;
    // Longer than a title may be, here as in every other list.
    expect(named(title)).toBe('arXiv:2401.04925');
    expect(named('A title  https://arxiv.org/abs/2401.04925')).toBe('A title');
    expect(named('https://arxiv.org/abs/2401.04925')).toBe('arXiv:2401.04925');
  });
});
