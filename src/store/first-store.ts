import type { DBSchema } from 'idb';
import type { Restored } from './copies.ts';
import { forgetDamage } from './counting.ts';
import type { Database, StoreError } from './database.ts';
import { createKeeper } from './keeper.ts';
import { createLibraryTables, type LibraryPart, type LibraryTables } from './library.ts';
import { loadSecond } from './loadSecond.ts';
import { CHANNEL, type DerivedSchema } from './names.ts';
import { type OpenedLibrary, type OpeningEvents, openDerived, openLibrary } from './opening.ts';
import { createRoomMaker, makingRoom } from './room.ts';

/**
 * What the first list is drawn from, and what keeps it. Each function that writes is one transaction: when it
 * resolves all of it is kept, when it rejects none of it is, and what was kept
 * before is as it was. They reject with a {@link StoreError}, a sentence for the reader.
 *
 * `addPapers` merges a list into the papers by `mergeLists`; `offerPapers` does so with a list that comes again,
 * of which papers that the reader has removed stay away.
 */
export interface FirstStore extends LibraryTables {
  /** Where vectors and models lie: see {@link completeStore}. */
  readonly derived: Database<DerivedSchema>;
  readonly kind: 'indexeddb' | 'memory';
  /** Whether vectors and models outlast this page: they lie in a database of their own. */
  readonly keepsDerived: boolean;
  /** Why papers or vectors are not kept beyond this page, as a sentence. */
  readonly notice?: string;
  /** Papers were kept here once and are gone: the files of the browser were damaged, and no copy is left. */
  readonly lost: boolean;
  /** They are gone, but copies are there: at a visit for which there is room they come back, under what is made till then. */
  readonly waits: boolean;
  /** What was lost so and came back from a copy, now or at a visit before, until {@link forgetRestored}. */
  readonly restored?: Restored;
  /** The reader has been told of it. */
  forgetRestored(): Promise<void>;
  /** Copies what has changed since the last copy to files apart from the database; never rejects. Done by itself a little after each change; not where the database cannot be opened, or copies wait. */
  keepCopy(): Promise<void>;
  /** Bytes that the browser says are used and allowed; an estimate, and the quota may be far too high. */
  usage(): Promise<{ bytes?: number; quota?: number; persisted: boolean }>;
  /** Asks the browser to keep all this when the disk is full. For an action of the reader: it may ask them. */
  persist(): Promise<boolean>;
  /** Calls back after another tab has changed the library. Returns how to stop. */
  onChanged(listener: (part: LibraryPart) => void): () => void;
  /** Calls back after vectors or models were let go, since there was no room for what the reader made. Returns how to stop. */
  onMadeRoom(listener: () => void): () => void;
  /** Calls back once when the storage has ended for this page, with a sentence. Returns how to stop. */
  onClosed(listener: (reason: string) => void): () => void;
  close(): void;
}

/** What happens before a store is open. */
export interface StoreEvents {
  /** Another tab holds what is kept; opening goes on by itself when it lets go. */
  onBlocked?(): void;
  /** It has let go, but this page works in memory already, until it is reloaded. */
  onFreed?(): void;
}

/**
 * Opens what is kept on this device. Never rejects: where there is no storage, or
 * it holds what newer code wrote, everything works in memory until the page is
 * closed and `notice` says so.
 */
export async function openFirstStore(events: StoreEvents = {}): Promise<FirstStore> {
  const closed = createEvent<string>();
  const madeRoom = createEvent<void>();
  let reason: string | undefined;
  const opening: OpeningEvents = {
    onClosed(sentence) {
      if (reason !== undefined) return;
      reason = sentence;
      closed.emit(sentence);
    },
    onBlocked: () => events.onBlocked?.(),
    onFreed: () => events.onFreed?.(),
  };
  // Whoever needs it tells where it does not come.
  loadSecond().catch(() => undefined);
  const derivedOpening = openDerived(opening);
  const makeRoom = async () => createRoomMaker((await derivedOpening).database)();
  const [library, derived] = await Promise.all([openLibrary(opening, makeRoom), derivedOpening]);
  const onDisk = library.database.kind === 'indexeddb';
  const database = onDisk ? makingRoom(library.database, makeRoom, madeRoom.emit) : library.database;
  const tabs = openTabs(database.kind);
  const keeper = library.copied ? createKeeper(database, makeRoom) : undefined;
  void keeper?.catchUp();
  const notice = noticeOf(library, derived.problem);

  return {
    kind: database.kind,
    keepsDerived: derived.database.kind === 'indexeddb',
    ...(notice ? { notice } : {}),
    lost: library.lost,
    waits: library.waits,
    ...(library.restored ? { restored: library.restored } : {}),
    forgetRestored: () => forgetDamage(library.database),
    keepCopy: async () => keeper?.keepCopy(),
    ...createLibraryTables(database, library, (part) => {
      tabs.tell(part);
      keeper?.note(part);
    }),
    derived: derived.database,
    usage,
    persist: async () => (await globalThis.navigator?.storage?.persist?.()) ?? false,
    onChanged: tabs.listen,
    onMadeRoom: madeRoom.listen,
    onClosed(listener) {
      if (reason !== undefined) queueMicrotask(() => listener(reason as string));
      return closed.listen(listener);
    },
    close() {
      keeper?.close();
      database.close();
      derived.database.close();
      tabs.close();
    },
  };
}

function noticeOf(
  { problem: library, noted }: OpenedLibrary,
  derived: StoreError | undefined,
): string | undefined {
  if (library?.kind === 'newer') {
    return `${library.message}. It is untouched; until this page is reloaded with that version, what you add is kept only while the page is open.`;
  }
  if (library?.kind === 'unreadable' && noted) {
    return `${library.message}. You see what was copied of it, and what you change is noted beside the copies; use one tab, and keep a backup.`;
  }
  if (library) return `${library.message}: everything works, but is kept only until this page is closed.`;
  if (derived) {
    return `${derived.message}: your papers are kept, but search by meaning has to be prepared again at each visit.`;
  }
  return undefined;
}

async function usage() {
  const persisted = (await globalThis.navigator?.storage?.persisted?.().catch(() => false)) ?? false;
  const estimate = (await globalThis.navigator?.storage?.estimate?.().catch(() => undefined)) ?? {};
  return {
    ...(estimate.usage === undefined ? {} : { bytes: estimate.usage }),
    ...(estimate.quota === undefined ? {} : { quota: estimate.quota }),
    persisted,
  };
}

/** The other tabs of this site. A library in memory is this page's own, so nobody is told of it. */
function openTabs(kind: Database<DBSchema>['kind']) {
  const changed = createEvent<LibraryPart>();
  const channel =
    kind === 'indexeddb' && typeof BroadcastChannel !== 'undefined'
      ? new BroadcastChannel(CHANNEL)
      : undefined;
  channel?.addEventListener('message', (event: MessageEvent<LibraryPart>) => changed.emit(event.data));
  return {
    tell: (part: LibraryPart) => channel?.postMessage(part),
    listen: changed.listen,
    close: () => channel?.close(),
  };
}

function createEvent<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    emit: (value: T) => {
      for (const listener of [...listeners]) listener(value);
    },
    listen(listener: (value: T) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
