import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';
import type { Paper } from '../paper/paper.ts';

/*
 * Every name on disk, and every version that ever was. Library: what the reader
 * made or chose, never dropped by us. Derived: what can be computed or fetched
 * again. Two databases, so that a full disk or damage in one leaves the other.
 */

/** A topic that the reader made, or what the reader made of one of the site's (`topics.json`), under its id. */
export interface StoredTopic {
  readonly id: string;
  readonly name: string;
  /** What the topic is about, in the reader's words: this is what is embedded. */
  readonly sentence: string;
  /** Place in the reader's own order, ascending. */
  readonly order: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Place in the palette; absent for topics that were made before colours were kept. */
  readonly color?: number;
  /** Name and sentence are the site's, kept beside what else the reader changed: newer ones of the site count. */
  readonly wordsOfSite?: boolean;
  /** The reader does not want it: kept, since a topic of the site comes again with every visit. */
  readonly hidden?: boolean;
}

/** What the reader said of a paper in a topic, the site's topics too. A row each: two tabs lose nothing. */
export interface Opinion {
  readonly topic: string;
  readonly paper: string;
  readonly said: 'liked' | 'disliked';
}

/** What the reader marked a paper with; there is no row where there is nothing. */
export interface Mark {
  readonly paper: string;
  /** When it was starred, ISO 8601. */
  readonly starred?: string | undefined;
  /** When it was marked as read, ISO 8601. */
  readonly read?: string | undefined;
  /** Its place in the reading list, ascending; any finite number. */
  readonly later?: number | undefined;
  /** The reader's own words for it: each once, none empty. */
  readonly tags?: readonly string[] | undefined;
}

/** What the reader wrote about a paper. */
export interface Note {
  readonly paper: string;
  /** Markdown, as typed. */
  readonly text: string;
  /** ISO 8601. */
  readonly editedAt: string;
}

/** A found group that the reader has named. */
export interface GroupName {
  readonly id: string;
  readonly name: string;
}

/** One value under a name: a setting, or the epoch. */
export interface Named {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Up to some hundred vectors of one model in one row. Measured with 10,000 vectors of 256, put 100 at a time:
 * a row each is read in 250 ms and written in 2.1 s, chunks of 256 in 70 ms and 0.8 s. What costs is the row,
 * not the byte.
 */
export interface VectorChunk {
  readonly model: string;
  /** 0, 1, 2 without gaps. A paper may stand in several chunks: the last one counts. */
  readonly at: number;
  readonly ids: readonly string[];
  /** Content keys of the texts that were embedded. */
  readonly keys: readonly string[];
  readonly cut: readonly boolean[];
  /** Row-major, one row an id. */
  readonly data: Float32Array;
  /** No vectors but a part of the keyword index, see `words.ts`. */
  readonly words?: { readonly head?: unknown; readonly pages: readonly Uint32Array[] };
  /** No vectors but a part of a large list, see `corpus.ts`. */
  readonly part?: FilePart;
}

/** Stretches of a file that have been fetched. */
export interface FilePart {
  readonly path: string;
  /** Start and end of each, in the file. */
  readonly bounds: Float64Array;
  /** One after another. */
  readonly data: Uint8Array;
}

export interface ModelFileRow {
  readonly model: string;
  readonly path: string;
  readonly data: ArrayBuffer;
}

/** Sizes of a model's files, apart from their bytes, so that listing models reads no weights. */
export interface StoredModel {
  readonly id: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

export interface LibrarySchema extends DBSchema {
  papers: { key: string; value: Paper };
  settings: { key: string; value: Named };
  topics: { key: string; value: StoredTopic };
  opinions: { key: [topic: string, paper: string]; value: Opinion };
  marks: { key: string; value: Mark };
  notes: { key: string; value: Note };
  'group-names': { key: string; value: GroupName };
  /** `epoch`: counts the writes, to be compared with the canary's. */
  meta: { key: string; value: Named };
}

export interface DerivedSchema extends DBSchema {
  vectors: { key: [model: string, at: number]; value: VectorChunk };
  clusterings: { key: string; value: Named };
  models: { key: string; value: StoredModel };
  /** By model: which tab's turn it is to read papers, as a number that grows. */
  turns: { key: string; value: Named };
  'model-files': { key: [model: string, path: string]; value: ModelFileRow };
}

/** A database: its name, how to get to each version from the one before, and where rows keep their keys. */
export interface DatabaseDescription<S extends DBSchema> {
  readonly name: string;
  /** The key path of each store, of the newest version. */
  readonly keys: { readonly [N in StoreNames<S> & string]: string | string[] };
  /** The n-th takes version n to n + 1. Only ever added to. */
  readonly migrations: readonly ((database: IDBPDatabase<S>) => void)[];
  /** `strict` waits for the disk, so that a power cut loses no acknowledged write. */
  readonly durability: 'strict' | 'relaxed';
}

export const LIBRARY: DatabaseDescription<LibrarySchema> = {
  name: 'sheaf-library',
  keys: {
    papers: 'id',
    settings: 'key',
    topics: 'id',
    opinions: ['topic', 'paper'],
    marks: 'paper',
    notes: 'paper',
    'group-names': 'id',
    meta: 'key',
  },
  migrations: [
    (database) => {
      database.createObjectStore('papers', { keyPath: 'id' });
      database.createObjectStore('settings', { keyPath: 'key' });
      database.createObjectStore('topics', { keyPath: 'id' });
      database.createObjectStore('meta', { keyPath: 'key' });
    },
    (database) => {
      database.createObjectStore('opinions', { keyPath: ['topic', 'paper'] });
    },
    (database) => {
      database.createObjectStore('marks', { keyPath: 'paper' });
    },
    (database) => {
      database.createObjectStore('notes', { keyPath: 'paper' });
      database.createObjectStore('group-names', { keyPath: 'id' });
    },
  ],
  durability: 'strict',
};

export const DERIVED: DatabaseDescription<DerivedSchema> = {
  name: 'sheaf-derived',
  keys: {
    vectors: ['model', 'at'],
    clusterings: 'key',
    models: 'id',
    'model-files': ['model', 'path'],
    turns: 'key',
  },
  migrations: [
    (database) => {
      database.createObjectStore('vectors', { keyPath: ['model', 'at'] });
      database.createObjectStore('clusterings', { keyPath: 'key' });
      database.createObjectStore('models', { keyPath: 'id' });
      database.createObjectStore('model-files', { keyPath: ['model', 'path'] });
    },
    (database) => {
      database.createObjectStore('turns', { keyPath: 'key' });
    },
  ],
  durability: 'relaxed',
};

/** Tells other tabs that the library changed. */
export const CHANNEL = 'sheaf-library';

/** Folder of the copies in the origin-private file system. */
export const COPIES = 'sheaf-library';

/** Folder of the changes since, there as well. */
export const CHANGES = 'sheaf-changes';

/** localStorage key of the canary. */
export const CANARY = 'sheaf-canary';

/** What a snapshot holds: all but settings, which are of the device. */
export const SNAPSHOT_STORES: ('papers' | 'topics' | 'opinions' | 'marks' | 'notes' | 'group-names')[] = [
  'papers',
  'topics',
  'opinions',
  'marks',
  'notes',
  'group-names',
];
