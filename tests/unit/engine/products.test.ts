import { describe, expect, it } from 'vitest';
import { checkContract } from '../../../src/engine/check-contract.ts';
import type { FoldedGraph } from '../../../src/engine/contract.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { EngineError } from '../../../src/engine/error.ts';
import { type ElementType, readConstants, takeConstant } from '../../../src/engine/onnx-constants.ts';
import { makeProducts } from '../../../src/engine/products.ts';
import { dot } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { nodeRuntime, readBytes, readContractFile, requestOf } from './fixtures.ts';

const contract = readContractFile();
const folded = contract.folded as FoldedGraph;
const path = 'onnx/model_quantized.onnx';
const file = readBytes(path);

function codeOf(asked: FoldedGraph, dimensions = contract.dimensions): string {
  try {
    makeProducts(file, path, dimensions, asked);
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
  return 'none';
}

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
    const words =
      'the a model of splatting gaussian compact 3D GPT-4o naïve Ωmega training, (fields) networks 0.5%'.split(
        ' ',
      );
    const random = createRandom(9);
    const texts = Array.from({ length: 40 }, (_, at) =>
      Array.from({ length: 1 + at * 9 }, () => words[Math.floor(random() * words.length)]).join(' '),
    );
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
  expect(codeOf({ ...folded, table: 'rows' })).toBe('contract');
  expect(codeOf({ ...folded, table: 'scales' })).toBe('contract');
  expect(codeOf({ ...folded, scales: 'places' })).toBe('contract');
  expect(codeOf({ ...folded, matrixScales: 'bias' })).toBe('contract');
  expect(codeOf({ ...folded, width: 100 })).toBe('contract');
  expect(codeOf(folded, 1)).toBe('contract');
  // More than fits: a table times itself.
  expect(codeOf({ ...folded, matrix: folded.table, matrixScales: folded.scales, width: 1 })).toBe('contract');
});
