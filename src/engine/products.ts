import { createByteProducts } from '../vector/byteProducts.ts';
import type { FoldedGraph } from './contract.ts';
import { EngineError } from './error.ts';
import { ELEMENT, type ElementType, readConstants, takeConstant } from './onnx-constants.ts';

/** Under this name a folded graph asks for what is made here. */
export const PRODUCTS = 'products';
/** Of the normalization, as in the graph that is folded. */
const EPSILON = 1e-5;
/** Half a gigabyte: what a larger model would ask of a tab is an error of its contract. */
const MOST_NUMBERS = 2 ** 27;
/** Rows taken at once: what is read and written of them stays near the processor. */
const ROWS = 1024;

/**
 * What a runtime would fold when it starts: each row of a table brought to mean 0 and variance 1, times a matrix. Here in whole
 * numbers, so that the table need not be floats: half of the time, and a quarter of the memory.
 * @param file the .onnx file that has the constants.
 * @param path names it in the sentence told.
 * @returns float32: for each `width` columns of the matrix their products [pieces, width], one behind the other, then one over the
 * length of each row as its bytes have it [pieces].
 * @throws {EngineError} `unreadable` or `contract`.
 */
export function makeProducts(
  file: ArrayBuffer,
  path: string,
  dimensions: number,
  { table, scales, matrix, matrixScales, width }: FoldedGraph,
): Float32Array<ArrayBuffer> {
  const constants = readConstants(file, path);
  const take = (name: string, type: ElementType, count?: number) =>
    takeConstant(constants, path, name, type, count).bytes.slice().buffer;
  const rows = new Int8Array(take(table, ELEMENT.int8));
  const rowScales = new Float32Array(take(scales, ELEMENT.float32, rows.length / dimensions));
  const numbers = new Int8Array(take(matrix, ELEMENT.int8));
  const columnScales = new Float32Array(take(matrixScales, ELEMENT.float32, numbers.length / dimensions));
  const [pieces, columns] = [rowScales.length, columnScales.length];
  if (columns % width !== 0 || pieces * columns > MOST_NUMBERS) {
    const what = `${pieces} rows times ${columns} columns, ${width} at once`;
    throw new EngineError('contract', `${path} has no products to make of ${what}. Choose another model.`);
  }
  const normal = normalize(rows, rowScales, dimensions);
  const product = createByteProducts(rows, dimensions);

  const vectors = Array.from({ length: columns }, (_, column) => columnOf(numbers, column, columns));
  const sums = vectors.map((vector) => vector.reduce((total, value) => total + value, 0));
  const out = new Float32Array(pieces * (columns + 1));
  for (let first = 0; first < pieces; first += ROWS) {
    const count = Math.min(ROWS, pieces - first);
    for (const [column, vector] of vectors.entries()) {
      const found = product(vector, first, count);
      const place = (Math.floor(column / width) * pieces + first) * width + (column % width);
      write(found, normal, first, sums[column] as number, columnScales[column] as number, out, place, width);
    }
  }
  out.set(normal.inverses, pieces * columns);
  return out;
}

/** Products of a column, each `step` behind the other; apart, so that it is compiled well. */
function write(
  found: Int32Array,
  { means, factors }: Normal,
  first: number,
  sum: number,
  scale: number,
  out: Float32Array,
  place: number,
  step: number,
): void {
  for (let row = 0, at = place; row < found.length; row++, at += step) {
    const centred = (found[row] as number) - (means[first + row] as number) * sum;
    out[at] = (factors[first + row] as number) * scale * centred;
  }
}

function columnOf(matrix: Int8Array, column: number, columns: number): Int8Array {
  const out = new Int8Array(matrix.length / columns);
  for (let row = 0; row < out.length; row++) out[row] = matrix[row * columns + column] as number;
  return out;
}

interface Normal {
  /** Of each row as its bytes have it. */
  readonly means: Float64Array;
  /** What brings it to variance 1, with its scale in it. */
  readonly factors: Float64Array;
  /** One over its length as bytes. */
  readonly inverses: Float32Array;
}

function normalize(rows: Int8Array, scales: Float32Array, dimensions: number): Normal {
  const means = new Float64Array(scales.length);
  const factors = new Float64Array(scales.length);
  const inverses = new Float32Array(scales.length);
  for (let row = 0; row < scales.length; row++) {
    let sum = 0;
    let squares = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) {
      const value = rows[at] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / dimensions;
    const scale = scales[row] as number;
    const variance = (squares / dimensions - mean * mean) * scale * scale;
    means[row] = mean;
    factors[row] = scale / Math.sqrt(variance + EPSILON);
    inverses[row] = 1 / Math.max(Math.sqrt(squares), 1e-12);
  }
  return { means, factors, inverses };
}
