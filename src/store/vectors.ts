import { type Database, type Rows, StoreError } from './database.ts';
import type { DerivedSchema, VectorChunk } from './names.ts';
import type { Turn } from './turns.ts';

/** A vector as the engine gave it. */
export interface VectorEntry {
  /** Id of the paper. */
  readonly id: string;
  /** Content key of the text that was embedded: another key is another text. */
  readonly key: string;
  /** `columns` numbers. */
  readonly vector: Float32Array;
  /** The text was longer than the model reads. */
  readonly cut: boolean;
}

/** Every vector of one model, one a paper. */
export interface StoredVectors {
  readonly ids: string[];
  readonly keys: string[];
  readonly cut: boolean[];
  /** Row-major, `ids.length * columns`; its buffer may be moved. */
  readonly data: Float32Array;
  /** Dimensions of the model; 0 when nothing is stored. */
  readonly columns: number;
}

export interface VectorTables {
  vectors(model: string): Promise<StoredVectors>;
  /** @param turn refused with `replaced` when it is another tab's by now. */
  putVectors(model: string, columns: number, entries: readonly VectorEntry[], turn?: Turn): Promise<void>;
  deleteVectors(model?: string, ids?: readonly string[]): Promise<void>;
}

/** Past this a chunk is full and the next begins: 256 KB at 256 columns, what one small batch rewrites at most. */
const CHUNK_ROWS = 256;

type VectorRows = Rows<DerivedSchema>;

/** @param announce called with the model after vectors are kept. */
export function createVectorTables(
  database: Database<DerivedSchema>,
  announce: (model: string) => void,
): VectorTables {
  return {
    async vectors(model) {
      const read = () => database.read(['vectors'], (rows) => rows.getAll('vectors', { prefix: model }));
      return join(
        await read().catch(async (error) => {
          if (!(error instanceof StoreError && error.kind === 'failed')) throw error;
          // Files of the browser are gone or damaged: what can be made again is, in their place.
          await database.change(['vectors'], async (rows) => rows.delete('vectors', { prefix: model }));
          return [];
        }),
      );
    },
    async putVectors(model, columns, entries, turn) {
      for (const { id, vector } of entries) {
        if (vector.length === columns) continue;
        throw new RangeError(`the vector of ${id} has ${vector.length} numbers, not ${columns}`);
      }
      if (entries.length === 0) return;
      await database.change(turn ? ['vectors', 'turns'] : ['vectors'], async (rows) => {
        const now = turn && (await rows.get('turns', model))?.value;
        if (turn && turn.number !== (now ?? 0))
          throw new StoreError('replaced', 'Another tab reads these papers now');
        await append(rows, model, columns, entries);
      });
      announce(model);
    },
    deleteVectors: (model, ids) =>
      database.change(['vectors'], async (rows) => {
        if (model === undefined) return rows.clear('vectors');
        const gone = new Set(ids);
        const kept = ids ? entriesOf(join(await rows.getAll('vectors', { prefix: model }))) : [];
        rows.delete('vectors', { prefix: model });
        writeChunks(
          rows,
          model,
          0,
          kept.filter(({ id }) => !gone.has(id)),
        );
      }),
  };
}

/** Adds to the last chunk while it has room: papers that come one by one do not become chunks of one. */
async function append(
  rows: VectorRows,
  model: string,
  columns: number,
  entries: readonly VectorEntry[],
): Promise<void> {
  const chunks = await rows.count('vectors', { prefix: model });
  const last = chunks > 0 ? await rows.get('vectors', [model, chunks - 1]) : undefined;
  const open = last && last.ids.length < CHUNK_ROWS && last.data.length === last.ids.length * columns;
  const before = open ? entriesOf(join([last])) : [];
  writeChunks(rows, model, open ? chunks - 1 : chunks, [...before, ...entries]);
}

function writeChunks(rows: VectorRows, model: string, start: number, entries: readonly VectorEntry[]): void {
  for (let from = 0; from < entries.length; from += CHUNK_ROWS) {
    rows.put('vectors', chunkOf(model, start + from / CHUNK_ROWS, entries.slice(from, from + CHUNK_ROWS)));
  }
}

function chunkOf(model: string, at: number, entries: readonly VectorEntry[]): VectorChunk {
  const columns = entries[0]?.vector.length ?? 0;
  const data = new Float32Array(entries.length * columns);
  entries.forEach(({ vector }, row) => {
    data.set(vector, row * columns);
  });
  return {
    model,
    at,
    ids: entries.map(({ id }) => id),
    keys: entries.map(({ key }) => key),
    cut: entries.map(({ cut }) => cut),
    data,
  };
}

/** The newest vector of each paper, in one matrix. Chunks of another width than the newest are left out. */
function join(chunks: readonly VectorChunk[]): StoredVectors {
  const newest = chunks.at(-1);
  const columns = newest ? newest.data.length / newest.ids.length : 0;
  const places = new Map<string, { chunk: VectorChunk; row: number }>();
  for (const chunk of chunks) {
    if (chunk.data.length !== chunk.ids.length * columns) continue;
    chunk.ids.forEach((id, row) => {
      places.set(id, { chunk, row });
    });
  }
  const data = new Float32Array(places.size * columns);
  const joined: StoredVectors = { ids: [], keys: [], cut: [], data, columns };
  for (const [id, { chunk, row }] of places) {
    data.set(chunk.data.subarray(row * columns, (row + 1) * columns), joined.ids.length * columns);
    joined.ids.push(id);
    joined.keys.push(chunk.keys[row] as string);
    joined.cut.push(chunk.cut[row] as boolean);
  }
  return joined;
}

function entriesOf({ ids, keys, cut, data, columns }: StoredVectors): VectorEntry[] {
  return ids.map((id, row) => ({
    id,
    key: keys[row] as string,
    cut: cut[row] as boolean,
    vector: data.subarray(row * columns, (row + 1) * columns),
  }));
}
