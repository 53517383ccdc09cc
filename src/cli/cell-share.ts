import { ID_BYTES, PIECES } from '../corpus/description.ts';
import { readByteRow } from '../vector/byte-rows.ts';
import { type CellMap, cellsOf } from '../vector/cells.ts';
import { type Codebook, type Words, wordsOf, writeCode } from '../vector/codebook.ts';

/** Cells of papers, by their numbers in what was given. */
export interface Placed {
  readonly home: Uint32Array;
  readonly second: Uint32Array;
}

/** Bytes of what is written of a paper: its code in its home, and that in its second cell. */
export const CODES_BYTES = 2 * PIECES;

/** A share of what is counted for each paper of a large list. */
export function createCellShare() {
  let map: CellMap | undefined;
  let book: { readonly codebook: Codebook; readonly words: Words } | undefined;
  const known = (): CellMap => {
    if (!map) throw new Error('no cells were given');
    return map;
  };
  return {
    openCells(cells: CellMap): void {
      map = cells;
    },
    openCodebook(codebook: Codebook): void {
      book = { codebook, words: wordsOf(codebook) };
    },
    /** @param vectors as bytes, row after row. */
    placePapers(vectors: Int8Array): Placed {
      const cells = known();
      const row = new Float32Array(cells.centroids.columns);
      const papers = vectors.length / row.length;
      const [home, second] = [new Uint32Array(papers), new Uint32Array(papers)];
      for (let paper = 0; paper < papers; paper++) {
        readByteRow(vectors, paper * row.length, row);
        const of = cellsOf(cells, row);
        home[paper] = of.home;
        second[paper] = of.second;
      }
      return { home, second };
    },
    /** {@link CODES_BYTES} a paper. */
    codePapers(vectors: Int8Array, { home, second }: Placed): Uint8Array {
      const cells = known();
      if (!book) throw new Error('no codebook was given');
      const error = new Float32Array(cells.centroids.columns);
      const codes = new Uint8Array(home.length * CODES_BYTES);
      for (let paper = 0; paper < home.length; paper++) {
        for (const [at, of] of [home, second].entries()) {
          readError(vectors, cells, paper, of[paper] as number, error);
          writeCode(book.codebook, book.words, error, codes, paper * CODES_BYTES + at * PIECES);
        }
      }
      return codes;
    },
  };
}

/** What is between a paper and the middle of a cell. */
export function readError(
  vectors: Int8Array,
  { centroids: { columns, data } }: CellMap,
  paper: number,
  cell: number,
  error: Float32Array,
): void {
  readByteRow(vectors, paper * columns, error);
  for (let i = 0; i < columns; i++) error[i] = (error[i] as number) - (data[cell * columns + i] as number);
}

/** An entry: which paper, lowest byte first, and its code. */
export function writeEntry(number: number, code: Uint8Array, entries: Uint8Array, at: number): void {
  for (let byte = 0; byte < ID_BYTES; byte++) entries[at + byte] = (number >>> (8 * byte)) & 255;
  entries.set(code, at + ID_BYTES);
}
