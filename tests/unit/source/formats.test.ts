import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/export/formats.ts';
import { plain } from '../../../src/paper/latex.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { previewTable } from '../../../src/source/csv.ts';
import { ColumnsError, readAny } from '../../../src/source/source.ts';
import { decodeLetters } from '../../../src/source/tex-letters.ts';

const options = { today: '2026-11-27' };
const read = (text: string) => readAny(text, options);

describe('LaTeX letters', () => {
  it.each([
    [String.raw`M{\"u}ller`, 'Müller'],
    [String.raw`M\"uller and M\"{u}ller`, 'Müller and Müller'],
    [String.raw`Fran{\c c}ois, Fran\c{c}ois`, 'François, François'],
    [String.raw`Erd{\H{o}}s, {\v S}iroky, \v{S}`, 'Erdős, Široky, Š'],
    [String.raw`{\'\i}, \'{\i}`, 'í, í'],
    [String.raw`S{\o}ren, \L{}ukasz, Stra{\ss}e, \AA ngstr\"om`, 'Søren, Łukasz, Straße, Ångström'],
    [String.raw`\alpha \overline{o} \otimes \l`, String.raw`\alpha \overline{o} \otimes ł`],
  ])('%s', (written, text) => {
    expect(decodeLetters(written)).toBe(text.normalize('NFC'));
  });
});

describe('BibTeX', () => {
  it('is read with its macros, accents, dates and identifiers', async () => {
    const { format, papers, rejected } = await read(String.raw`% a bibliography
@string{who = "M{\"u}ller, Zo{\"e}"}
@comment{nothing}
@article{a,
  title = {{M{\"u}ller's} $\alpha$-nets \& {CNN}s},
  author = who # " and van der Berg, Ludwig and {OpenAI and Friends} and others",
  year = 2020, month = mar,
  eprint = {2401.04925}, archivePrefix = {arXiv},
  abstract = "50\% better,
    \emph{very}",
}
@misc(b, title = "Two {GANs}", date = {2021-05-06/2021-06-01}, doi = {10.1/x}, url = "https://x.org/a\_b")
`);
    expect([format, rejected]).toEqual(['bibtex', []]);
    expect(papers).toEqual([
      {
        id: 'arxiv:2401.04925',
        title: String.raw`{Müller's} $\alpha$-nets \& {CNN}s`,
        abstract: '50\\% better,\n    \\emph{very}',
        authors: ['Zoë Müller', 'Ludwig van der Berg', 'OpenAI and Friends'],
        date: '2020-03',
        arxivId: '2401.04925',
      },
      {
        id: 'title:twogans',
        title: 'Two GANs',
        abstract: '',
        date: '2021-05-06',
        links: [{ label: 'Page', url: 'https://x.org/a_b' }],
      },
    ]);
    expect(papers[1]).not.toHaveProperty('doi');
  });

  it('names what is broken by its line, and reads on', async () => {
    const { papers, rejected } = await read(
      '@misc{a, title = {One}}\n@misc{b, title = {Never closed\n@misc{c, title = {Three}}\n@misc{d, year = 2020}\n@misc{e title = {x}}\n',
    );
    expect(papers.map(({ title }) => title)).toEqual(['One', 'Three']);
    expect(rejected).toEqual([
      { place: 'line 2', reason: 'the field “title” is not closed' },
      { place: 'line 4', reason: 'no title' },
      { place: 'line 5', reason: 'the entry “e” has no comma after its key' },
    ]);
  });

  it('ends on anything', async () => {
    const piece = fc.constantFrom(
      '@misc{',
      'a,',
      'title',
      '=',
      '{',
      '}',
      '"',
      '#',
      '\n',
      '\\',
      '@',
      ' ',
      '1',
      ',',
      '(',
      ')',
    );
    const text = fc.array(piece, { maxLength: 60 }).map((parts) => `@misc{k, title={T}}\n${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(text, async (bib) => {
        const { papers, rejected } = await read(bib);
        expect(papers.length + rejected.length).toBeGreaterThan(0);
      }),
    );
  });
});

it('RIS is read, with long values and the pages of arXiv', async () => {
  const { format, papers, rejected } = await read(
    [
      'TY  - JOUR',
      'T1  - A title that',
      'goes on',
      'A1  - Müller, Zoë',
      'A1  - OpenAI',
      'Y1  - 2026/3/10/',
      'N2  - What it says.',
      'UR  - https://arxiv.org/abs/2401.04925v2',
      'ER  - ',
      '',
      'TY  - BOOK',
      'AU  - Nobody',
      'ER  - ',
      'TY  - GEN',
      'TI  - The last, without an end',
      'PY  - 2020',
    ].join('\r\n'),
  );
  expect([format, rejected]).toEqual(['ris', [{ place: 'line 11', reason: 'no title' }]]);
  expect(papers).toEqual([
    {
      id: 'arxiv:2401.04925',
      title: 'A title that goes on',
      abstract: 'What it says.',
      authors: ['Zoë Müller', 'OpenAI'],
      date: '2026-03-10',
      arxivId: '2401.04925',
    },
    { id: 'title:thelastwithoutanend', title: 'The last, without an end', abstract: '', date: '2020' },
  ]);
});

it('a table is read by the names of its columns', async () => {
  const { format, papers, rejected } = await read(
    '\ufeffKey;Title;Author;Publication Year;Abstract Note;Url\n1;"Storks; a survey";Müller, Zoë;2020;"It ""says""\nso";https://x.org/\n2;;;;;\n3;\'=1+1;;;;\n',
  );
  expect([format, rejected]).toEqual(['csv', [{ place: 'row 3', reason: 'no title' }]]);
  expect(papers.map(({ title, date, abstract, links }) => [title, date, abstract, links?.[0]?.url])).toEqual([
    ['Storks; a survey', '2020', 'It "says"\nso', 'https://x.org/'],
    ['=1+1', undefined, '', undefined],
  ]);
});

it('an Atom file of arXiv is read', async () => {
  const { format, papers, rejected } = await read(`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2401.04925v3</id>
    <published>2026-03-10T17:00:00Z</published>
    <title>Splats &amp; storks:
      1 &lt; 2</title>
    <summary>  What it says. </summary>
    <author><name>Zoë Müller</name></author>
    <author><name>Ann Other</name></author>
    <link href="http://arxiv.org/abs/2401.04925v3" rel="alternate" type="text/html"/>
  </entry>
  <entry><id>x</id><title type="html">007</title><link href="https://x.org/p"/></entry>
  <entry><id>y</id></entry>
</feed>`);
  expect([format, rejected]).toEqual(['atom', [{ place: 'entry 3', reason: 'no title' }]]);
  expect(papers).toEqual([
    {
      id: 'arxiv:2401.04925',
      title: 'Splats & storks: 1 < 2',
      abstract: 'What it says.',
      authors: ['Zoë Müller', 'Ann Other'],
      date: '2026-03-10',
      arxivId: '2401.04925',
    },
    { id: 'title:007', title: '007', abstract: '', links: [{ label: 'Page', url: 'https://x.org/p' }] },
  ]);
  await expect(read('<feed><entry><title>cut')).rejects.toThrow('This Atom file is broken or cut short.');
  await expect(read('<?xml version="1.0"?><opml/>')).rejects.toThrow('of a kind that is not read');
});

it('a feed brings no entities of its own', async () => {
  const text = '<feed><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">]><entry><title>&a;</title></entry></feed>';
  await expect(read(text)).rejects.toThrow('declares a document type');
});

describe('at once, whatever comes', () => {
  it.each([
    ['comments before an element', `<?xml version="1.0"?>${'<!-- a -->'.repeat(5_000)}<rss>`],
    ['empty lines after a key', `x\n@a{b,${'\n'.repeat(100_000)}!`],
    ['entries without end in one line', `@misc{k, title={T}}${'@a{b}'.repeat(100_000)}`],
    ['entries that never close', `@misc{k, title={T}}\n${'@misc{x, title = {never\n'.repeat(20_000)}`],
    ['macros of macros', `@misc{k, title={T}}\n${'@string{a = a # a}\n'.repeat(200)}`],
    ['question marks', `TY  - GEN\nTI  - T\nUR  - ${'?'.repeat(100_000)}\nER  - `],
    ['quotes', `title,abstract\n${'"'.repeat(100_001)}`],
    ['lines of ids', '2401.04925 '.repeat(50_000)],
    ['slashes', 'a/'.repeat(100_000)],
    ['hyphens', `2401.04925\n${'a-'.repeat(100_000)}`],
    ['commas', `title,author\n"T","${'a, '.repeat(20_000)}"`],
  ])('%s', async (_, text) => {
    const started = performance.now();
    await read(text).catch((error) => expect(String(error)).toMatch(/^SourceError: /));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

it('a table says which cells make no sense, and what its columns are where their names do not', async () => {
  const known = await read(
    'title;id;published;comments;link;arxiv\nStorks;1;soon;many;x.org;no\n;;;;;\nCranes;2;2026/3/9;3;https://x.org;2401.00001\n',
  );
  expect(known.papers.map(({ date, arxivId }) => [date, arxivId])).toEqual([
    [undefined, undefined],
    ['2026-03-09', '2401.00001'],
  ]);
  expect(known.notes).toEqual([
    { place: 'row 2', reason: 'in the column “published”, “soon” is no date as in 2026-03-10' },
    { place: 'row 2', reason: 'in the column “comments”, “many” is no number' },
    { place: 'row 2', reason: 'in the column “link”, “x.org” is no web address' },
  ]);

  const text =
    'Paper;Wer;Wo\n"Storks; again";Müller, Zoë;https://arxiv.org/abs/2401.04925\n;;2401.00002\n;;\n;x;\n';
  await expect(read(text)).rejects.toThrow(ColumnsError);
  const { header, rows, columns, named } = previewTable(text);
  expect([header, columns, named]).toEqual([['Paper', 'Wer', 'Wo'], [undefined, undefined, undefined], true]);
  expect(rows[0]).toEqual(['Storks; again', 'Müller, Zoë', 'https://arxiv.org/abs/2401.04925']);
  const chosen = await readAny(text, options, { columns: ['title', 'authors', 'arxivId'], named: true });
  expect(chosen.papers.map(({ title, authors, arxivId }) => [title, authors, arxivId])).toEqual([
    ['Storks; again', ['Zoë Müller'], '2401.04925'],
    ['arXiv:2401.00002', undefined, '2401.00002'],
  ]);
  expect(chosen.rejected).toEqual([{ place: 'row 5', reason: 'no title' }]);
  expect(previewTable('Storks,2020\nCranes,2021\n').named).toBe(false);
  const unnamed = await readAny('Storks,2020\nCranes,soon\n', options, {
    columns: ['title', 'date'],
    named: false,
  });
  expect(unnamed.papers.map(({ title }) => title)).toEqual(['Storks', 'Cranes']);
  expect(unnamed.notes).toEqual([
    { place: 'row 2', reason: 'in the column “2”, “soon” is no date as in 2026-03-10' },
  ]);
  await expect(readAny(text, options, { columns: [undefined, 'authors'], named: true })).rejects.toThrow(
    'A table needs a column of titles, or one of arXiv ids.',
  );
});

it('a list of arXiv ids is read as people paste it', async () => {
  const { format, papers, rejected, notes } = await read(
    `- https://arxiv.org/abs/2401.04925v3, math.GT/0309136
1. arXiv:2401.00001 read this first

https://huggingface.co/papers/2401.00002
[2401.00003] Storks over the Bosporus
2401.04925
see you on Monday
https://example.org/2401.00009
`,
  );
  expect(format).toBe('arxiv-ids');
  expect(papers.map(({ id, title }) => [id, title])).toEqual([
    ['arxiv:2401.04925', 'arXiv:2401.04925'],
    ['arxiv:math/0309136', 'arXiv:math/0309136'],
    ['arxiv:2401.00001', 'arXiv:2401.00001'],
    ['arxiv:2401.00002', 'arXiv:2401.00002'],
    ['arxiv:2401.00003', 'Storks over the Bosporus'],
    ['arxiv:2401.04925', 'arXiv:2401.04925'],
  ]);
  expect(rejected).toEqual([
    { place: 'line 7', reason: 'no arXiv id in “see you on Monday”' },
    { place: 'line 8', reason: 'no arXiv id in “https://example.org/2401.00009”' },
  ]);
  expect(notes).toEqual([
    { place: 'line 2', reason: 'what stands beside the id was left out: “1. read this first”' },
  ]);
});

it.each([
  '{"id":"title:深度学习","title":"深度学习","abstract":"一"}\n{"title":"B","abstract":""}',
  '[{"title":"Глубокое обучение","abstract":"x"}]',
])('JSON is no table: %s', async (text) => {
  const { format, rejected } = await read(text);
  expect([format.startsWith('json'), rejected]).toEqual([true, []]);
});

it.each([
  ['"Müller, Zoë"', ['Zoë Müller']],
  ['"Müller, Zoë; van der Berg, Ludwig"', ['Zoë Müller', 'Ludwig van der Berg']],
  ['"Ann Lee, Carl Roe"', ['Ann Lee', 'Carl Roe']],
  ['"Ann Lee, Carl Roe, Di Poe"', ['Ann Lee', 'Carl Roe', 'Di Poe']],
  ['Ann Lee and Carl Roe', ['Ann Lee', 'Carl Roe']],
  ['OpenAI', ['OpenAI']],
])('authors of a table: %s', async (cell, authors) => {
  const { papers } = await read(`title,author\nT,${cell}\n`);
  expect(papers[0]?.authors).toEqual(authors);
});

describe('what goes out comes back', () => {
  const word = fc.constantFrom(
    'Splat',
    'naïve',
    'Δ-nets',
    '50%',
    'a_b',
    'R&D',
    '$x^2$',
    '"so"',
    'Müller',
    '日本',
    '(2)',
    '#1',
    '-5',
  );
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const name = fc.constantFrom('Zoë Müller', 'Ludwig van der Berg', 'OpenAI', 'Ann B. Other');
  const paper = fc.record({
    title: text.map((words) => `Title ${words}`),
    abstract: fc.oneof(fc.constant(''), text),
    authors: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    date: fc.constantFrom('2026', '2026-03', '2026-03-10'),
    arxivId: fc.constantFrom('2401.04925', 'math/0309136'),
    doi: fc.constantFrom('10.1145/3592433', '10.1007/978-3-031_1(2)'),
    venue: fc.constantFrom('ACM Transactions on Graphics', 'R&D 50% {J}'),
    pages: fc.constantFrom('12-34', 'e1024', '7'),
    categories: fc.uniqueArray(fc.constantFrom('cs.CV', 'cs.LG', 'physics.acc-ph', 'quant-ph'), {
      minLength: 1,
    }),
    keywords: fc.uniqueArray(fc.constantFrom('3D Gaussian splatting', 'R&D', 'naïve', 'a_b'), {
      minLength: 1,
    }),
  });
  const facts = (list: readonly Paper[]) =>
    list.map(({ title, abstract, authors, date, arxivId, doi, venue, pages, categories, keywords }) => [
      plain(title),
      plain(abstract),
      authors,
      date,
      arxivId,
      doi,
      plain(venue ?? ''),
      pages,
      categories,
      keywords?.map(plain),
    ]);

  it.each([
    ['bibtex', '2026-03'],
    ['ris', undefined],
    ['csl', undefined],
    ['csv', undefined],
    ['jsonl', undefined],
  ] as const)('by %s', async (format, exactness) => {
    await fc.assert(
      fc.asyncProperty(paper, async (draft) => {
        const before = { ...draft, id: `arxiv:${draft.arxivId}` };
        const { papers, rejected } = await read(FORMATS[format].write([before]));
        expect(rejected).toEqual([]);
        // BibTeX has no day.
        const wanted = exactness ? { ...before, date: before.date.slice(0, exactness.length) } : before;
        expect(facts(papers)).toEqual(facts([wanted]));
      }),
      { numRuns: 60 },
    );
  });
});
