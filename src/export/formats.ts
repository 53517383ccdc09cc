import type { Paper } from '../paper/paper.ts';
import { toBibtex } from './bibtex.ts';
import { toCsl } from './csl.ts';
import { toRis } from './ris.ts';
import { toCsv, toJsonl, toMarkdown } from './tables.ts';

/** A way to write papers down. */
export interface Format {
  readonly name: string;
  /** Of a file, without the full stop. */
  readonly extension: string;
  readonly type: string;
  readonly write: (papers: readonly Paper[]) => string;
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
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
