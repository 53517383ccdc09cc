import type * as OnnxRuntime from 'onnxruntime-web';
import type { ModelContract } from './contract.ts';
import type { DeviceKind } from './device.ts';
import { EngineError } from './error.ts';
import { normalizeRows, pool } from './pooling.ts';
import { makeProducts, PRODUCTS } from './products.ts';
import { explainRuntime, type Runtime } from './runtime.ts';

/** A model's weights, ready to run. */
export interface Graph {
  /** Unit rows [texts, dimensions] of a batch of encodings, none of them empty. */
  run(batch: readonly (readonly number[])[]): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Graphs may state the text's vector themselves. */
const SENTENCE_OUTPUT = 'sentence_embedding';
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];

/** @throws {EngineError} `unreadable`, `memory`, `runtime` or `contract`. */
export async function openGraph(
  runtime: Runtime,
  kind: DeviceKind,
  contract: ModelContract,
  weights: Weights,
  padId: number,
): Promise<Graph> {
  const { path } = weights;
  const session = await createSession(runtime, kind, weights);
  const strange = session.inputNames.find((name) => !INPUTS.includes(name));
  const output =
    [SENTENCE_OUTPUT, 'last_hidden_state', 'token_embeddings'].find((name) =>
      session.outputNames.includes(name),
    ) ?? session.outputNames[0];
  if (strange || !output) {
    await session.release();
    const what = strange ? `wants an input that Sheaf cannot give (${strange})` : 'has no output';
    throw new EngineError('contract', `${path} ${what}. Choose an embedding model.`);
  }
  let hasRun = false;
  return {
    release: () => session.release(),
    async run(batch) {
      const feeds = createFeeds(runtime, session.inputNames, batch, padId);
      let results: OnnxRuntime.InferenceSession.ReturnType;
      try {
        results = await session.run(feeds, [output]);
      } catch (error) {
        throw explainRuntime(error) ?? (hasRun ? failedAtWork(error) : unreadable(path, error));
      }
      hasRun = true;
      const tensor = results[output] as OnnxRuntime.Tensor;
      try {
        return readVectors(tensor, batch, contract);
      } finally {
        tensor.dispose();
      }
    },
  };
}

/** A graph with its constants. */
export interface Weights {
  /** Names the graph in the sentence told. */
  readonly path: string;
  readonly graph: ArrayBuffer;
  /** Constants that lie outside of the graph, by the names that it has for them. */
  readonly outside: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/**
 * What a session is made of; takes 0.2 seconds where the contract names what is folded.
 * @param files by path: the graph, and its data where they are apart.
 * @throws {EngineError} `missing`, `unreadable`, `memory` or `contract`.
 */
export function readWeights(
  { files: listed, folded, dimensions }: ModelContract,
  files: ReadonlyMap<string, ArrayBuffer>,
): Weights {
  const path = listed.find((file) => file.path.endsWith('.onnx'))?.path ?? '';
  const take = (wanted: string): ArrayBuffer => {
    const found = files.get(wanted);
    if (found) return found;
    throw new EngineError('missing', `The model has no file ${wanted}. Choose another model.`);
  };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const bytes = take(path);
  if (folded) {
    const outside = [
      { path: name, data: new Uint8Array(bytes) },
      { path: PRODUCTS, data: new Uint8Array(productsOf(bytes, path, dimensions, folded).buffer) },
    ];
    return { path: folded.path, graph: take(folded.path), outside };
  }
  const data = files.get(`${path}_data`);
  return { path, graph: bytes, outside: data ? [{ path: `${name}_data`, data: new Uint8Array(data) }] : [] };
}

/** @throws {EngineError} `memory` too. */
function productsOf(...given: Parameters<typeof makeProducts>): Float32Array {
  try {
    return makeProducts(...given);
  } catch (error) {
    throw explainRuntime(error) ?? error;
  }
}

/** The runtime has one place for all constants from outside, and empties it after each session that it makes. */
let creating: Promise<unknown> = Promise.resolve();

async function createSession(
  runtime: Runtime,
  kind: DeviceKind,
  { path, graph, outside }: Weights,
): Promise<OnnxRuntime.InferenceSession> {
  const create = () =>
    runtime.InferenceSession.create(new Uint8Array(graph), {
      executionProviders: [kind],
      ...(outside.length > 0 && { externalData: outside }),
    });
  const created = creating.then(create);
  const over = () => {};
  creating = created.then(over, over);
  try {
    return await created;
  } catch (error) {
    throw explainRuntime(error) ?? unreadable(path, error);
  }
}

/** The file is good: it has run. So it is what runs it, and another device may do better. */
function failedAtWork(error: unknown): EngineError {
  const detail = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160);
  return new EngineError(
    'runtime',
    `The model’s runtime (ONNX Runtime) failed at its work: ${detail}. Try again.`,
  );
}

function unreadable(path: string, error: unknown): EngineError {
  const detail = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160);
  return new EngineError(
    'unreadable',
    `${path} cannot be run by ONNX Runtime (${detail}). Choose another model.`,
  );
}

const NO_NUMBER = 'The model’s tokenizer gives a piece that has no number. Choose another model.';

/** Ids padded at the end to the longest of the batch, as 64-bit integers [texts, length]. */
function createFeeds(
  runtime: Runtime,
  names: readonly string[],
  batch: readonly (readonly number[])[],
  padId: number,
): Record<string, OnnxRuntime.Tensor> {
  const length = longestOf(batch);
  const ids = new BigInt64Array(batch.length * length);
  const mask = new BigInt64Array(ids.length);
  // By their lower halves, which come first: a number of 64 bits would be an object each.
  const [lowIds, lowMask] = [new Int32Array(ids.buffer), new Int32Array(mask.buffer)];
  batch.forEach((encoding, row) => {
    for (let column = 0, at = 2 * row * length; column < length; column++, at += 2) {
      const isPiece = column < encoding.length;
      const id = isPiece ? (encoding[column] as number) : padId;
      if (!(id >= 0)) throw new EngineError('contract', NO_NUMBER);
      lowIds[at] = id;
      lowMask[at] = isPiece ? 1 : 0;
    }
  });
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => ids,
    attention_mask: () => mask,
    // One text and not a pair: all of it is the first.
    token_type_ids: () => new BigInt64Array(ids.length),
  };
  const feeds: Record<string, OnnxRuntime.Tensor> = {};
  for (const name of names) {
    const data = values[name]?.();
    if (data) feeds[name] = new runtime.Tensor('int64', data, [batch.length, length]);
  }
  return feeds;
}

function longestOf(batch: readonly (readonly number[])[]): number {
  return batch.reduce((longest, encoding) => Math.max(longest, encoding.length), 0);
}

function readVectors(
  tensor: OnnxRuntime.Tensor,
  batch: readonly (readonly number[])[],
  { dimensions, pooling }: ModelContract,
): Float32Array {
  const { data, dims } = tensor;
  const given = dims[dims.length - 1];
  if (!(data instanceof Float32Array) || given !== dimensions || dims[0] !== batch.length) {
    throw new EngineError(
      'contract',
      `The model gives ${tensor.type} [${dims.join(', ')}] where vectors of ${dimensions} 32-bit numbers were promised. Choose another model.`,
    );
  }
  if (dims.length === 2) return normalizeRows(data.slice(), dimensions);
  const lengths = batch.map((encoding) => encoding.length);
  return pool(data, lengths, { texts: batch.length, length: dims[1] as number, dimensions }, pooling);
}
