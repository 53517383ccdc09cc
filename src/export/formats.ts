import type { Paper } from '../paper/paper.ts';
import { toBibtex } from './bibtex.ts';
import { toCsl } from './csl.ts';
import { type FeedHead, toAtom, toJsonFeed } from './feeds.ts';
import { toRis } from './ris.ts';
import { toCsv, toJsonl, toMarkdown } from './tables.ts';

/** A way to write papers down. */
export interface Format {
  readonly name: string;
  /** Of a file, without the full stop. */
  readonly extension: string;
  readonly type: string;
  /** @param head what a feed says of itself; the others take no notice. */
  readonly write: (papers: readonly Paper[], head: FeedHead) => string;
}

export const FORMATS = {
  bibtex: { name: 'BibTeX', extension: 'bib', type: 'application/x-bibtex', write: toBibtex },
  ris: {
    name: 'RIS',
    extension: 'ris',
    type: 'application/x-research-info-systems',
    write: toRis,
  },
  csl: { name: 'CSL-JSON', extension: 'json', type: 'application/vnd.citationstyles.csl+json', write: toCsl },
  csv: { name: 'CSV', extension: 'csv', type: 'text/csv', write: toCsv },
  jsonl: { name: 'JSON lines', extension: 'jsonl', type: 'application/jsonl', write: toJsonl },
  markdown: { name: 'Markdown', extension: 'md', type: 'text/markdown', write: toMarkdown },
  atom: { name: 'Atom', extension: 'atom', type: 'application/atom+xml', write: toAtom },
  jsonfeed: { name: 'JSON Feed', extension: 'json', type: 'application/feed+json', write: toJsonFeed },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
