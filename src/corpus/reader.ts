import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { byteRowCosine } from '../vector/byte-rows.ts';
import { highest } from '../vector/order.ts';
import { similarities } from '../vector/similarity.ts';
import { type ByteColumn, findByteColumn } from './byte-column.ts';
import { type Cells, readCells } from './cells.ts';
import { bestByCode } from './code-pass.ts';
import { type CorpusDescription, ENTRY_BYTES, type FileName } from './description.ts';
import { CorpusError } from './error.ts';
import { createHeldBytes, type HeldBytes } from './held.ts';
import { COMPRESSORS, orDamaged } from './parquet.ts';
import { createRangedFile, type Range, type RangedFile, type Traffic } from './ranged-file.ts';

/** A paper of a large list that is near to a question. */
export interface CorpusHit {
  /** Its number in the list. */
  readonly row: number;
  /** Cosine of its vector with the question's. */
  readonly score: number;
}

/** A paper as the list holds it: a stranger's, to be read with care. */
export type CorpusRecord = Readonly<Record<string, unknown>>;

export interface CorpusReader {
  /**
   * The nearest papers by the vectors of the cells that are nearest, best first.
   * @throws {CorpusError} in one sentence; the signal's reason when it was stopped.
   */
  search(query: Float32Array, count: number, signal?: AbortSignal): Promise<CorpusHit[]>;
  /** What the list says of these papers. */
  records(rows: readonly number[], signal?: AbortSignal): Promise<CorpusRecord[]>;
  /** Of all that was asked for since it was opened. */
  readonly traffic: Readonly<Traffic>;
  readonly held: HeldBytes;
}

/** What one question may read. */
export interface ReadLimits {
  /** Bytes of codes: what it moves stays below three megabytes with the rest. */
  readonly codeBytes: number;
  /** The best by code, of which the vectors themselves are read. */
  readonly reranked: number;
}

const LIMITS: ReadLimits = { codeBytes: 1_950_000, reranked: 160 };

/** What is read once of a list. */
interface Opened extends Cells {
  readonly codes: ByteColumn;
  readonly vectors: ByteColumn;
  readonly papers: FileMetaData;
}

/**
 * @param base absolute address of the folder, or of a file in it.
 * @param held what was fetched at earlier visits; what comes is put there.
 */
export function createCorpusReader(
  description: CorpusDescription,
  base: string,
  held: HeldBytes = createHeldBytes(),
  { codeBytes, reranked }: ReadLimits = LIMITS,
): CorpusReader {
  const traffic: Traffic = { bytes: 0, requests: 0 };
  const { files, dimensions } = description;
  const fileOf = (name: FileName): RangedFile =>
    createRangedFile(new URL(files[name].path, base).href, files[name], held, traffic);
  const [cells, codes, vectors, papers] = (['cells', 'codes', 'vectors', 'papers'] as const).map(fileOf) as [
    RangedFile,
    RangedFile,
    RangedFile,
    RangedFile,
  ];
  let opened: Promise<Opened> | undefined;

  const metadataOf = (file: RangedFile, name: FileName): Promise<FileMetaData> =>
    orDamaged(files[name].path, () =>
      parquetMetadataAsync(file.asBuffer(), { initialFetchSize: files[name].footer }),
    );
  const open = async (): Promise<Opened> => {
    const [found, ofCodes, ofVectors, ofPapers] = await Promise.all([
      readCells(cells, description),
      metadataOf(codes, 'codes'),
      metadataOf(vectors, 'vectors'),
      metadataOf(papers, 'papers'),
    ]);
    const entries = findByteColumn(ofCodes, 'entry', ENTRY_BYTES, files.codes.path);
    const rows = findByteColumn(ofVectors, 'vector', dimensions, files.vectors.path);
    const counts = [rows.rows, Number(ofPapers.num_rows)];
    if (entries.rows !== found.starts.at(-1) || counts.some((count) => count !== description.papers))
      throw new CorpusError('The files of this list do not belong together: it was not published whole.');
    return { ...found, codes: entries, vectors: rows, papers: ofPapers };
  };
  /** Once, for all questions, be the first of them stopped; what failed is tried again at the next. */
  const whole = async (signal?: AbortSignal): Promise<Opened> => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    const all = await opened;
    signal?.throwIfAborted();
    return all;
  };

  return {
    traffic,
    held,
    async search(query, count, signal) {
      if (query.length !== dimensions)
        throw new CorpusError(`A question of ${query.length} numbers does not fit vectors of ${dimensions}.`);
      const all = await whole(signal);
      const near = similarities(all.centroids, query);
      const chosen = chooseCells(near, all.starts, codeBytes);
      const ranges = chosen.map((cell) => {
        const start = all.starts[cell] as number;
        // Of many papers that are nearly the same one cell may be too large.
        const end = Math.min(all.starts[cell + 1] as number, start + Math.floor(codeBytes / ENTRY_BYTES));
        return all.codes.rangesOf(start, end);
      });
      const parts = (await codes.read(ranges.flat(), signal)).values();
      const read = chosen.map((cell, i) => ({
        near: near[cell] as number,
        parts: (ranges[i] as Range[]).map(() => parts.next().value as Uint8Array),
      }));
      const best = bestByCode(description, query, read, reranked);
      const places = best.flatMap((row) => all.vectors.rangesOf(row, row + 1));
      const rows = await vectors.read(places, signal);
      const scores = Float64Array.from(rows, (bytes) => byteRowCosine(query, new Int8Array(bytes), 0));
      return [...highest(scores, count)].map((place) => ({
        row: best[place] as number,
        score: scores[place] as number,
      }));
    },
    async records(rows, signal) {
      const { papers: metadata } = await whole(signal);
      const file = papers.asBuffer(signal);
      const read = rows.map((row) =>
        orDamaged(files.papers.path, () =>
          parquetReadObjects({
            file,
            metadata,
            rowStart: row,
            rowEnd: row + 1,
            useOffsetIndex: true,
            compressors: COMPRESSORS,
          }),
        ),
      );
      return (await Promise.all(read)).map(([record]) => record ?? {});
    },
  };
}

/** The nearest cells, as many as may be read: by their size alone, so that a question always asks the same. */
function chooseCells(near: Float32Array, starts: Uint32Array, most: number): number[] {
  const chosen: number[] = [];
  let bytes = 0;
  for (const cell of highest(near, near.length)) {
    const size = ((starts[cell + 1] as number) - (starts[cell] as number)) * ENTRY_BYTES;
    if (size === 0) continue;
    if (bytes + size > most && chosen.length > 0) break;
    bytes += size;
    chosen.push(cell);
  }
  return chosen;
}
