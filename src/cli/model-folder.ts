import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkContract } from '../engine/check-contract.ts';
import type { ModelContract } from '../engine/contract.ts';
import type { OpenRequest } from '../engine/encoder.ts';
import { CommandError, reasonOf } from './failure.ts';

const MODELS = join(import.meta.dirname, '../../models');
const CONTRACT = 'sheaf.json';

export interface ModelFolder {
  /** Absolute, or as it was given. */
  readonly path: string;
  readonly contract: ModelContract;
}

/**
 * A model by the name of its folder under `models/`, or by the path of a folder elsewhere.
 * @throws {CommandError} when there is none; {EngineError} when its contract is none.
 */
export async function findModel(id: string): Promise<ModelFolder> {
  const path = [join(MODELS, id), id].find((folder) => existsSync(join(folder, CONTRACT)));
  if (path === undefined) {
    throw new CommandError(`There is no model ${id}: neither models/${id} nor ${id} has a ${CONTRACT}.`);
  }
  const place = join(path, CONTRACT);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(place, 'utf8'));
  } catch (error) {
    throw new CommandError(`${place} cannot be read: ${reasonOf(error)}.`);
  }
  return { path, contract: checkContract(json, place) };
}

/** What an encoder needs to open a model of this disk: one thread, since processes of ours share the work. */
export async function requestModel({ path, contract }: ModelFolder): Promise<OpenRequest> {
  const files = await Promise.all(
    contract.files.map(async (file) => {
      const bytes = await readFile(join(path, file.path)).catch((error) => {
        throw new CommandError(`${join(path, file.path)} cannot be read: ${reasonOf(error)}.`);
      });
      const picked = new File([bytes], file.path.slice(file.path.lastIndexOf('/') + 1));
      // As a browser tells the path of a picked folder's file, from the folder's own name on.
      Object.defineProperty(picked, 'webkitRelativePath', { value: `model/${file.path}` });
      return picked;
    }),
  );
  return { origin: { kind: 'files', files }, contract, device: 'wasm', threads: 1, cached: new Map() };
}
