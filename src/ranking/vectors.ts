import { type Matrix, rowOf } from '../vector/matrix.ts';
import { similarities } from '../vector/similarity.ts';

/** Vectors by paper id, in one growing array without gaps. */
export interface VectorTable {
  /**
   * Adds or replaces rows of the papers that `wanted` accepts; other columns than before drop all rows.
   * @throws {RangeError} when there are not as many rows as ids.
   */
  put(ids: readonly string[], matrix: Matrix, wanted: (id: string) => boolean): void;
  remove(id: string): void;
  clear(): void;
  /** A view of a paper's row, valid until the next change. */
  row(id: string): Float32Array | undefined;
  /** Cosine of each paper with the query, NaN without a vector; undefined when no row fits the query. */
  similarities(query: Float32Array, ids: readonly string[]): Float32Array | undefined;
  /** Rows of these papers, copied, in this order. All must have one. */
  gather(ids: readonly string[]): Matrix;
  count(): number;
  columns(): number;
}

/** Room for the first rows; the room doubles when it is full. */
const FIRST_ROWS = 256;

export function createVectorTable(): VectorTable {
  let columns = 0;
  let data = new Float32Array(0);
  const rows = new Map<string, number>();
  /** Id of each row. */
  const owners: string[] = [];

  const filled = (): Matrix => ({
    rows: owners.length,
    columns,
    data: data.subarray(0, owners.length * columns),
  });

  function clear(): void {
    columns = 0;
    data = new Float32Array(0);
    rows.clear();
    owners.length = 0;
  }

  function put(ids: readonly string[], matrix: Matrix, wanted: (id: string) => boolean): void {
    if (ids.length !== matrix.rows) {
      throw new RangeError(`${ids.length} papers do not fit ${matrix.rows} vectors`);
    }
    if (ids.length === 0) return;
    if (matrix.columns !== columns) {
      clear();
      columns = matrix.columns;
    }
    ids.forEach((id, index) => {
      if (wanted(id)) write(id, rowOf(matrix, index));
    });
  }

  function write(id: string, vector: Float32Array): void {
    let row = rows.get(id);
    if (row === undefined) {
      row = owners.length;
      rows.set(id, row);
      owners.push(id);
      const needed = owners.length * columns;
      if (needed > data.length) {
        const larger = new Float32Array(Math.max(FIRST_ROWS * columns, 2 * needed));
        larger.set(data);
        data = larger;
      }
    }
    data.set(vector, row * columns);
  }

  /** The last row moves into the gap. */
  function remove(id: string): void {
    const row = rows.get(id);
    if (row === undefined) return;
    const last = owners.length - 1;
    const mover = owners[last] as string;
    data.copyWithin(row * columns, last * columns, (last + 1) * columns);
    owners[row] = mover;
    rows.set(mover, row);
    owners.pop();
    rows.delete(id);
  }

  function scores(query: Float32Array, ids: readonly string[]): Float32Array | undefined {
    if (owners.length === 0 || query.length !== columns) return undefined;
    const byRow = similarities(filled(), query);
    return Float32Array.from(ids, (id) => {
      const row = rows.get(id);
      return row === undefined ? Number.NaN : (byRow[row] as number);
    });
  }

  function gather(ids: readonly string[]): Matrix {
    const width = Math.max(1, columns);
    const gathered = new Float32Array(ids.length * width);
    ids.forEach((id, index) => {
      gathered.set(rowOf(filled(), rows.get(id) as number), index * width);
    });
    return { rows: ids.length, columns: width, data: gathered };
  }

  return {
    put,
    remove,
    clear,
    row: (id) => {
      const row = rows.get(id);
      return row === undefined ? undefined : rowOf(filled(), row);
    },
    similarities: scores,
    gather,
    count: () => owners.length,
    columns: () => columns,
  };
}
