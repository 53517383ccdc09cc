/** The engine on a bare page, driven by engine.test.ts. */
import {
  createEngine,
  type Device,
  type DeviceChoice,
  describeModel,
  type Engine,
  type ModelOffer,
  type ModelOrigin,
} from '../../../src/engine/engine.ts';
import { parseModelAddress } from '../../../src/engine/origin.ts';

const kept = new Map<string, ArrayBuffer>();
const devices: Device[] = [];
const progress: { done: number; total: number }[] = [];
let engine: Engine | undefined;

const sheaf = {
  devices,
  progress,
  kept: () => [...kept.keys()],
  isolated: () => crossOriginIsolated,
  describe: (origin: ModelOrigin) => describeModel(origin),
  describeAddress: (address: string, endpoint: string) =>
    describeModel({ ...parseModelAddress(address), endpoint }),
  describePicked(id: string) {
    const input = document.getElementById(id) as HTMLInputElement;
    return describeModel({ kind: 'files', files: [...(input.files ?? [])] });
  },
  async open(offer: ModelOffer, device: DeviceChoice): Promise<Device> {
    engine?.close();
    engine = createEngine({
      cache: {
        get: async (model, path) => kept.get(`${model} ${path}`)?.slice(0),
        put: async (model, path, bytes) => void kept.set(`${model} ${path}`, bytes),
      },
      onDevice: (changed) => devices.push(changed),
    });
    return await engine.open(offer, {
      device,
      onProgress: ({ done, total }) => progress.push({ done, total }),
    });
  },
  async embed(texts: string[]) {
    const vectors: number[][] = [];
    const cut: boolean[] = [];
    let last = { done: 0, total: 0, perSecond: 0, secondsLeft: 0 };
    await engine?.embed(texts, {
      onBatch(batch) {
        const columns = batch.vectors.length / batch.indices.length;
        batch.indices.forEach((index, row) => {
          vectors[index] = Array.from(batch.vectors.subarray(row * columns, (row + 1) * columns));
          cut[index] = batch.cut[row] === true;
        });
      },
      onProgress: (now) => {
        last = now;
      },
    });
    return { vectors, cut, last };
  },
  device: () => engine?.device(),
  background: async () => (await engine?.background())?.rows,
};

declare global {
  interface Window {
    sheaf: typeof sheaf;
  }
}
window.sheaf = sheaf;
