import { describe, expect, it } from 'vitest';
import { openGraph, readWeights } from '../../../src/engine/graph.ts';
import type { Runtime } from '../../../src/engine/runtime.ts';
import { readContractFile } from './fixtures.ts';

interface Feed {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

/** What a graph is given, by a runtime that only looks. */
async function feedsOf(batch: readonly (readonly number[])[], padId: number): Promise<Record<string, Feed>> {
  let given: Record<string, Feed> = {};
  const session = {
    inputNames: ['input_ids', 'attention_mask', 'token_type_ids'],
    outputNames: ['sentence_embedding'],
    run: async (feeds: Record<string, Feed>) => {
      given = feeds;
      const dims = [batch.length, 256];
      return { sentence_embedding: { data: new Float32Array(batch.length * 256), dims, dispose() {} } };
    },
    release: async () => {},
  };
  const runtime = {
    Tensor: class {
      constructor(
        readonly type: string,
        readonly data: BigInt64Array,
        readonly dims: readonly number[],
      ) {}
    },
    InferenceSession: { create: async () => session },
  } as unknown as Runtime;
  const { folded: _, ...contract } = readContractFile();
  const path = 'onnx/model_quantized.onnx';
  const weights = readWeights(contract, new Map([[path, new ArrayBuffer(0)]]));
  const graph = await openGraph(runtime, 'wasm', contract, weights, padId);
  await graph.run(batch);
  return given;
}

describe('what a graph is given', () => {
  it('is pieces and mask as 64-bit numbers, padded at the end to the longest text', async () => {
    const { input_ids, attention_mask, token_type_ids } = await feedsOf(
      [
        [7, 23_999],
        [5, 6, 2 ** 31 - 1],
      ],
      1,
    );
    expect(input_ids?.dims).toEqual([2, 3]);
    expect([...(input_ids?.data ?? [])]).toEqual([7n, 23_999n, 1n, 5n, 6n, 2n ** 31n - 1n]);
    expect([...(attention_mask?.data ?? [])]).toEqual([1n, 1n, 0n, 1n, 1n, 1n]);
    expect([...(token_type_ids?.data ?? [])]).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it.each([undefined, Number.NaN, -1])('is no piece %s', async (id) => {
    await expect(feedsOf([[3, id as number]], 1)).rejects.toThrow(/piece that has no number/);
  });
});
