import { codeProduct, productTable } from '../vector/codebook.ts';
import { highest } from '../vector/order.ts';
import { type CorpusDescription, ENTRY_BYTES, ID_BYTES } from './description.ts';

/** Entries of a cell. */
export interface ReadCell {
  /** Cosine of its middle with the question. */
  readonly near: number;
  readonly parts: readonly Uint8Array[];
}

/** Papers whose codes are nearest to a question, best first, each once though it stands in two cells. */
export function bestByCode(
  { codebook, papers }: CorpusDescription,
  query: Float32Array,
  cells: readonly ReadCell[],
  count: number,
): number[] {
  const bytes = cells.reduce((sum, { parts }) => parts.reduce((more, part) => more + part.length, sum), 0);
  const table = productTable(codebook, query);
  const scores = new Float32Array(Math.floor(bytes / ENTRY_BYTES));
  const rows = new Uint32Array(scores.length);
  let entry = 0;
  for (const { near, parts } of cells) {
    for (const part of parts) {
      for (let at = 0; at + ENTRY_BYTES <= part.length; at += ENTRY_BYTES, entry++) {
        rows[entry] =
          (part[at] as number) | ((part[at + 1] as number) << 8) | ((part[at + 2] as number) << 16);
        scores[entry] = near + codeProduct(table, codebook.pieces, part, at + ID_BYTES);
      }
    }
  }
  const best = new Set<number>();
  // Twice as many, since each may stand there twice.
  for (const place of highest(scores, 2 * count)) {
    const row = rows[place] as number;
    if (row < papers) best.add(row);
    if (best.size === count) break;
  }
  return [...best];
}
