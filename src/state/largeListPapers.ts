import type { CorpusRecord } from '../corpus/corpus.ts';
import type { Paper } from '../paper/paper.ts';
import { readPapers } from '../source/source.ts';
import { today } from './library.ts';

/** What a large list says of papers, read with the care that any list is; what is no paper is counted. */
export function papersOfRecords(records: readonly CorpusRecord[]): {
  papers: readonly Paper[];
  refused: number;
} {
  if (records.length === 0) return { papers: [], refused: 0 };
  const whole = records.map(({ title, abstract, date, more }) => {
    const rest = typeof more === 'object' && more !== null && !Array.isArray(more) ? more : {};
    return { ...rest, title, abstract, ...(date ? { date } : {}) };
  });
  const { papers, rejected } = readPapers(JSON.stringify(whole, withoutBigInt), { today: today() });
  return { papers, refused: rejected.length };
}

/** Whole numbers of 64 bits, as Parquet may have them, which JSON has not. */
function withoutBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
