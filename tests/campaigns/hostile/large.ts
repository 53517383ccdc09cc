/** Files that are large, deep or long in one place: what costs little to make and could cost much to read. */
import type { HostileFile } from './door.ts';

const many = (text: string, count: number) => text.repeat(count);
const json = (value: unknown) => JSON.stringify(value);
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const paper = (facts: Record<string, unknown>) => json([{ title: 'A title', ...facts }]);
const backup = (parts: Record<string, unknown>) =>
  json({ sheaf: 1, papers: [{ id: 'title:x', title: 'x' }], ...parts });

/** What Markdown is read slowly of, or lies in itself too deep, where there is much of it. */
const KNOTS = [
  '>',
  '> ',
  '- ',
  '1. ',
  '*a ',
  '*a_ ',
  '**a ',
  '*_',
  '[',
  '[a](',
  '![',
  '`a ',
  '<a ',
  '<!--',
  '&amp;',
  '\\',
  '[a]: b\n',
  '[a]: b\n\n',
  '> a\n\n',
  '- a\n',
  '- a\n  - b\n    - c\n',
  '1. a\n',
  '# a\n',
  'a\n=\n',
  '```\n',
  '*a*\n\n',
  '\n',
];

/** @param scale of the numbers: 1 for what a test can afford. */
export function largeFiles(scale: number): HostileFile[] {
  const n = (count: number) => Math.round(count * scale);
  const files: Record<string, string> = {
    // Deep in itself.
    'json, lists in lists': many('[', n(200_000)) + many(']', n(200_000)),
    'json, lists that never close': many('[', n(2_000_000)),
    'json, objects in objects': `${many('{"a":', n(200_000))}1${many('}', n(200_000))}`,
    'json, a date of lists in lists': `[{"title":"x","issued":{"date-parts":[${many('[', 50_000)}${many(']', 50_000)}]}}]`,
    'json, an author of lists in lists': `[{"title":"x","authors":[{"name":${many('[', 100_000)}${many(']', 100_000)}}]}]`,
    'json, a value that is no text': '[{"title":"x","issued":{"date-parts":[[{"toString":1,"valueOf":1}]]}}]',
    'backup, lists in lists': `{"sheaf":1,"papers":${many('[', 100_000)}${many(']', 100_000)}}`,
    'atom, elements in elements': `<feed>${many('<a>', n(100_000))}${many('</a>', n(100_000))}</feed>`,
    'atom, entries that never close': `<feed>${many('<entry>', n(100_000))}`,
    'bibtex, braces that never close': `@article{a, title=${many('{', n(100_000))}`,
    // One very long value.
    'json, an abstract of a megabyte': paper({ abstract: many('words ', n(170_000)) }),
    'json, a title of a megabyte': json([{ title: many('words ', n(170_000)) }]),
    'json, a date with a hundred thousand spaces': paper({
      date: `2026-01-01T10:${many(' ', n(200_000))}\nx`,
    }),
    'json, an author with a million spaces': paper({ authors: `a${many(' ', n(1_000_000))}b` }),
    'json, a million authors': paper({ authors: many('a,', n(1_000_000)) }),
    'json, a hundred thousand links': paper({
      links: numbers(n(100_000)).map((at) => `https://a.example/${at}`),
    }),
    'json, a hundred thousand keywords': paper({ keywords: numbers(n(100_000)).map((at) => `k${at}`) }),
    'json, an abstract of one word': paper({ abstract: many('a', 50_000) }),
    'json, an abstract of one sign': paper({ abstract: `a${many('\u0301', 49_000)}` }),
    'json, an abstract of halves of signs': paper({ abstract: many('\ud800', 49_000), authors: ['\udc00'] }),
    'json, an abstract in Chinese': paper({ abstract: many('漢字', 25_000) }),
    'json, an abstract of backslashes': paper({ abstract: `{${many('\\', 49_000)}x` }),
    'json, an abstract of empty formulas': paper({ abstract: many(`$${'{}'}$ `, 9_900) }),
    'json, an abstract of prices': paper({ abstract: many(`$${many('aa ', 300)}=b$ `, 50) }),
    'json, an abstract of open brackets': paper({ abstract: many('\\(\\[', 12_000) }),
    'json, an address with forty thousand brackets': paper({
      abstract: `http://a.example/${many(')', 40_000)}`,
    }),
    'json, an address with forty thousand dots': paper({
      abstract: `http://a.example/${many('.', 40_000)}x`,
    }),
    'json, a thousand addresses': paper({
      abstract: numbers(2_000)
        .map((at) => `http://a.example/${at}`)
        .join(' '),
    }),
    'ids, a title of a megabyte': `2401.04925\n[2401.04926] ${many('word ', n(200_000))}\n`,
    'ids, a line of a megabyte': many('2401.04925 ', n(100_000)),
    'daily page, a line of dots': `Daily Papers\nA title of some words\n${many('.', n(1_000_000))}x\n4 authors\n`,
    'daily page, an abstract of a megabyte': `Daily Papers\nA title of some words\n${many('word ', n(200_000))}.\n4 authors\n`,
    'bibtex, an author with spaces': `@article{a, title={T}, author={a${many(' ', 150_000)}b}}`,
    'bibtex, a title of empty braces': `@article{a, title={ ${many('{}', 90_000)}}}`,
    'bibtex, a value that never ends': `@article{a, title="${many('a', n(1_000_000))}`,
    'bibtex, pieces without end': `@a{b, title = ${many('a # ', n(100_000))}}`,
    'ris, an author with spaces': `TY  - JOUR\nTI  - T\nAU  - a${many(' ', n(300_000))}b\nER  - \n`,
    'ris, a title of many lines': `TY  - JOUR\nTI  - ${many('x\n', n(300_000))}`,
    'ris, three hundred thousand keywords': `TY  - JOUR\nTI  - x\n${many('KW  - a\n', n(300_000))}`,
    'csv, a cell that never ends': `title,abstract\n"${many('a,b\n', n(300_000))}`,
    'csv, quotes in quotes': `title,abstract\n${many('"a""', n(200_000))}`,
    'csv, quotes within cells': `title,abstract\n${many('"a" b,', n(100_000))}`,
    'csv, authors of commas': `title,authors\nx,"${many(',  ', n(300_000))}"\n`,
    'atom, a title of entities': `<feed><entry><title>${many('&amp;', n(100_000))}</title></entry></feed>`,
    'atom, a hundred thousand attributes': `<feed ${many('a="b" ', n(100_000))}><entry><title>x</title></entry></feed>`,
    'atom, a comment that never ends': `<feed><!--${many('-', n(1_000_000))}`,
    'atom, a section that never ends': `<feed><entry><title><![CDATA[${many(']', n(1_000_000))}`,
    'atom, signs that open nothing': `<feed>${many('<', n(500_000))}`,
    // What makes much of little.
    'atom, entities that hold entities': `<!DOCTYPE feed [<!ENTITY a "${many('x', 1_000)}">${numbers(9)
      .map((at) => `<!ENTITY ${'bcdefghij'[at]} "${many(`&${'abcdefghi'[at]};`, 10)}">`)
      .join('')}]><feed><entry><title>&j;</title></entry></feed>`,
    'bibtex, macros that hold macros': `@string{a0 = "${many('x', 1_000)}"}\n${numbers(40)
      .map((at) => `@string{a${at + 1} = a${at} # a${at}}`)
      .join('\n')}\n@article{x, title = a40}`,
    'bibtex, a macro in ten thousand entries': `@string{a = {${many('x y ', 12_000)}}}\n${numbers(n(10_000))
      .map((at) => `@article{k${at}, title={T${at}}, abstract = a}`)
      .join('\n')}`,
    'csv, a million columns': `title,${many('c,', n(1_000_000))}\n${many('a\n', n(50_000))}`,
    'csv, a hundred thousand columns of no known name': `title,x${many(';c', n(100_000))}\na\nb\n`,
    // Many of one thing.
    'bibtex, comments that never close': many('@comment(', 90_000),
    'bibtex, entries that never close': many('@a{b,\n', n(150_000)),
    'bibtex, lines of percent signs': many('%\n', n(500_000)),
    'nothing but spaces': many(' ', n(5_000_000)),
    'nothing but lines': many('\n', n(5_000_000)),
    'nothing but brackets': many('[ ', n(1_000_000)),
    'nothing but signs': many('@', n(1_000_000)),
    'a million records, json': `[${many('{"title":"x"},', n(1_000_000))}{}]`,
    'a million records, json lines': many('{"title":"x"}\n', n(1_000_000)),
    'a million records, broken lines': `{"title":"x"}\n${many('{\n', n(1_000_000))}`,
    'a million records, bibtex': many('@a{b,title={x}}\n', n(1_000_000)),
    'a million records, ris': many('TY  - JOUR\nTI  - x\nER  -\n', n(1_000_000)),
    'a million records, csv': `title\n${many('x\n', n(1_000_000))}`,
    'a million records, ids': many('2401.04925\n', n(1_000_000)),
    'a million records, backup': `{"sheaf":1,"papers":[${many('{"title":"x"},', n(1_000_000))}{}]}`,
    'twenty thousand tellings of one paper, each with links': numbers(n(20_000))
      .map((at) =>
        json({
          title: 'x',
          links: [0, 1, 2, 3].map((link) => `https://a.example/${at}/${link}`),
          keywords: [`k${at}`],
        }),
      )
      .join('\n'),
    // Ids that are taken.
    'backup, papers under the ids of others': backup({
      papers: numbers(n(10_000)).flatMap((at) => {
        const [id, other] = [`2402.${String(at).padStart(5, '0')}`, `2401.${String(at).padStart(5, '0')}`];
        return [
          { id: `arxiv:${id}`, arxivId: other, title: 'Same' },
          { id: `arxiv:${id}`, arxivId: id, title: 'Same' },
        ];
      }),
    }),
    'backup, notes on one paper': backup({
      notes: numbers(n(30_000)).map((at) => ({ paper: 'title:x', text: `note ${at}`, editedAt: '' })),
    }),
    'backup, marks on one paper': backup({
      marks: numbers(n(10_000)).map((at) => ({ paper: 'title:x', tags: [`t${at}`] })),
    }),
    ...Object.fromEntries(
      KNOTS.map((knot) => [
        `backup, a note of ${JSON.stringify(knot)}`,
        backup({
          notes: [
            { paper: 'title:x', text: `${many(knot, Math.floor(190_000 / knot.length))}x`, editedAt: '' },
          ],
        }),
      ]),
    ),
    'backup, parts that are no lists': '{"sheaf":1,"papers":{"a":1},"topics":"x","marks":5,"notes":null}',
    'backup, of a newer version': '{"sheaf":1e308,"papers":[]}',
    'backup, of no version': '{"sheaf":"1","papers":[]}',
    // Keys of every object.
    'json, keys of prototypes':
      '[{"__proto__":{"polluted":1,"title":"x"},"constructor":{"prototype":{"polluted":1}},"title":"y","paper":{"__proto__":{"polluted":1}}}]',
    'csv, keys of prototypes': 'title,__proto__,constructor,toString\nx,{"polluted":1},y,z\n',
    'bibtex, keys of prototypes':
      '@string{__proto__ = "polluted"}\n@article{__proto__, title={x}, __proto__={polluted}, constructor=__proto__}',
    'atom, keys of prototypes':
      '<feed><entry><__proto__><polluted>1</polluted></__proto__><constructor>1</constructor><title>x</title></entry></feed>',
    'backup, keys of prototypes':
      '{"sheaf":1,"__proto__":{"polluted":1},"papers":[{"title":"x","id":"title:__proto__"}],"marks":[{"paper":"__proto__","tags":["__proto__"]}],"topics":[{"id":"__proto__","name":"constructor","sentence":"toString"}]}',
    // No lists at all.
    nothing: '',
    'a web page': '<!doctype html><title>x</title><script>__ran(1)</script>',
    'an xml file of another kind':
      '<?xml version="1.0"?><opml><body><outline text="x" xmlUrl="javascript:__ran(1)"/></body></opml>',
    'a file of numbers': 'NaN',
    infinities: '[{"title":"x","comments":1e999,"upvotes":-1e999,"date":1e999},{"title":NaN}]',
    'a zip file': `PK\u0003\u0004${many('\u0000', 5_000)}`,
    'a gzip file': `\u001f\u008b\b\u0000${many('\u0000\ufffd', 5_000)}`,
    'a file of zeros': many('\u0000', n(1_000_000)),
  };
  const answers: Record<string, string> = {
    'host, lists in lists': `[${many('[', 100_000)}${many(']', 100_000)}]`,
    'host, a record too deep': `[{"x":${many('[', 100_000)}${many(']', 100_000)},"title":"a"}]`,
    'host, no records': '[null,1,"x",[],{}]',
    'host, a web page': '<!doctype html>',
    'host, a hundred thousand records': json(
      numbers(n(100_000)).map((at) => ({ paper: { id: `${at}`, title: 'x' } })),
    ),
    'host, keys of prototypes':
      '[{"__proto__":{"polluted":1},"paper":{"__proto__":{"polluted":1},"title":"x"}}]',
  };
  return [
    ...Object.entries(files).map(([name, text]) => ({ name, text })),
    ...Object.entries(answers).map(([name, text]) => ({ name, text, answer: true as const })),
  ];
}
