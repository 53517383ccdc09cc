import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';

/** What the reader wrote of papers. */
export interface OwnWords {
  readonly tagsOf: (paperId: string) => readonly string[];
  /** Markdown; empty where there is none. */
  readonly noteOf: (paperId: string) => string;
}

/**
 * JSON lines: each paper as Sheaf keeps it, so that it comes back whole, but when it came here is of this library; `tags` and `note`
 * beside that.
 */
export function toJsonl(papers: readonly Paper[], own?: OwnWords): string {
  return papers
    .map(({ added: _, ...paper }) => {
      const [tags, note] = [own?.tagsOf(paper.id) ?? [], own?.noteOf(paper.id) ?? ''];
      const more = { ...(tags.length > 0 ? { tags } : {}), ...(note ? { note } : {}) };
      return `${JSON.stringify({ ...paper, ...more })}\n`;
    })
    .join('');
}

const COLUMNS = [
  'title',
  'authors',
  'organization',
  'date',
  'arxivId',
  'doi',
  'venue',
  'pages',
  'categories',
  'keywords',
  'comments',
  'upvotes',
  'url',
  'code',
  'project',
  'abstract',
] as const;

const OWN_COLUMNS = ['tags', 'note'] as const;

/** CSV by RFC 4180, with a line of names, and a mark at its beginning by which spreadsheets know UTF-8. */
export function toCsv(papers: readonly Paper[], own?: OwnWords): string {
  const columns = own ? [...COLUMNS, ...OWN_COLUMNS] : COLUMNS;
  const rows = papers.map((paper) =>
    columns.map((column) => {
      if (column === 'tags') return (own?.tagsOf(paper.id) ?? []).join('; ');
      if (column === 'note') return own?.noteOf(paper.id) ?? '';
      if (column === 'authors' || column === 'categories' || column === 'keywords')
        return (paper[column] ?? []).join('; ');
      if (column === 'title' || column === 'abstract') return plain(paper[column]);
      if (column === 'url') return homeOf(paper) ?? '';
      if (column === 'code' || column === 'project') return linkOf(paper, column);
      return String(paper[column] ?? '');
    }),
  );
  return `\ufeff${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function linkOf({ links }: Paper, label: string): string {
  return links?.find((link) => link.label.toLowerCase() === label)?.url ?? '';
}

/**
 * A spreadsheet runs what begins as a formula, be it after white space, in some languages also in the wide signs of
 * East Asia: an apostrophe makes it text.
 */
function cell(text: string): string {
  const safe = /^\s*'?[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A list to read or to paste: title as a link, what is known of it, the abstract. */
export function toMarkdown(papers: readonly Paper[], own?: OwnWords): string {
  return papers
    .map((paper) => {
      const url = homeOf(paper);
      const title = escapeText(plain(paper.title));
      const facts = [
        paper.authors?.map(escapeText).join(', ') || (paper.organization && escapeText(paper.organization)),
        paper.venue && escapeText(paper.venue),
        paper.date && formatDate(paper.date),
      ];
      const abstract = plain(paper.abstract);
      const [tags, note] = [own?.tagsOf(paper.id) ?? [], own?.noteOf(paper.id).trim() ?? ''];
      return [
        url ? `- **[${title}](<${url}>)**` : `- **${title}**`,
        ...facts.filter(Boolean).map((fact) => `  ${fact}  `),
        ...(tags.length > 0
          ? [`  ${tags.map((tag) => `#${escapeText(tag).replaceAll(' ', '\u00a0')}`).join(' ')}`]
          : []),
        ...(abstract ? ['', `  ${escapeText(abstract)}`] : []),
        // Markdown already, and part of the list's item.
        ...(note ? ['', ...note.split('\n').map((line) => (line ? `  > ${line}` : '  >'))] : []),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** Text is text: no sign of it makes a heading, a link or a tag. */
export function escapeText(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}
