import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';

/** JSON lines: each paper as Sheaf keeps it, so that it comes back whole; but when it came here is of this library. */
export function toJsonl(papers: readonly Paper[]): string {
  return papers.map(({ added: _, ...paper }) => `${JSON.stringify(paper)}\n`).join('');
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

/** CSV by RFC 4180, with a line of names, and a mark at its beginning by which spreadsheets know UTF-8. */
export function toCsv(papers: readonly Paper[]): string {
  const rows = papers.map((paper) =>
    COLUMNS.map((column) => {
      if (column === 'authors' || column === 'categories' || column === 'keywords')
        return (paper[column] ?? []).join('; ');
      if (column === 'title' || column === 'abstract') return plain(paper[column]);
      if (column === 'url') return homeOf(paper) ?? '';
      if (column === 'code' || column === 'project') return linkOf(paper, column);
      return String(paper[column] ?? '');
    }),
  );
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function linkOf({ links }: Paper, label: string): string {
  return links?.find((link) => link.label.toLowerCase() === label)?.url ?? '';
}

/** A spreadsheet runs what begins as a formula: an apostrophe makes it text. */
function cell(text: string): string {
  const safe = /^'?[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A list to read or to paste: title as a link, what is known of it, the abstract. */
export function toMarkdown(papers: readonly Paper[]): string {
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
      return [
        url ? `- **[${title}](<${url}>)**` : `- **${title}**`,
        ...facts.filter(Boolean).map((fact) => `  ${fact}  `),
        ...(abstract ? ['', `  ${escapeText(abstract)}`] : []),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** Text is text: no sign of it makes a heading, a link or a tag. */
export function escapeText(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}
