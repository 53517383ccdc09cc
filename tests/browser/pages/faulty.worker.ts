/**
 * The worker of the model, on a device that fails: its name says how, and at which run of the graph. The rest of it is
 * the site's own.
 */
import * as ort from 'onnxruntime-web/wasm';
import { type Port, serve } from '../../../src/engine/call.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { runtimeFiles } from '../../../src/engine/runtime-files.ts';

const [fault, at] = self.name.split(' ');
let runs = 0;

const faults: Record<string, (results: ort.InferenceSession.ReturnType) => unknown> = {
  dies() {
    setTimeout(() => {
      throw new Error('the worker fell');
    });
    return new Promise(() => {});
  },
  hangs() {
    for (;;);
  },
  // As a kernel that mixes up its rows: finite numbers of the right size.
  lies(results) {
    for (const { data } of Object.values(results)) (data as Float32Array).reverse();
    return results;
  },
  // More than any browser gives.
  memory: () => new ArrayBuffer(2 ** 52),
};

const create = ort.InferenceSession.create as (...given: unknown[]) => Promise<ort.InferenceSession>;
Object.assign(ort.InferenceSession, {
  async create(...given: unknown[]) {
    const session = await create.apply(ort.InferenceSession, given);
    const run = session.run.bind(session) as (
      ...given: unknown[]
    ) => Promise<ort.InferenceSession.ReturnType>;
    Object.assign(session, {
      async run(...given: unknown[]) {
        const results = await run(...given);
        return ++runs < Number(at) ? results : (faults[fault ?? '']?.(results) ?? results);
      },
    });
    return session;
  },
});

if (fault !== 'mute') serve(self as unknown as Port, createEncoder(runtimeFiles));
