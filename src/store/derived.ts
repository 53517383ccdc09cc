import { type CorpusTables, createCorpusTables } from './corpus.ts';
import type { Database } from './database.ts';
import type { DerivedSchema, StoredModel } from './names.ts';
import { createVectorTables, type VectorTables } from './vectors.ts';
import { createWordIndexTables, type WordIndexTables } from './words.ts';

/** What can be computed or fetched again: see {@link Store} for each function. */
export interface DerivedTables extends VectorTables, WordIndexTables, CorpusTables {
  clustering<T>(key: string): Promise<T | undefined>;
  /** The one that is kept, whatever its key. */
  lastClustering<T>(): Promise<T | undefined>;
  putClustering(key: string, value: unknown): Promise<void>;
  /** Where papers lie on the map, whatever was put last. */
  layout<T>(): Promise<T | undefined>;
  putLayout(value: unknown): Promise<void>;
  modelFile(model: string, path: string): Promise<ArrayBuffer | undefined>;
  putModelFile(model: string, path: string, bytes: ArrayBuffer | Uint8Array): Promise<void>;
  /** Parts of a model's file that came before it was cut, by number. */
  modelParts(model: string, path: string, count: number): Promise<Map<number, ArrayBuffer>>;
  /** Goes, with the parts of all other files, when a whole file is put. */
  putModelPart(model: string, path: string, part: number, bytes: ArrayBuffer): Promise<void>;
  deleteModel(model: string): Promise<void>;
  models(): Promise<StoredModel[]>;
}

/**
 * Parts stand beside the files, under a name that no model has: a store of their own would be a newer version of the
 * database, which the version before, put back after a bad one, could not open.
 */
const PARTS = 'parts';

const partKey = (model: string, path: string, part: number): string => `${model} ${path} ${part}`;

/** The key of the layout: of other papers it is a start for these, so it outlives their clustering. */
const LAYOUT = 'layout';

/** @param announce called with the model after vectors are kept. */
export function createDerivedTables(
  database: Database<DerivedSchema>,
  announce: (model: string) => void,
): DerivedTables {
  return {
    ...createVectorTables(database, announce),
    ...createWordIndexTables(database),
    ...createCorpusTables(database),
    clustering: async <T>(key: string) =>
      (await database.read(['clusterings'], (rows) => rows.get('clusterings', key)))?.value as T | undefined,
    lastClustering: async <T>() =>
      (await database.read(['clusterings'], (rows) => rows.getAll('clusterings'))).find(
        ({ key }) => key !== LAYOUT,
      )?.value as T | undefined,
    putClustering: (key, value) =>
      database.change(['clusterings'], async (rows) => {
        // The one before has given its names to this one.
        for (const before of await rows.getAll('clusterings')) {
          if (before.key !== LAYOUT) rows.delete('clusterings', before.key);
        }
        rows.put('clusterings', { key, value });
      }),
    layout: async <T>() =>
      (await database.read(['clusterings'], (rows) => rows.get('clusterings', LAYOUT)))?.value as
        | T
        | undefined,
    putLayout: (value) =>
      database.change(['clusterings'], async (rows) => rows.put('clusterings', { key: LAYOUT, value })),
    ...modelTables(database),
  };
}

function modelTables(database: Database<DerivedSchema>) {
  return {
    modelFile: async (model: string, path: string): Promise<ArrayBuffer | undefined> =>
      (await database.read(['model-files'], (rows) => rows.get('model-files', [model, path])))?.data,
    putModelFile: (model: string, path: string, bytes: ArrayBuffer | Uint8Array): Promise<void> =>
      database.change(['models', 'model-files'], async (rows) => {
        const known = (await rows.get('models', model))?.files ?? [];
        const others = known.filter((file) => file.path !== path);
        rows.put('models', { id: model, files: [...others, { path, bytes: bytes.byteLength }] });
        rows.put('model-files', { model, path, data: wholeBuffer(bytes) });
        rows.delete('model-files', { prefix: PARTS });
      }),
    modelParts: (model: string, path: string, count: number): Promise<Map<number, ArrayBuffer>> =>
      database.read(['model-files'], async (rows) => {
        const found = new Map<number, ArrayBuffer>();
        for (let part = 0; part < count; part++) {
          const row = await rows.get('model-files', [PARTS, partKey(model, path, part)]);
          if (row) found.set(part, row.data);
        }
        return found;
      }),
    putModelPart: (model: string, path: string, part: number, bytes: ArrayBuffer): Promise<void> =>
      database.change(['model-files'], async (rows) =>
        rows.put('model-files', { model: PARTS, path: partKey(model, path, part), data: bytes }),
      ),
    deleteModel: (model: string): Promise<void> =>
      database.change(['models', 'model-files'], async (rows) => {
        rows.delete('models', model);
        rows.delete('model-files', { prefix: model });
      }),
    models: (): Promise<StoredModel[]> => database.read(['models'], (rows) => rows.getAll('models')),
  };
}

function wholeBuffer(bytes: ArrayBuffer | Uint8Array): ArrayBuffer {
  return bytes instanceof Uint8Array ? new Uint8Array(bytes).buffer : bytes;
}
