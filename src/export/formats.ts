import type { Paper } from '../paper/paper.ts';
import { toBibtex } from './bibtex.ts';
import { toCsl } from './csl.ts';
import { type FeedHead, toAtom, toJsonFeed } from './feeds.ts';
import { toRis } from './ris.ts';
import { type OwnWords, toCsv, toJsonl, toMarkdown } from './tables.ts';

export type { OwnWords };

/** A way to write papers down. */
export interface Format {
  readonly name: string;
  /** Of a file, without the full stop. */
  readonly extension: string;
  readonly type: string;
  /**
   * @param head what a feed says of itself; the others take no notice.
   * @param own what the reader wrote of papers, where the format has a place for it.
   */
  readonly write: (papers: readonly Paper[], head: FeedHead, own?: OwnWords) => string;
  /** It has a place for notes and tags. */
  readonly takesOwn?: boolean;
}

export const FORMATS = {
  bibtex: { name: 'BibTeX', extension: 'bib', type: 'application/x-bibtex', write: toBibtex },
  ris: {
    name: 'RIS',
    extension: 'ris',
    type: 'application/x-research-info-systems',
    write: toRis,
  },
  csl: {
    name: 'CSL-JSON',
    extension: 'csl.json',
    type: 'application/vnd.citationstyles.csl+json',
    write: toCsl,
  },
  csv: {
    name: 'CSV',
    extension: 'csv',
    type: 'text/csv',
    write: (papers: readonly Paper[], _?: FeedHead, own?: OwnWords) => toCsv(papers, own),
    takesOwn: true,
  },
  jsonl: {
    name: 'JSON lines',
    extension: 'jsonl',
    type: 'application/jsonl',
    write: (papers: readonly Paper[], _?: FeedHead, own?: OwnWords) => toJsonl(papers, own),
    takesOwn: true,
  },
  markdown: {
    name: 'Markdown',
    extension: 'md',
    type: 'text/markdown',
    write: (papers: readonly Paper[], _?: FeedHead, own?: OwnWords) => toMarkdown(papers, own),
    takesOwn: true,
  },
  atom: { name: 'Atom', extension: 'atom', type: 'application/atom+xml', write: toAtom },
  jsonfeed: { name: 'JSON Feed', extension: 'feed.json', type: 'application/feed+json', write: toJsonFeed },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
