/** One record after another in each format that is read, with whatever stands in its fields and no care for it. */
import type { FieldName, Said } from './payloads.ts';

export interface HostileFormat {
  readonly name: string;
  /** As plainly as somebody would who wants it to go wrong; only what makes a file of the format is kept. */
  readonly write: (records: readonly Said[]) => string;
  readonly answer?: true;
  /** Whether a file has as many records as were given, whatever they say: so where values are quoted. */
  readonly counts?: true;
}

const lists = (said: Said) => ({
  ...said,
  ...(said.authors === undefined ? {} : { authors: [said.authors, { name: said.authors }] }),
  ...(said.keywords === undefined ? {} : { keywords: [said.keywords] }),
  ...(said.url === undefined ? {} : { links: [{ label: said.url, url: said.url }] }),
});

const BIB: Partial<Record<FieldName, string>> = {
  authors: 'author',
  arxivId: 'eprint',
  venue: 'journal',
  categories: 'primaryclass',
};
const RIS: Record<FieldName, string> = {
  title: 'TI',
  abstract: 'AB',
  authors: 'AU',
  date: 'DA',
  arxivId: 'M1',
  url: 'UR',
  doi: 'DO',
  venue: 'JO',
  pages: 'SP',
  categories: 'KW',
  keywords: 'KW',
  organization: 'AU',
  comments: 'N1',
  upvotes: 'N1',
  githubRepo: 'L1',
  projectPage: 'L2',
};
/** XML has no place for most control characters. */
const xml = (text: string) =>
  text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const HOSTILE_FORMATS: readonly HostileFormat[] = [
  { name: 'json', write: (records) => JSON.stringify(records.map(lists)), counts: true },
  {
    name: 'jsonl',
    // One line alone is told by its title.
    write: (records) => records.map((said) => `${JSON.stringify(lists(said))}\n`).join(''),
  },
  {
    name: 'json in an object',
    write: (records) => JSON.stringify({ data: records, listed: records[0]?.date }),
    counts: true,
  },
  {
    name: 'api',
    answer: true,
    write: (records) =>
      JSON.stringify(
        records.map(({ arxivId, organization, ...said }, at) => ({
          paper: {
            ...lists(said),
            id: arxivId ?? `no ${at}`,
            summary: said.abstract,
            organization: { name: organization },
          },
          title: said.title,
          publishedAt: said.date,
          numComments: said.comments,
        })),
      ),
  },
  {
    name: 'csl',
    write: (records) =>
      JSON.stringify(
        records.map(({ authors, date, venue, url, doi, ...said }) => ({
          ...said,
          type: 'article',
          author: [{ family: authors, given: authors }, { literal: authors }],
          issued: { 'date-parts': [[date, date, date]] },
          'container-title': venue,
          URL: url,
          DOI: doi,
        })),
      ),
    counts: true,
  },
  {
    name: 'bibtex',
    write: (records) =>
      records
        .map((said, at) => {
          const fields = Object.entries(said).map(
            ([name, value]) => `  ${BIB[name as FieldName] ?? name} = {${value}},`,
          );
          return `@article{k${at},\n${fields.join('\n')}\n}\n`;
        })
        .join('\n'),
  },
  {
    name: 'bibtex in quotes',
    write: (records) =>
      records
        .map(
          (said, at) =>
            `@misc(k${at}, ${Object.entries(said)
              .map(([name, value]) => `${name} = "${value}"`)
              .join(', ')})\n`,
        )
        .join(''),
  },
  {
    name: 'ris',
    write: (records) =>
      records
        .map((said) =>
          [
            'TY  - JOUR',
            ...Object.entries(said).map(([name, value]) => `${RIS[name as FieldName]}  - ${value}`),
            'ER  - ',
            '',
          ].join('\n'),
        )
        .join('\n'),
  },
  { name: 'csv', write: (records) => table(records, ','), counts: true },
  { name: 'tsv', write: (records) => table(records, '\t'), counts: true },
  {
    name: 'csv without quotes',
    write: (records) =>
      [
        'title;abstract;authors;url',
        ...records.map((said) => [said.title, said.abstract, said.authors, said.url].join(';')),
      ].join('\n'),
  },
  {
    name: 'atom',
    write: (records) =>
      `<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">${records.map((said) => entry(said, xml)).join('')}</feed>`,
    counts: true,
  },
  {
    name: 'atom unescaped',
    write: (records) => `<feed>${records.map((said) => entry(said, (text) => text)).join('')}</feed>`,
  },
  {
    name: 'daily page',
    write: (records) =>
      `Daily Papers\nMar 10, 2026\n${records
        .map(
          (said) =>
            `${said.title}\n${said.abstract} It has a good many words, so that it is an abstract for certain.\n${said.organization ?? ''}\n·${said.authors ?? '4'} authors\n·${said.date ?? 'Mar 9'} ${said.comments ?? ''}\n`,
        )
        .join('\n')}`,
  },
  {
    name: 'ids',
    write: (records) =>
      records
        .map(({ title, url, arxivId }) => `[${arxivId ?? '2401.00002'}] ${title}\n${url ?? '2401.00003'}\n`)
        .join(''),
  },
  { name: 'backup', write: (records) => JSON.stringify(backupOf(records)) },
];

function table(records: readonly Said[], sign: string): string {
  const names = [...new Set(['title', ...records.flatMap((said) => Object.keys(said))])];
  const row = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign);
  return [
    names.join(sign),
    ...records.map((said) => row(names.map((name) => said[name as FieldName] ?? ''))),
  ].join('\r\n');
}

function entry(said: Said, written: (text: string) => string): string {
  const of = (name: FieldName) => written(said[name] ?? '');
  return `<entry><id>${of('arxivId')}</id><title type="html">${of('title')}</title><summary>${of('abstract')}</summary>
<author><name>${of('authors')}</name></author><published>${of('date')}</published><link href="${of('url')}"/>
<category term="${of('categories')}"/><doi>${of('doi')}</doi><journal_ref>${of('venue')}</journal_ref></entry>`;
}

/** All that a backup holds says it, under ids that it says, too. */
function backupOf(records: readonly Said[]) {
  const all = records.map((said, at) => ({
    said,
    id: `title:${said.title ?? at}`,
    word: Object.values(said).at(-1) ?? '',
  }));
  return {
    sheaf: 1,
    saved: '2026-11-27',
    papers: all.map(({ said, id }) => ({ ...lists(said), id, added: said.date })),
    topics: all.map(({ word }, at) => ({
      id: word,
      name: word,
      sentence: word,
      order: at,
      createdAt: word,
      color: word,
    })),
    opinions: all.map(({ id, word }) => ({ topic: word, paper: id, said: 'liked' })),
    marks: all.map(({ id, word }) => ({
      paper: id,
      starred: word,
      read: '2026-01-01',
      later: 1,
      tags: [word],
    })),
    notes: all.map(({ id, word }) => ({ paper: id, text: word, editedAt: word })),
    groupNames: all.map(({ word }) => ({ id: word, name: word })),
  };
}
