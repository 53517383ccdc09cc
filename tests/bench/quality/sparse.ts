/** TF-IDF over words and pairs of words, as arxiv-sanity-lite makes it: what most papers sites rank by. */
import { plain } from '../../../src/paper/latex.ts';
import { fold, isStopWord } from '../../../src/words/terms.ts';

/** As arxiv-sanity-lite sets its vectorizer. */
const MOST_FEATURES = 20_000;
const FEWEST_PAPERS = 5;
const MOST_SHARE = 0.1;
const WORD = /\b[a-zA-Z_][a-zA-Z0-9_]+\b/g;

/** Rows of unit length with their places and values. */
export interface SparseRows {
  readonly columns: number;
  readonly places: readonly Uint32Array[];
  readonly values: readonly Float32Array[];
}

export interface Tfidf {
  readonly rows: SparseRows;
  /** A text as a row over the same columns. */
  row(text: string): { readonly places: Uint32Array; readonly values: Float32Array };
}

export function createTfidf(texts: readonly string[]): Tfidf {
  const counted = texts.map(countGrams);
  const papersWith = new Map<string, number>();
  const uses = new Map<string, number>();
  for (const counts of counted) {
    for (const [gram, count] of counts) {
      papersWith.set(gram, (papersWith.get(gram) ?? 0) + 1);
      uses.set(gram, (uses.get(gram) ?? 0) + count);
    }
  }
  const fewest = Math.min(FEWEST_PAPERS, Math.ceil(texts.length / 200));
  const kept = [...papersWith]
    .filter(([, papers]) => papers >= fewest && papers <= texts.length * MOST_SHARE)
    .sort(([a], [b]) => (uses.get(b) as number) - (uses.get(a) as number) || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES);
  const columnOf = new Map(kept.map(([gram], column) => [gram, column]));
  const idf = kept.map(([, papers]) => 1 + Math.log((1 + texts.length) / (1 + papers)));

  function weigh(counts: ReadonlyMap<string, number>) {
    const entries: [number, number][] = [];
    for (const [gram, count] of counts) {
      const column = columnOf.get(gram);
      if (column !== undefined) entries.push([column, (1 + Math.log(count)) * (idf[column] as number)]);
    }
    entries.sort(([a], [b]) => a - b);
    const length = Math.hypot(...entries.map(([, value]) => value)) || 1;
    return {
      places: Uint32Array.from(entries, ([column]) => column),
      values: Float32Array.from(entries, ([, value]) => value / length),
    };
  }

  const rows = counted.map(weigh);
  return {
    rows: {
      columns: kept.length,
      places: rows.map(({ places }) => places),
      values: rows.map(({ values }) => values),
    },
    row: (text) => weigh(countGrams(text)),
  };
}

/** Inner product of each row with a dense vector. */
export function multiply({ places, values }: SparseRows, dense: Float64Array): Float64Array {
  return Float64Array.from(places, (columns, row) => {
    const weights = values[row] as Float32Array;
    let sum = 0;
    for (let i = 0; i < columns.length; i++)
      sum += (weights[i] as number) * (dense[columns[i] as number] as number);
    return sum;
  });
}

/** A sparse row, or the sum of several, as a dense vector. */
export function spread(
  columns: number,
  rows: readonly { readonly places: Uint32Array; readonly values: Float32Array }[],
): Float64Array {
  const dense = new Float64Array(columns);
  for (const { places, values } of rows) {
    places.forEach((column, i) => {
      dense[column] = (dense[column] as number) + (values[i] as number);
    });
  }
  return dense;
}

function countGrams(text: string): Map<string, number> {
  const words = (fold(plain(text)).match(WORD) ?? []).filter((word) => !isStopWord(word));
  const counts = new Map<string, number>();
  words.forEach((word, at) => {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const next = words[at + 1];
    if (next !== undefined) counts.set(`${word} ${next}`, (counts.get(`${word} ${next}`) ?? 0) + 1);
  });
  return counts;
}
