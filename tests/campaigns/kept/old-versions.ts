/**
 * Every version of the databases that was ever shipped, as the code of its time made it. Never changed: a new
 * version is one more of them.
 */
import { type Kept, NOTHING } from './deeds.ts';

type Stores = Readonly<
  Record<string, { readonly keyPath: string | string[]; readonly rows: readonly object[] }>
>;

const LIBRARY_1: Stores = {
  papers: { keyPath: 'id', rows: [{ id: 'p', title: 'A paper', abstract: 'It is kept.' }] },
  settings: { keyPath: 'key', rows: [{ key: 'campaign', value: 7 }] },
  topics: { keyPath: 'id', rows: [{ id: 't', name: 'T', sentence: 'S', order: 1, createdAt: '2026-11-24' }] },
  meta: { keyPath: 'key', rows: [{ key: 'epoch', value: 3 }] },
};
const LIBRARY_2: Stores = {
  ...LIBRARY_1,
  opinions: { keyPath: ['topic', 'paper'], rows: [{ topic: 't', paper: 'q', said: 'disliked' }] },
};
const LIBRARY_3: Stores = {
  ...LIBRARY_2,
  marks: { keyPath: 'paper', rows: [{ paper: 'q', read: '2026-11-26' }] },
};
const LIBRARY_4: Stores = {
  ...LIBRARY_3,
  notes: { keyPath: 'paper', rows: [{ paper: 'p', text: 'A note.', editedAt: '2026-11-27' }] },
  'group-names': { keyPath: 'id', rows: [{ id: 'g', name: 'Mine' }] },
};
const DERIVED_1: Stores = {
  vectors: {
    keyPath: ['model', 'at'],
    rows: [
      {
        model: 'model',
        at: 0,
        ids: Array.from({ length: 16 }, (_, row) => `0 ${row}`),
        keys: Array.from({ length: 16 }, () => '0'),
        cut: Array.from({ length: 16 }, () => false),
        data: new Float32Array(64).map((_, at) => (at % 4 === 1 ? 1 : 0)),
      },
    ],
  },
  clusterings: {
    keyPath: 'key',
    rows: [
      { key: 'layout', value: 'places' },
      { key: 'm 1', value: 'groups' },
    ],
  },
  models: { keyPath: 'id', rows: [{ id: 'm', files: [{ path: 'f', bytes: 1 }] }] },
  'model-files': {
    keyPath: ['model', 'path'],
    rows: [{ model: 'm', path: 'f', data: new Uint8Array([9]).buffer }],
  },
};

const DERIVED_2: Stores = {
  ...DERIVED_1,
  turns: { keyPath: 'key', rows: [{ key: 'model', value: 4 }] },
};

/** In their order: the n-th is version n + 1. */
export const LIBRARIES: readonly Stores[] = [LIBRARY_1, LIBRARY_2, LIBRARY_3, LIBRARY_4];
export const DERIVED: readonly Stores[] = [DERIVED_1, DERIVED_2];

/** What the newest code must find in each. */
export function keptOf(library: number): Kept {
  return {
    ...NOTHING,
    papers: ['p'],
    topics: ['t'],
    setting: 7,
    vectors: [0],
    ...(library >= 2 ? { opinions: ['t q'] } : {}),
    ...(library >= 3 ? { read: { q: '2026-11-26' } } : {}),
    ...(library >= 4 ? { notes: { p: 'A note.' }, groups: { g: 'Mine' } } : {}),
  };
}

/** Makes both databases as they were at these versions. */
export async function makeOld(library: number, derived: number): Promise<void> {
  await make('sheaf-library', library, LIBRARIES[library - 1] as Stores);
  await make('sheaf-derived', derived, DERIVED[derived - 1] as Stores);
}

function make(name: string, version: number, stores: Stores): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => {
      for (const [store, { keyPath, rows }] of Object.entries(stores)) {
        const made = opening.result.createObjectStore(store, { keyPath });
        for (const row of rows) made.put(row);
      }
    };
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
    opening.onerror = () => reject(opening.error);
  });
}
