import { type Matrix, rowOf } from '../vector/matrix.ts';
import { createQuantizedRows, type QuantizedRows } from '../vector/quantized.ts';

/** Vectors by paper id, as bytes in one block without gaps. */
export interface VectorTable {
  /**
   * Adds or replaces rows of the papers that `wanted` accepts; other columns than before drop all rows.
   * @throws {RangeError} when there are not as many rows as ids.
   */
  put(ids: readonly string[], matrix: Matrix, wanted: (id: string) => boolean): void;
  remove(id: string): void;
  clear(): void;
  has(id: string): boolean;
  /** A paper's row, made again from its bytes. */
  row(id: string): Float32Array | undefined;
  /** Cosine of each paper with the query, NaN without a vector; undefined when no row fits the query. */
  similarities(query: Float32Array, ids: readonly string[]): Float32Array | undefined;
  /** Rows of these papers, made again, in this order. All must have one. */
  gather(ids: readonly string[]): Matrix;
  /** The same as bytes, in a table of their own, in steps; undefined where a row has changed between two of them. */
  pickSteps(ids: readonly string[]): Generator<number, QuantizedRows | undefined>;
  count(): number;
  columns(): number;
}

/** Rows copied between two yields: some 10 ms. */
const SLICE_ROWS = 20_000;

export function createVectorTable(): VectorTable {
  let block: QuantizedRows | undefined;
  const rows = new Map<string, number>();
  /** Id of each row. */
  const owners: string[] = [];
  /** Rows of the papers that were asked for last, -1 for none: a look-up of each costs more than the scan. */
  let placed: { readonly ids: readonly string[]; readonly rows: Int32Array } | undefined;

  /** Goes up with each change of a row. */
  let changes = 0;

  function clear(): void {
    changes++;
    block = undefined;
    placed = undefined;
    rows.clear();
    owners.length = 0;
  }

  function put(ids: readonly string[], matrix: Matrix, wanted: (id: string) => boolean): void {
    if (ids.length !== matrix.rows) {
      throw new RangeError(`${ids.length} papers do not fit ${matrix.rows} vectors`);
    }
    if (ids.length === 0) return;
    if (matrix.columns !== block?.columns) {
      clear();
      block = createQuantizedRows(matrix.columns);
    }
    changes++;
    for (const [index, id] of ids.entries()) {
      if (!wanted(id)) continue;
      const row = rows.get(id) ?? owners.length;
      if (row === owners.length) {
        rows.set(id, row);
        owners.push(id);
        placed = undefined;
      }
      block.set(row, rowOf(matrix, index));
    }
  }

  /** The last row moves into the gap. */
  function remove(id: string): void {
    const row = rows.get(id);
    if (row === undefined) return;
    changes++;
    const mover = owners.at(-1) as string;
    block?.remove(row);
    owners[row] = mover;
    rows.set(mover, row);
    owners.pop();
    rows.delete(id);
    placed = undefined;
  }

  function rowsOf(ids: readonly string[]): Int32Array {
    if (placed?.ids !== ids) placed = { ids, rows: Int32Array.from(ids, (id) => rows.get(id) ?? -1) };
    return placed.rows;
  }

  function similarities(query: Float32Array, ids: readonly string[]): Float32Array | undefined {
    if (!block || owners.length === 0 || query.length !== block.columns) return undefined;
    const byRow = block.similarities(query);
    const places = rowsOf(ids);
    const scores = new Float32Array(ids.length);
    for (let place = 0; place < scores.length; place++) {
      const row = places[place] as number;
      scores[place] = row < 0 ? Number.NaN : (byRow[row] as number);
    }
    return scores;
  }

  function gather(ids: readonly string[]): Matrix {
    const columns = Math.max(1, block?.columns ?? 0);
    const data = new Float32Array(ids.length * columns);
    ids.forEach((id, index) => {
      if (block) data.set(block.get(rows.get(id) as number), index * columns);
    });
    return { rows: ids.length, columns, data };
  }

  function* pickSteps(ids: readonly string[]): Generator<number, QuantizedRows | undefined> {
    const asked = changes;
    const picked = createQuantizedRows(Math.max(1, block?.columns ?? 0), undefined, ids.length);
    for (let start = 0; start < ids.length; start += SLICE_ROWS) {
      yield start / ids.length;
      if (asked !== changes || !block) return undefined;
      const slice = ids.slice(start, start + SLICE_ROWS);
      picked.take(
        block.raw(),
        slice.map((id) => rows.get(id) as number),
      );
    }
    return picked;
  }

  return {
    put,
    remove,
    clear,
    has: (id) => rows.has(id),
    row(id) {
      const row = rows.get(id);
      return row === undefined ? undefined : block?.get(row);
    },
    similarities,
    gather,
    pickSteps,
    count: () => owners.length,
    columns: () => block?.columns ?? 0,
  };
}
