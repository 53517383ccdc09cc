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
/** Columns made at once: those of a row lie side by side. */
const COLUMNS = 16;

/**
 * What a runtime would fold when it starts: each row of a table brought to mean 0 and variance 1, times a matrix. Here in whole
 * numbers, so that the table need not be floats: a third of the time, and a fifth of the memory.
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
  const { means, factors, inverses } = normalize(rows, rowScales, dimensions);
  const product = createByteProducts(rows, dimensions);

  const out = new Float32Array(pieces * (columns + 1));
  for (let first = 0; first < columns; first += COLUMNS) {
    const some = Array.from({ length: Math.min(COLUMNS, columns - first) }, (_, at) => {
      const vector = Int8Array.from(
        { length: dimensions },
        (_, row) => numbers[row * columns + first + at] as number,
      );
      const sum = vector.reduce((total, value) => total + value, 0);
      return { products: product(vector).slice(), sum, scale: columnScales[first + at] as number };
    });
    for (const [at, { products, sum, scale }] of some.entries()) {
      const column = first + at;
      let place = Math.floor(column / width) * pieces * width + (column % width);
      for (let row = 0; row < pieces; row++, place += width) {
        const centred = (products[row] as number) - (means[row] as number) * sum;
        out[place] = (factors[row] as number) * scale * centred;
      }
    }
  }
  out.set(inverses, pieces * columns);
  return out;
}

/** Of each row its mean as bytes, what brings it to variance 1 with its scale in it, and one over its length as bytes. */
function normalize(rows: Int8Array, scales: Float32Array, dimensions: number) {
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
