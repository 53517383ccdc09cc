import type { ModelCache } from '../engine/engine.ts';
import type { Store } from '../store/store.ts';

/** The files of models on this device. @param onUnkept told why one could not be kept; it works all the same. */
export function createModelCache(store: Promise<Store>, onUnkept: (error: unknown) => void): ModelCache {
  return {
    get: async (model, path) => (await store).modelFile(model, path),
    put: async (model, path, bytes) =>
      (await store).putModelFile(model, path, bytes).catch((error) => onUnkept(error)),
    parts: async (model, path, count) => (await store).modelParts(model, path, count),
    putPart: async (model, path, part, bytes) => (await store).putModelPart(model, path, part, bytes),
  };
}
