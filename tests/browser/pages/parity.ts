/** transformers.js on a page, with everything served from here; driven by parity.test.ts. */
import { env, pipeline } from '@huggingface/transformers';

env.allowRemoteModels = false;
env.allowLocalModels = true;
// A path: of a whole address it believes that it is remote, and looks for no tokenizer.
env.localModelPath = new URL('models/', document.baseURI).pathname;
env.useBrowserCache = false;
const wasm = env.backends.onnx.wasm;
if (wasm) wasm.wasmPaths = new URL('peer-runtime/', document.baseURI).href;

async function embedWithTransformers(model: string, texts: string[]): Promise<number[][]> {
  const extract = await pipeline('feature-extraction', model, { dtype: 'q8', device: 'wasm' });
  const rows: number[][] = [];
  for (const text of texts) {
    const output = await extract(text, { pooling: 'mean', normalize: true });
    rows.push(Array.from(output.data as Float32Array));
  }
  return rows;
}

declare global {
  interface Window {
    embedWithTransformers: typeof embedWithTransformers;
  }
}
window.embedWithTransformers = embedWithTransformers;
