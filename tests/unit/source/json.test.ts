import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPapers, SourceError } from '../../../src/source/source.ts';

const TODAY = '2026-11-23';
const read = (value: unknown, listed?: string) =>
  readPapers(typeof value === 'string' ? value : JSON.stringify(value), {
    today: TODAY,
    ...(listed ? { listed } : {}),
  });

describe('a JSON list', () => {
  it('reads our own form back', () => {
    const papers = [
      {
        id: 'arxiv:2401.04925',
        title: 'Tiny nets',
        abstract: 'They learn.',
        date: '2026-02',
        authors: ['Ada Lovelace'],
        authorCount: 1,
        organization: 'Zyphra',
        comments: 2,
        upvotes: 0,
        arxivId: '2401.04925',
        links: [{ label: 'Code', url: 'https://a.b/c' }],
        listed: '2026-03-10',
      },
      { id: 'title:widenets', title: 'Wide nets', abstract: '', listed: '2026-03-10' },
    ];
    expect(read({ listed: '2026-03-10', papers })).toEqual({
      format: 'json',
      listed: '2026-03-10',
      papers,
      rejected: [],
    });
  });

  it('reads a list of Hugging Face, its fields outside or inside', () => {
    const record = {
      paper: {
        id: '2602.12345',
        title: 'Tiny\nnets',
        summary: ' They learn. ',
        publishedAt: '2026-02-27T23:30:00.000Z',
        authors: [{ name: 'Ada  Lovelace', hidden: false }, { _id: 1 }, { name: 'Alan Turing' }],
        upvotes: 12,
        githubRepo: 'https://github.com/a/b',
      },
      publishedAt: '2026-03-02T00:00:00.000Z',
      title: 'Tiny nets',
      numComments: 3,
      organization: { name: 'nvidia', fullname: 'NVIDIA' },
      projectPage: 'https://a.github.io/b',
      submittedBy: { name: 'taesiri' },
    };
    expect(read([record])).toEqual({
      format: 'json',
      rejected: [],
      papers: [
        {
          id: 'arxiv:2602.12345',
          title: 'Tiny nets',
          abstract: 'They learn.',
          date: '2026-02-27',
          authors: ['Ada Lovelace', 'Alan Turing'],
          organization: 'NVIDIA',
          comments: 3,
          upvotes: 12,
          arxivId: '2602.12345',
          links: [
            { label: 'Code', url: 'https://github.com/a/b' },
            { label: 'Project', url: 'https://a.github.io/b' },
          ],
          listed: '2026-03-02',
        },
      ],
    });
    expect(read([record], '2026-03-10').papers[0]?.listed).toBe('2026-03-10');
    // As tables made of such lists call the day.
    const row = { title: 'Tiny nets', date: '2026-02-27', hf_date: '2026-03-02' };
    expect(read([row]).papers[0]).toMatchObject({ date: '2026-02-27', listed: '2026-03-02' });
  });

  it.each(['papers', 'items', 'results', 'data'])('finds the list under %s', (name) => {
    const result = read({ [name]: [{ title: 'Tiny nets' }], date: '2026-03-10' });
    expect(result.papers).toEqual([
      { id: 'title:tinynets', title: 'Tiny nets', abstract: '', listed: '2026-03-10' },
    ]);
  });

  it('names the records that are none, and reads the others', () => {
    const result = read([{ title: 'One' }, { abstract: 'x' }, null, 7, [], { title: 'Two' }, { title: ' ' }]);
    expect(result.papers.map(({ title }) => title)).toEqual(['One', 'Two']);
    expect(result.rejected).toEqual([
      { place: 'record 2', reason: 'no title' },
      { place: 'record 3', reason: 'not a record but null' },
      { place: 'record 4', reason: 'not a record but a number' },
      { place: 'record 5', reason: 'not a record but a list' },
      { place: 'record 7', reason: 'no title' },
    ]);
  });
});

describe('JSON lines', () => {
  it('reads the good lines and names the broken ones', () => {
    const text = '{"title":"One"}\r\n\r\n{"title":"Tw\n{"summary":"x"}\n{"title":"Three","year":2024}\n';
    const result = read(text);
    expect(result.format).toBe('jsonl');
    expect(result.papers.map(({ title, date }) => [title, date])).toEqual([
      ['One', undefined],
      ['Three', '2024'],
    ]);
    expect(result.rejected).toEqual([
      { place: 'line 3', reason: 'not valid JSON' },
      { place: 'line 4', reason: 'no title' },
    ]);
  });

  it('counts lines from the top of the file, and takes a line alone', () => {
    expect(read('\n\n{"title":"One"}\nnull\n').rejected).toEqual([
      { place: 'line 4', reason: 'not a record but null' },
    ]);
    expect(read('{"title":"One"}').format).toBe('jsonl');
  });
});

describe('fields that make no sense', () => {
  const one = (fields: object) => read([{ title: 'T', ...fields }]).papers[0];

  it.each([
    ['numbers as strings', { comments: '12', upvotes: ' 3 ' }, { comments: 12, upvotes: 3 }],
    ['no counts', { comments: -1, upvotes: 1.5, authorCount: 1e12 }, {}],
    ['comments in words', { comments: '12 pages, 3 figures' }, {}],
    ['nulls', { abstract: null, date: null, authors: null, links: null, organization: null }, {}],
    [
      'other types',
      { abstract: 7, date: {}, authors: 'Ada, Alan and Grace', links: 'x' },
      { authors: ['Ada', 'Alan', 'Grace'] },
    ],
    ['a date that is none', { date: '2026-02-30', publishedAt: '2026-02-28' }, { date: '2026-02-28' }],
    [
      'authors of all kinds',
      { authors: ['Ada', { name: 'Alan' }, 7, null, { name: 3 }] },
      { authors: ['Ada', 'Alan'] },
    ],
    ['no authors', { authors: [] }, {}],
    ['a page that is the paper’s', { url: 'https://arxiv.org/abs/2401.04925v3' }, { arxivId: '2401.04925' }],
    ['a page of its own', { url: 'https://a.b/c' }, { links: [{ label: 'Page', url: 'https://a.b/c' }] }],
    [
      'traps',
      { links: [{ label: 'x', url: 'javascript:alert(1)' }, 'data:text/html,x'], githubRepo: 'javascript:1' },
      {},
    ],
    [
      'links as strings, twice',
      { links: ['https://a.b', 'https://a.b/'] },
      { links: [{ label: 'a.b', url: 'https://a.b/' }] },
    ],
  ])('%s', (_, fields, expected) => {
    const { id, title, abstract, ...rest } = one(fields) ?? {};
    expect(rest).toEqual(expected);
    expect(abstract).toBe('');
    if (!('arxivId' in expected)) expect(id).toBe('title:t');
    expect(title).toBe('T');
  });

  it('leaves HTML in titles and abstracts as the text it is', () => {
    const title = '<img src=x onerror=alert(1)> & <b>nets</b>';
    expect(read([{ title, abstract: '<script>' }]).papers[0]).toMatchObject({ title, abstract: '<script>' });
  });

  it('refuses what is far too long, and cuts what may be', () => {
    const result = read([
      { title: 'x'.repeat(1001) },
      { title: 'T', abstract: 'x'.repeat(50_001) },
      { title: 'U', authors: Array(7000).fill('A'.repeat(300)), organization: 'o'.repeat(900) },
    ]);
    expect(result.rejected).toEqual([
      { place: 'record 1', reason: 'a title of 1001 characters, more than 1000' },
      { place: 'record 2', reason: 'an abstract of 50001 characters, more than 50000' },
    ]);
    expect(result.papers[0]?.authors).toHaveLength(6000);
    expect(result.papers[0]?.authors?.[0]).toHaveLength(200);
    expect(result.papers[0]?.organization).toHaveLength(200);
  });

  it('reads any JSON list without an error, into plain papers', () => {
    const names = [
      'title',
      'abstract',
      'authors',
      'date',
      'links',
      'id',
      'paper',
      'comments',
      'organization',
      'url',
    ];
    const record = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(record, fc.jsonValue())), (records) => {
        const result = read(records);
        expect(result.papers.length + result.rejected.length).toBe(records.length);
        for (const paper of result.papers) {
          expect(paper.title).not.toBe('');
          expect(JSON.parse(JSON.stringify(paper))).toEqual(paper);
        }
      }),
    );
  });
});

describe('what is no list', () => {
  it.each([
    ['', 'There is nothing in it: the text is empty.'],
    [' \n\t', 'There is nothing in it: the text is empty.'],
    [
      '<!DOCTYPE html><html><body>Daily Papers</body></html>',
      'This is the source of a web page, not a list of papers.',
    ],
    ['\n<html lang="en">', 'This is the source of a web page, not a list of papers.'],
    [
      '<?xml version="1.0"?><feed></feed>',
      'This is an XML file of a kind that is not read: of those only Atom is.',
    ],
    ['PK\u0003\u0004\0\0', 'This is no text: it looks like a binary file.'],
    ['"Daily Papers"', 'This is JSON, but not a list of papers.'],
    ['42', 'This is JSON, but not a list of papers.'],
    ['null', 'This is JSON, but not a list of papers.'],
    ['{"a": 1}', 'This JSON has no list of papers: one is looked for under papers, items, results, data.'],
    [
      '{"papers": {}}',
      'This JSON has no list of papers: one is looked for under papers, items, results, data.',
    ],
    [
      '[{"title": "One"}, {"ti',
      'This JSON is broken or cut short: it ends or goes wrong before the list is complete.',
    ],
    [
      '{\n"papers": [\n{"title": "One"',
      'This JSON is broken or cut short: it ends or goes wrong before the list is complete.',
    ],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(SourceError);
    expect(() => read(text)).toThrow(message);
  });

  it('is not an empty list', () => {
    expect(read('[]')).toEqual({ format: 'json', papers: [], rejected: [] });
  });
});
