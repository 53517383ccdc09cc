import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/export/formats.ts';
import { citationKeys } from '../../../src/export/keys.ts';
import { parseName } from '../../../src/export/names.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { readPapers } from '../../../src/source/source.ts';

const full: Paper = {
  id: 'arxiv:2401.04925',
  title: 'Splatting $\\alpha$-Networks & more: 50% {better}',
  abstract: 'A naïve mixer,\nwith "quotes" & co_1.',
  date: '2026-03-10',
  authors: ['Zoë Müller', 'Ludwig van der Berg', 'OpenAI'],
  arxivId: '2401.04925',
  comments: 4,
};
const bare: Paper = {
  id: 'title:thebare',
  title: 'The Bare',
  abstract: '',
  organization: 'NVIDIA',
  date: '2026',
};
const write = (format: keyof typeof FORMATS, ...papers: Paper[]) =>
  FORMATS[format].write(papers, { title: 'A list', today: '2026-03-11' });

describe('names', () => {
  it.each([
    ['Zoë Müller', { given: 'Zoë', family: 'Müller' }],
    ['Müller, Zoë', { given: 'Zoë', family: 'Müller' }],
    ['Ludwig van der Berg', { given: 'Ludwig', particle: 'van der', family: 'Berg' }],
    ['Yann Le Cun', { given: 'Yann', particle: 'Le', family: 'Cun' }],
    ['Van Tran', { given: 'Van', family: 'Tran' }],
    ['OpenAI', { literal: 'OpenAI' }],
    ['李 飞飞', { literal: '李 飞飞' }],
  ])('%s', (written, name) => {
    expect(parseName(written)).toEqual(name);
  });
});

describe('citation keys', () => {
  it('say who, when and what, in plain letters, each once', () => {
    expect(citationKeys([full, bare, full, full])).toEqual([
      'muller2026splatting',
      'nvidia2026bare',
      'muller2026splattingb',
      'muller2026splattingc',
    ]);
  });

  it('are different for any papers, and what BibTeX takes', () => {
    const paper = fc.record({
      id: fc.string(),
      title: fc.oneof(fc.constantFrom('a', 'b', '日本'), fc.string({ unit: 'grapheme' })),
      abstract: fc.constant(''),
      authors: fc.array(fc.constantFrom('Ann B', '李', '')),
    });
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 60 }), (papers) => {
        const keys = citationKeys(papers);
        expect(new Set(keys).size).toBe(papers.length);
        for (const key of keys) expect(key).toMatch(/^[a-z0-9]+$/);
      }),
    );
  });
});

describe('BibTeX', () => {
  it('has what a bibliography wants, and LaTeX stays LaTeX', () => {
    expect(write('bibtex', full)).toBe(
      [
        '@misc{muller2026splatting,',
        '  title = {{Splatting $\\alpha$-Networks \\& more: 50\\% {better}}},',
        '  author = {Müller, Zoë and van der Berg, Ludwig and {OpenAI}},',
        '  year = {2026},',
        '  month = mar,',
        '  eprint = {2401.04925},',
        '  archiveprefix = {arXiv},',
        '  url = {https://arxiv.org/abs/2401.04925},',
        '  abstract = {A naïve mixer,\nwith "quotes" \\& co\\_1.},',
        '}',
        '',
      ].join('\n'),
    );
    expect(write('bibtex', bare)).toContain('author = {{NVIDIA}}');
  });

  it('closes every brace whatever stands in a paper', () => {
    const piece = fc.constantFrom('{', '}', '\\', '$', '%', '\\{', '#', 'a', ' ', '^', '\\$', '@misc{');
    const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (title, abstract, author) => {
        const entry = write('bibtex', { id: 'x', title, abstract, authors: [author] });
        let depth = 0;
        for (const [at, sign] of [...entry].entries()) {
          if (sign === '{') depth++;
          if (sign === '}') depth--;
          expect(depth, entry).toBeGreaterThanOrEqual(
            at >= entry.length - 2 ? 0 : at < entry.indexOf('{') ? 0 : 1,
          );
        }
        expect(depth).toBe(0);
      }),
    );
  });
});

it('RIS has a field a line', () => {
  expect(write('ris', full).split('\r\n')).toEqual([
    'TY  - UNPB',
    'TI  - Splatting alpha-Networks & more: 50% better',
    'AU  - Müller, Zoë',
    'AU  - van der Berg, Ludwig',
    'AU  - OpenAI',
    'PY  - 2026',
    'DA  - 2026/03/10/',
    'AB  - A naïve mixer, with "quotes" & co_1.',
    'PB  - arXiv',
    'M1  - arXiv:2401.04925',
    'UR  - https://arxiv.org/abs/2401.04925',
    'ER  - ',
    '',
  ]);
  const hostile = write('ris', { id: 'x', title: 'A\nER  - \r\nTY  - JOUR', abstract: '' });
  expect(hostile.match(/^TY {2}-/gm)).toHaveLength(1);
});

it('CSL-JSON has names and dates in parts', () => {
  expect(JSON.parse(write('csl', full, bare))).toEqual([
    {
      id: 'muller2026splatting',
      type: 'article',
      title: 'Splatting alpha-Networks & more: 50% better',
      author: [
        { family: 'Müller', given: 'Zoë' },
        { family: 'Berg', given: 'Ludwig', 'non-dropping-particle': 'van der' },
        { literal: 'OpenAI' },
      ],
      issued: { 'date-parts': [[2026, 3, 10]] },
      abstract: 'A naïve mixer, with "quotes" & co_1.',
      number: 'arXiv:2401.04925',
      archive: 'arXiv',
      publisher: 'arXiv',
      URL: 'https://arxiv.org/abs/2401.04925',
    },
    {
      id: 'nvidia2026bare',
      type: 'article',
      title: 'The Bare',
      author: [{ literal: 'NVIDIA' }],
      issued: { 'date-parts': [[2026]] },
    },
  ]);
});

it('CSV quotes, and no cell is a formula', () => {
  const lines = write('csv', { ...bare, title: '=HYPERLINK("x")', abstract: 'one,\ntwo' }).split('\r\n');
  expect(lines).toEqual([
    '\ufefftitle,authors,organization,date,arxivId,doi,venue,pages,categories,keywords,comments,upvotes,url,code,project,abstract',
    '"\'=HYPERLINK(""x"")",,NVIDIA,2026,,,,,,,,,,,,"one, two"',
    '',
  ]);
});

it.each(['=1+1', ' =1+1', '\n=1+1', '\u00a0@x', "\n'=1+1"])('CSV protects a note that begins %j', (note) => {
  const csv = FORMATS.csv.write([bare], undefined, { tagsOf: () => [], noteOf: () => note });
  expect(csv).toContain(`'${note}`);
});

it('Markdown shows text as text', () => {
  const text = write('markdown', { ...bare, title: '# <b>*x*</b> [a](b)', abstract: '`c`' });
  expect(text).toBe('- **\\# \\<b\\>\\*x\\*\\</b\\> \\[a\\](b)**\n  NVIDIA  \n  2026  \n\n  \\`c\\`\n');
});

it('JSON lines come back whole', () => {
  // When a paper came here is of this library and stays here.
  const here = { ...full, added: '2026-03-10T09:00:00.000Z' };
  const { papers, rejected } = readPapers(write('jsonl', here, bare), { today: '2026-11-27' });
  expect(write('jsonl', here)).not.toContain('added');
  expect(rejected).toEqual([]);
  expect(papers).toEqual([full, bare]);
});

it('notes and tags go out where the reader wants it, and a paper comes back whole beside them', async () => {
  const own = {
    tagsOf: (id: string) => (id === full.id ? ['to quote', 'a_b'] : []),
    noteOf: (id: string) => (id === full.id ? '# Mine\n\n- "one"\n- two' : ''),
  };
  const head = { title: 'A list', today: '2026-03-11' };
  const markdown = FORMATS.markdown.write([full, bare], head, own);
  expect(markdown).toContain('#to\u00a0quote #a\\_b');
  expect(markdown).toContain('\n  > # Mine\n  >\n  > - "one"\n  > - two\n');
  expect(markdown.match(/> /g)).toHaveLength(3);
  const csv = FORMATS.csv.write([full, bare], head, own);
  expect(csv.split('\r\n')[0]).toMatch(/,abstract,tags,note$/);
  expect(csv).toContain('to quote; a_b,"# Mine\n\n- ""one""\n- two"\r\n');
  const jsonl = FORMATS.jsonl.write([full, bare], head, own);
  expect(JSON.parse(jsonl.split('\n')[0] as string)).toMatchObject({ tags: ['to quote', 'a_b'] });
  const { papers, rejected } = await readPapers(jsonl, { today: '2026-11-27' });
  expect([papers, rejected]).toEqual([[full, bare], []]);
  // Without the wish nothing of it goes out.
  expect(FORMATS.markdown.write([full])).not.toContain('quote #');
});
