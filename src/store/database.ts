import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  openDB,
  type StoreKey,
  type StoreNames,
  type StoreValue,
} from 'idb';
import type { DatabaseDescription } from './names.ts';

/** A sentence for the reader. */
export const NO_ROOM = 'There is no room left on this device for what was to be kept.';

/** What went wrong, in a sentence for the reader. Nothing already stored has changed. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /**
   * `full`: no room; `closed`: this tab's connection ended; `newer`: written by newer code, or wanted by it; `unreadable`: its files
   * are damaged; `replaced`: another tab has taken over.
   */
  readonly kind: 'full' | 'closed' | 'newer' | 'blocked' | 'unreadable' | 'replaced' | 'failed';

  constructor(kind: StoreError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** All rows whose compound key starts with this part. */
export interface Prefix {
  readonly prefix: string;
}

/** The rows of one transaction. Between two calls nothing may be awaited but these. */
export interface Rows<S extends DBSchema> {
  get<N extends StoreNames<S>>(store: N, key: StoreKey<S, N>): Promise<StoreValue<S, N> | undefined>;
  /** In the order of their keys. */
  getAll<N extends StoreNames<S>>(store: N, prefix?: Prefix): Promise<StoreValue<S, N>[]>;
  count<N extends StoreNames<S>>(store: N, prefix?: Prefix): Promise<number>;
  /** Of all rows, without reading what is in them. */
  keys<N extends StoreNames<S>>(store: N): Promise<StoreKey<S, N>[]>;
  /** Acknowledged with the transaction, not by itself. */
  put<N extends StoreNames<S>>(store: N, value: StoreValue<S, N>): void;
  delete<N extends StoreNames<S>>(store: N, key: StoreKey<S, N> | Prefix): void;
  clear<N extends StoreNames<S>>(store: N): void;
}

/** A place that keeps rows: on disk, or in memory where there is no disk. Work is all or nothing. */
export interface Database<S extends DBSchema> {
  readonly kind: 'indexeddb' | 'memory';
  read<T>(stores: StoreNames<S>[], work: (rows: Rows<S>) => Promise<T>): Promise<T>;
  /** Resolves when the whole of it is kept; when it rejects, nothing of it is. */
  change<T>(stores: StoreNames<S>[], work: (rows: Rows<S>) => Promise<T>): Promise<T>;
  close(): void;
}

export interface DatabaseEvents {
  /** The connection has ended for good, with a sentence. */
  onClosed(reason: string): void;
  /** Opening waits for another tab, which does not let go. */
  onBlocked(): void;
  /** It could be opened after all, after it was given up. */
  onFreed(): void;
}

export const BY_NEWER = 'What is kept here was written by a newer version of Sheaf';

/**
 * How long opening may take. An open that waits for another tab, or for a browser
 * that never answers, must not keep the reader from the list.
 */
const OPEN_PATIENCE_MS = 10_000;
/** After this the reader is told that something holds it up, milliseconds. */
const TELL_MS = 1_500;

/**
 * Opens a database on disk and brings it to the newest version.
 * @throws {StoreError} when it cannot be opened; what it holds is untouched.
 */
export async function openDatabase<S extends DBSchema>(
  description: DatabaseDescription<S>,
  { onClosed, onBlocked, onFreed }: DatabaseEvents,
): Promise<Database<S>> {
  if (typeof indexedDB === 'undefined')
    throw new StoreError('failed', 'This browser has no storage for pages');
  let closed: StoreError | undefined;
  const end = (kind: StoreError['kind'], reason: string) => {
    closed ??= new StoreError(kind, reason);
    onClosed(reason);
  };
  // An async function, since a browser may refuse by throwing at once.
  const open = async () =>
    openDB<S>(description.name, description.migrations.length, {
      upgrade(database, oldVersion) {
        for (const migrate of description.migrations.slice(oldVersion)) migrate(database);
      },
      blocking(_current, _blocked, event) {
        // A newer Sheaf wants to upgrade: a tab that held on would block it for ever.
        (event.target as IDBDatabase).close();
        end('newer', 'A newer version of Sheaf was opened in another tab. Reload this page to go on.');
      },
      terminated() {
        end('closed', 'The browser closed the storage of this page. Reload the page to go on.');
      },
    });
  const database = await withPatience(open(), onBlocked, onFreed).catch((error) => {
    throw openingError(error);
  });
  return overIndexedDB(database, description.durability, () => closed);
}

async function withPatience<S>(
  opening: Promise<IDBPDatabase<S>>,
  onBlocked: () => void,
  onFreed: () => void,
): Promise<IDBPDatabase<S>> {
  // By the clock: a tab that the browser has frozen holds the database without an event that says so.
  const waiting = setTimeout(onBlocked, TELL_MS);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // It may still open: a connection that nobody uses would block other tabs.
      opening
        .then((database) => {
          database.close();
          onFreed();
        })
        .catch(() => {});
      reject(
        new StoreError('blocked', 'The storage of this page does not answer; another tab may be holding it'),
      );
    }, OPEN_PATIENCE_MS);
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(waiting);
    clearTimeout(timer);
  }
}

function overIndexedDB<S extends DBSchema>(
  database: IDBPDatabase<S>,
  durability: 'strict' | 'relaxed',
  closed: () => StoreError | undefined,
): Database<S> {
  const run = async <T>(
    mode: 'readonly' | 'readwrite',
    stores: StoreNames<S>[],
    work: (rows: Rows<S>) => Promise<T>,
  ) => {
    try {
      return await transact(database.transaction(stores, mode, { durability }), work);
    } catch (error) {
      throw storeError(error, closed());
    }
  };
  return {
    kind: 'indexeddb',
    read: (stores, work) => run('readonly', stores, work),
    change: (stores, work) => run('readwrite', stores, work),
    close: () => database.close(),
  };
}

/** What `idb` calls a transaction, as far as it is used here and without its schema types. */
interface Transaction {
  readonly done: Promise<void>;
  /** Absent of those that only read. */
  commit?(): void;
  abort(): void;
  objectStore(name: string): {
    get(key: unknown): Promise<unknown>;
    getAll(range?: IDBKeyRange): Promise<unknown[]>;
    count(range?: IDBKeyRange): Promise<number>;
    getAllKeys(): Promise<unknown[]>;
    put?(value: unknown): Promise<unknown>;
    delete?(key: unknown): Promise<void>;
    clear?(): Promise<void>;
  };
}

async function transact<S extends DBSchema, T>(
  raw: unknown,
  work: (rows: Rows<S>) => Promise<T>,
): Promise<T> {
  const transaction = raw as Transaction;
  // Over quota a request succeeds and then the transaction aborts: only `done` tells.
  const outcome = transaction.done.then(
    () => ({ kept: true, error: undefined }),
    (error: unknown) => ({ kept: false, error }),
  );
  let result: T;
  try {
    result = await work(rowsOf(transaction));
    commit(transaction);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has already ended by itself: its own error, below, says why.
    }
    const { error: own } = await outcome;
    throw own && (own as Error).name !== 'AbortError' ? own : error;
  }
  const { kept, error } = await outcome;
  if (!kept) throw error;
  return result;
}

/** Else it would wait for the page to come back to it, and a page that is left then does not. */
function commit(transaction: Transaction): void {
  try {
    transaction.commit?.();
  } catch {
    // It has ended by itself, or a request has ended it: `done` says how.
  }
}

function rowsOf<S extends DBSchema>(transaction: Transaction): Rows<S> {
  // A request that fails aborts the transaction, whose `done` is where it is reported.
  const leave = (request: Promise<unknown> | undefined) => void request?.catch(() => {});
  const keyOf = (key: unknown) => (isPrefix(key) ? rangeOf(key) : key);
  const rows = {
    get: (store: string, key: unknown) => transaction.objectStore(store).get(key),
    getAll: (store: string, prefix?: Prefix) =>
      transaction.objectStore(store).getAll(prefix ? rangeOf(prefix) : undefined),
    count: (store: string, prefix?: Prefix) =>
      transaction.objectStore(store).count(prefix ? rangeOf(prefix) : undefined),
    keys: (store: string) => transaction.objectStore(store).getAllKeys(),
    put: (store: string, value: unknown) => leave(transaction.objectStore(store).put?.(value)),
    delete: (store: string, key: unknown) => leave(transaction.objectStore(store).delete?.(keyOf(key))),
    clear: (store: string) => leave(transaction.objectStore(store).clear?.()),
  };
  return rows as unknown as Rows<S>;
}

export function isPrefix(key: unknown): key is Prefix {
  return typeof key === 'object' && key !== null && 'prefix' in key;
}

/** An array sorts after every string, so `[prefix, []]` is past the last key of the prefix. */
function rangeOf({ prefix }: Prefix): IDBKeyRange {
  return IDBKeyRange.bound([prefix], [prefix, []]);
}

/** Throws a database away, with all that is in it; later, where another tab still holds it. */
export async function deleteDatabase(name: string): Promise<void> {
  await Promise.race([deleteDB(name), new Promise((resolve) => setTimeout(resolve, TELL_MS))]);
}

function openingError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if ((error as Error)?.name === 'VersionError') {
    return new StoreError('newer', BY_NEWER, error);
  }
  // Chromium's word for files that it cannot read.
  if ((error as Error)?.name === 'UnknownError') {
    return new StoreError('unreadable', 'What the browser keeps for this page cannot be read', error);
  }
  return new StoreError(
    'failed',
    'The browser refused to open its storage (a private window, perhaps)',
    error,
  );
}

function storeError(error: unknown, closed: StoreError | undefined): unknown {
  const name = (error as Error)?.name;
  if (closed) return new StoreError(closed.kind, closed.message, error);
  if (name === 'QuotaExceededError') {
    return new StoreError('full', NO_ROOM, error);
  }
  // Anything else that a browser says of its storage; an error of the work itself passes as it is.
  return error instanceof DOMException
    ? new StoreError('failed', `The browser could not keep or read this (${name}).`, error)
    : error;
}
