import { type Database, StoreError } from './database.ts';
import type { DerivedSchema } from './names.ts';

/** The keyword index between two visits: see {@link Store}. */
export interface WordIndexTables {
  /** What was put last: its head and its pages. */
  wordIndex<T>(): Promise<{ head: T; pages: Uint32Array[] } | undefined>;
  /** Takes the place of the one before. */
  putWordIndex(head: unknown, pages: readonly Uint32Array[]): Promise<void>;
}

/**
 * It lies among the vectors, under a name that no model has: it goes with them where the disk is full, and a store of
 * its own would be a newer version of the database, which the version before could not open.
 */
const WORDS = 'words';

/** A browser refuses values beyond some 127 MiB; of small ones each row would cost. */
const ROW_BYTES = 2 ** 24;

export function createWordIndexTables(database: Database<DerivedSchema>): WordIndexTables {
  return {
    async wordIndex<T>() {
      const read = () => database.read(['vectors'], (rows) => rows.getAll('vectors', { prefix: WORDS }));
      const found = await read().catch((error) => {
        // Files of the browser are gone or damaged: it is made anew, and put in their place.
        if (error instanceof StoreError && error.kind === 'failed') return [];
        throw error;
      });
      const [first] = found;
      if (!first?.words) return undefined;
      return { head: first.words.head as T, pages: found.flatMap(({ words }) => words?.pages ?? []) };
    },
    putWordIndex: (head, pages) =>
      database.change(['vectors'], async (rows) => {
        rows.delete('vectors', { prefix: WORDS });
        const each = Math.max(1, Math.floor(ROW_BYTES / (pages[0]?.byteLength ?? ROW_BYTES)));
        for (let at = 0; at === 0 || (at - 1) * each < pages.length; at++) {
          const words = at === 0 ? { head, pages: [] } : { pages: pages.slice((at - 1) * each, at * each) };
          const nothing = { ids: [], keys: [], cut: [], data: new Float32Array(0) };
          rows.put('vectors', { model: WORDS, at, ...nothing, words });
        }
      }),
  };
}
