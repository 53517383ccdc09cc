import type { DBSchema } from 'idb';
import { type Database, isPrefix, type Prefix, type Rows } from './database.ts';
import type { DatabaseDescription } from './names.ts';

type Table = Map<string, { readonly key: unknown; readonly value: unknown }>;

/**
 * The same rows without a disk: for a browser that has or allows none. Lasts as
 * long as the page. Values are cloned in and out, as a disk would, so that a
 * buffer moved to a worker afterwards takes nothing out of the store.
 */
export function createMemoryDatabase<S extends DBSchema>(description: DatabaseDescription<S>): Database<S> {
  const keyPaths = description.keys as Record<string, string | string[]>;
  const tables = new Map<string, Table>(Object.keys(keyPaths).map((name) => [name, new Map()]));
  const rows = rowsOver<S>(tables, keyPaths);
  // One after another: two changes that interleaved could lose one.
  let last: Promise<unknown> = Promise.resolve();

  const run = <T>(work: (rows: Rows<S>) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const before = [...tables].map(([name, table]) => [name, new Map(table)] as const);
      try {
        return await work(rows);
      } catch (error) {
        for (const [name, table] of before) tables.set(name, table);
        throw error;
      }
    });
    last = turn.catch(() => {});
    return turn;
  };
  return { kind: 'memory', read: (_, work) => run(work), change: (_, work) => run(work), close: () => {} };
}

function rowsOver<S extends DBSchema>(
  tables: Map<string, Table>,
  keyPaths: Record<string, string | string[]>,
): Rows<S> {
  const tableOf = (store: string) => tables.get(store) as Table;
  const keyOf = (store: string, value: Record<string, unknown>) => {
    const path = keyPaths[store] as string | string[];
    return typeof path === 'string' ? value[path] : path.map((part) => value[part]);
  };
  const matching = (store: string, prefix?: Prefix) =>
    [...tableOf(store).values()].filter((row) => !prefix || startsWith(row.key, prefix));
  const rows = {
    get: async (store: string, key: unknown) =>
      structuredClone(tableOf(store).get(JSON.stringify(key))?.value),
    getAll: async (store: string, prefix?: Prefix) =>
      matching(store, prefix)
        .sort((a, b) => compareKeys(a.key, b.key))
        .map((row) => structuredClone(row.value)),
    count: async (store: string, prefix?: Prefix) => matching(store, prefix).length,
    keys: async (store: string) => matching(store).map(({ key }) => structuredClone(key)),
    put: (store: string, value: Record<string, unknown>) => {
      const key = keyOf(store, value);
      tableOf(store).set(JSON.stringify(key), { key, value: structuredClone(value) });
    },
    delete: (store: string, key: unknown) => {
      const table = tableOf(store);
      if (!isPrefix(key)) table.delete(JSON.stringify(key));
      else for (const [name, row] of table) if (startsWith(row.key, key)) table.delete(name);
    },
    clear: (store: string) => tableOf(store).clear(),
  };
  return rows as unknown as Rows<S>;
}

function startsWith(key: unknown, { prefix }: Prefix): boolean {
  return Array.isArray(key) && key[0] === prefix;
}

/** The order of IndexedDB for the keys used here: strings by code unit, numbers by size, arrays part by part. */
function compareKeys(a: unknown, b: unknown): number {
  const left = [a].flat() as (string | number)[];
  const right = [b].flat() as (string | number)[];
  for (let i = 0; i < left.length; i++) {
    const x = left[i] as string | number;
    const y = right[i] as string | number;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
