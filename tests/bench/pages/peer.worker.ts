/** transformers.js in a worker of its own, as Sheaf's model has one. */
import { env, type FeatureExtractionPipeline, pipeline } from '@huggingface/transformers';
import { type Port, serve, transfer } from '../../../src/engine/call.ts';

let extract: FeatureExtractionPipeline | undefined;

const table = {
  /** @param site address of the folder that holds `models/` and `peer-runtime/`. */
  async open(site: string, model: string, threads: number): Promise<void> {
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    // A path: of a whole address it believes that it is remote, and looks for no tokenizer.
    env.localModelPath = new URL('models/', site).pathname;
    env.useBrowserCache = false;
    const { wasm } = env.backends.onnx;
    if (wasm) {
      wasm.wasmPaths = new URL('peer-runtime/', site).href;
      wasm.numThreads = threads;
    }
    extract = await pipeline('feature-extraction', model, { dtype: 'q8', device: 'wasm' });
  },

  /** Unit rows [texts, dimensions], `size` texts a call of the pipeline. */
  async embed(texts: string[], size: number): Promise<Float32Array<ArrayBuffer>> {
    if (!extract) throw new Error('no model is open');
    const parts: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += size) {
      const output = await extract(texts.slice(at, at + size), { pooling: 'mean', normalize: true });
      parts.push(output.data as Float32Array);
      output.dispose();
    }
    const rows = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      rows.set(part, at);
      at += part.length;
    }
    return transfer(rows, [rows.buffer]);
  },

  /** The first half of `embed` alone, as the pipeline does it. */
  tokenize(texts: string[], size: number): void {
    for (let at = 0; at < texts.length; at += size) {
      extract?.tokenizer(texts.slice(at, at + size), { padding: true, truncation: true });
    }
  },
};

export type Peer = typeof table;
serve(globalThis as unknown as Port, table);
