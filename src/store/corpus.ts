import { type Database, StoreError } from './database.ts';
import type { DerivedSchema, FilePart } from './names.ts';

/** Parts of large lists that have been fetched: see {@link Store}. */
export interface CorpusTables {
  /** All that is kept of a list, in the order in which it came. */
  corpusParts(list: string): Promise<FilePart[]>;
  /** Puts more behind it. */
  putCorpusParts(list: string, parts: readonly FilePart[]): Promise<void>;
  deleteCorpusParts(list: string): Promise<void>;
  /** Deletes what is kept of all lists but one, or of all. */
  deleteOtherCorpusParts(list: string | undefined): Promise<void>;
}

/** As words.ts: among the vectors, under a name that no model has, and gone with them where the disk is full. */
const NAME = 'large-list ';
const nameOf = (list: string) => `${NAME}${list}`;

export function createCorpusTables(database: Database<DerivedSchema>): CorpusTables {
  return {
    async corpusParts(list) {
      const read = () =>
        database.read(['vectors'], (rows) => rows.getAll('vectors', { prefix: nameOf(list) }));
      const found = await read().catch((error) => {
        // It is fetched again.
        if (error instanceof StoreError && error.kind === 'failed') return [];
        throw error;
      });
      return found.flatMap(({ part }) => part ?? []);
    },
    putCorpusParts: (list, parts) =>
      database.change(['vectors'], async (rows) => {
        let at = await rows.count('vectors', { prefix: nameOf(list) });
        const nothing = { ids: [], keys: [], cut: [], data: new Float32Array(0) };
        for (const part of parts) rows.put('vectors', { model: nameOf(list), at: at++, ...nothing, part });
      }),
    deleteCorpusParts: (list) =>
      database.change(['vectors'], async (rows) => rows.delete('vectors', { prefix: nameOf(list) })),
    async deleteOtherCorpusParts(list) {
      const kept = list === undefined ? undefined : nameOf(list);
      const keys = await database.read(['vectors'], (rows) => rows.keys('vectors'));
      const others = new Set(keys.map(([model]) => model));
      for (const other of others) if (other === kept || !other.startsWith(NAME)) others.delete(other);
      if (others.size === 0) return;
      await database.change(['vectors'], async (rows) => {
        for (const prefix of others) rows.delete('vectors', { prefix });
      });
    },
  };
}
