/** The native runtime under Sheaf's own tokenizer, batches and pooling: what the browser's is measured against. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findModel } from '../../src/cli/model-folder.ts';
import { planBatches, TOKENS_PER_BATCH } from '../../src/engine/batches.ts';
import { openGraph, readWeights } from '../../src/engine/graph.ts';
import type { Runtime } from '../../src/engine/runtime.ts';
import { createTokenizer } from '../../src/engine/tokenize.ts';

const ENTRY = join(import.meta.dirname, 'native/node_modules/onnxruntime-node/dist/index.js');
export const INSTALL_NATIVE = 'npm ci --prefix tests/bench/native';

export interface NativeSpeed {
  /** Milliseconds for all texts, from characters to vectors. */
  readonly whole: number;
  /** Of these, the runtime's own. */
  readonly graph: number;
  /** Unit rows of all texts. */
  readonly rows: readonly Float32Array[];
}

/** Embeds the texts natively; undefined where the runtime is not installed, which {@link INSTALL_NATIVE} does. */
export async function openNative(
  model: string,
  threads: number,
): Promise<((texts: readonly string[]) => Promise<NativeSpeed>) | undefined> {
  if (!existsSync(ENTRY)) return undefined;
  const native = createRequire(import.meta.url)(ENTRY) as Runtime;
  const InferenceSession = {
    create: (bytes: Uint8Array) =>
      native.InferenceSession.create(bytes, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
      }),
  };
  const runtime = { Tensor: native.Tensor, InferenceSession } as unknown as Runtime;
  const { path, contract } = await findModel(model);
  const bytesOf = (name: string) => new Uint8Array(readFileSync(join(path, name))).buffer;
  const files = new Map(contract.files.map((file) => [file.path, bytesOf(file.path)]));
  const read = (name: string) => JSON.parse(new TextDecoder().decode(files.get(name)));
  const tokenizer = createTokenizer(
    read('tokenizer.json'),
    read('tokenizer_config.json'),
    contract.maximumTokens,
  );
  // As anybody else runs it: it folds for itself.
  const { folded: _, ...plain } = contract;
  const graph = await openGraph(runtime, 'wasm', plain, readWeights(plain, files), tokenizer.padId);
  return async (texts) => {
    const start = performance.now();
    let own = 0;
    const rows: Float32Array[] = [];
    const encodings = texts.map((text) => tokenizer.encode(text).ids);
    const lengths = encodings.map(({ length }) => length);
    for (const batch of planBatches(lengths, TOKENS_PER_BATCH)) {
      const before = performance.now();
      const vectors = await graph.run(batch.map((at) => encodings[at] ?? []));
      own += performance.now() - before;
      batch.forEach((at, row) => {
        rows[at] = vectors.slice(row * contract.dimensions, (row + 1) * contract.dimensions);
      });
    }
    return { whole: performance.now() - start, graph: own, rows };
  };
}
