import { describe, expect, it } from 'vitest';
import { checkContract } from '../../../src/engine/check-contract.ts';
import type { FoldedGraph } from '../../../src/engine/contract.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { type ElementType, readConstants, takeConstant } from '../../../src/engine/onnx-constants.ts';
import { makeProducts } from '../../../src/engine/products.ts';
import { dot } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { codeOf, makeUpTexts, nodeRuntime, readBytes, readContractFile, requestOf } from './fixtures.ts';

const contract = readContractFile();
const folded = contract.folded as FoldedGraph;
const path = 'onnx/model_quantized.onnx';
const file = readBytes(path);

const make = (asked: FoldedGraph, dimensions = contract.dimensions) =>
  codeOf(() => makeProducts(file, path, dimensions, asked));

describe('what the runtime would fold', () => {
  it('is each row brought to mean 0 and variance 1 times the matrix, and one over its length', () => {
    const { width } = folded;
    const products = makeProducts(file, path, 256, folded);
    const constants = readConstants(file, path);
    const take = (name: string, type: ElementType) =>
      takeConstant(constants, path, name, type).bytes.slice().buffer;
    const [table, matrix] = [new Int8Array(take(folded.table, 3)), new Int8Array(take(folded.matrix, 3))];
    const scales = new Float32Array(take(folded.scales, 1));
    const columnScales = new Float32Array(take(folded.matrixScales, 1));
    const [pieces, columns] = [scales.length, columnScales.length];
    expect(products.length).toBe(pieces * (columns + 1));
    const random = createRandom(5);
    // The last row is nothing's, and gives nothing.
    const some = [pieces - 1, ...Array.from({ length: 40 }, () => Math.floor(random() * pieces))];
    for (const piece of some) {
      const bytes = Array.from(table.subarray(piece * 256, (piece + 1) * 256));
      const row = bytes.map((value) => value * (scales[piece] as number));
      const mean = row.reduce((sum, value) => sum + value, 0) / 256;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 256;
      const normal = row.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
      for (const column of [0, 1, 127, 128, 200, 300, columns - 1]) {
        const expected = normal.reduce(
          (sum, value, at) =>
            sum + value * (matrix[at * columns + column] as number) * (columnScales[column] as number),
          0,
        );
        const at = Math.floor(column / width) * pieces * width + piece * width + (column % width);
        expect(products[at]).toBeCloseTo(expected, 4);
      }
      const length = Math.hypot(...bytes);
      if (length > 0) expect((products[pieces * columns + piece] as number) * length).toBeCloseTo(1, 5);
    }
  });

  it('leaves the model the vectors that it has without', async () => {
    const texts = makeUpTexts(40, 9);
    const { folded: _, ...plain } = contract;
    const [ours, theirs] = await Promise.all(
      [contract, plain].map(async (contract) => {
        const encoder = createEncoder(nodeRuntime);
        await encoder.open(requestOf({ contract }));
        const { vectors } = await encoder.embed(texts, 'document', false);
        await encoder.close();
        return vectors;
      }),
    );
    for (let at = 0; at < texts.length * 256; at += 256) {
      const [a, b] = [ours, theirs].map((vectors) => vectors?.subarray(at, at + 256));
      expect(dot(a as Float32Array, b as Float32Array)).toBeGreaterThan(0.999999);
    }
  });
});

it('is told of by a contract that names a file of the model and every constant', () => {
  const { matrix: _, ...some } = folded;
  for (const wrong of [some, 'look', { ...folded, width: 0 }, { ...folded, path: 'onnx/other.graph' }])
    expect(() => checkContract({ ...contract, folded: wrong }, 'sheaf.json')).toThrow(
      'folded does not name a file and its constants',
    );
  expect(checkContract({ ...contract }, 'sheaf.json').folded).toEqual(folded);
});

it('is refused where a constant is missing, or of another type or size', () => {
  expect(make({ ...folded, table: 'rows' })).toBe('contract');
  expect(make({ ...folded, table: 'scales' })).toBe('contract');
  expect(make({ ...folded, scales: 'places' })).toBe('contract');
  expect(make({ ...folded, matrixScales: 'bias' })).toBe('contract');
  expect(make({ ...folded, width: 100 })).toBe('contract');
  expect(make(folded, 1)).toBe('contract');
  // More than fits: a table times itself.
  expect(make({ ...folded, matrix: folded.table, matrixScales: folded.scales, width: 1 })).toBe('contract');
});
