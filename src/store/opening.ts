import type { DBSchema, StoreNames } from 'idb';
import { type Canary, isLoss, readCanary, writeCanary } from './canary.ts';
import { newestCopies, type Restored } from './copies.ts';
import { countLibrary, readDamage } from './counting.ts';
import { BY_NEWER, type Database, deleteDatabase, openDatabase, type Rows, StoreError } from './database.ts';
import { canNote, changeEpochs } from './journal.ts';
import { loadSecond } from './loadSecond.ts';
import { createMemoryDatabase } from './memory.ts';
import {
  type DatabaseDescription,
  DERIVED,
  type DerivedSchema,
  LIBRARY,
  type LibrarySchema,
} from './names.ts';
import { makingRoom } from './room.ts';

/** What opening tells while and after it runs. */
export interface OpeningEvents {
  /** The connection has ended for good, with a sentence. */
  onClosed(reason: string): void;
  /** Another tab holds the database; opening goes on when it lets go. */
  onBlocked(): void;
  /** It has let go, but too late: this page works in memory until it is reloaded. */
  onFreed(): void;
}

export interface Opened<S extends DBSchema> {
  readonly database: Database<S>;
  /** Why it is kept in memory only. */
  readonly problem?: StoreError;
}

export interface OpenedLibrary extends Opened<LibrarySchema> {
  readonly lost: boolean;
  /** It was damaged, and could not be put back now: copies wait for a visit that has room. */
  readonly waits: boolean;
  readonly restored?: Restored;
  /** Whether changes are noted, one by one, to outlast damage to the database. */
  readonly noted: boolean;
  /** Whether they are copied, too. Over copies that wait nothing is written. */
  readonly copied: boolean;
}

/** Files that cannot be read are tried again: Chromium throws them away itself, some of them only at the second try. */
const TRIES = 6;
/** Before the second try, milliseconds, and twice as long before each next: a browser that was killed may hold its files for a moment. */
const PAUSE_MS = 100;

const ROWS_UNREADABLE = 'Some of what the browser keeps for this page cannot be read';

/**
 * Opens the library, and brings it back from its copies where the browser's files of it were damaged.
 * @param makeRoom lets something go that can be made again; false where there is nothing.
 */
export async function openLibrary(
  events: OpeningEvents,
  makeRoom: () => Promise<boolean>,
): Promise<OpenedLibrary> {
  // What cannot be read is thrown away only where there is something to put in its place.
  const replaceable = async () => (await newestCopies()).length > 0 || (await changeEpochs()).includes(1);
  const opened = await openReadable(LIBRARY, events, replaceable, readLibrary);
  const { database } = opened;
  // For files that stay unreadable the copies are the library, and fill the memory. Changes are noted beside them: each
  // tab has a memory of its own, of which none may be copied over another's.
  const noted = database.kind === 'indexeddb' || (opened.problem?.kind === 'unreadable' && (await canNote()));
  if (!noted) return { ...opened, lost: false, waits: false, noted, copied: false };
  // The canary is read first: what another tab writes between the two is no loss.
  const last = await notedEpoch();
  const isDamaged = async () => isLoss(await countLibrary(database), last);
  let waits = false;
  const damaged = await isDamaged().catch(() => false);
  const back = damaged
    ? await loadSecond()
        .then(({ restoreLibrary }) =>
          restoreLibrary(
            makingRoom(database, makeRoom, () => undefined),
            last,
          ),
        )
        .catch(() => {
          waits = true;
          return undefined;
        })
    : undefined;
  // Another tab may have put it back.
  const still = damaged && !back && (await isDamaged().catch(() => false));
  waits = waits && still;
  const lost = still && !waits;
  // The count goes on from there: of a loss the next visit need not know, and of copies that wait the library says it.
  if (still && last) writeCanary(last);
  // From this visit, or from one that ended before the reader was told.
  const restored = back ?? (await readDamage(database).catch(() => undefined));
  const copied = database.kind === 'indexeddb' && !waits;
  return { ...opened, lost, waits, noted, copied, ...(restored ? { restored } : {}) };
}

/** Counting goes through all rows; large ones lie in files of their own and have to be read. Papers are none of those. */
function readLibrary(rows: Rows<LibrarySchema>): Promise<unknown> {
  return Promise.all(
    rowsOf(LIBRARY).map((store) => (store === 'papers' ? rows.count(store) : rows.getAll(store))),
  );
}

function rowsOf<S extends DBSchema>({ keys }: DatabaseDescription<S>): StoreNames<S>[] {
  return Object.keys(keys) as StoreNames<S>[];
}

/** What can be made again is thrown away where it cannot be read. */
export function openDerived(events: OpeningEvents): Promise<Opened<DerivedSchema>> {
  return openReadable(
    DERIVED,
    events,
    async () => true,
    (rows) => Promise.all(rowsOf(DERIVED).map((store) => rows.count(store))),
  );
}

/**
 * What was acknowledged last, by the newest of canary, copies and journal: a browser that is killed forgets what a page
 * has told localStorage in its last seconds.
 */
async function notedEpoch(): Promise<Canary | undefined> {
  const noted = readCanary();
  const [copies, changes] = await Promise.all([newestCopies(), changeEpochs()]);
  const epoch = Math.max(-1, ...copies.map((copy) => copy.epoch), ...changes);
  if (epoch > (noted?.epoch ?? -1)) return { papers: 0, epoch };
  return noted;
}

/** A database of which every row can be read; else one in memory. */
async function openReadable<S extends DBSchema>(
  description: DatabaseDescription<S>,
  events: OpeningEvents,
  replaceable: () => Promise<boolean>,
  readThrough: (rows: Rows<S>) => Promise<unknown>,
): Promise<Opened<S>> {
  let problem = new StoreError('failed', 'The storage of this page could not be opened');
  for (let left = TRIES; left > 0; left--) {
    try {
      return { database: await openAndRead(description, events, readThrough) };
    } catch (error) {
      problem = error instanceof StoreError ? error : new StoreError('failed', String(error), error);
    }
    if (problem.kind !== 'unreadable') break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (TRIES - left)));
    // Only where it opens and its rows cannot be read. What does not even open may be held by somebody, and is let be.
    if (left === 2 && problem.message === ROWS_UNREADABLE && (await replaceable()))
      await deleteDatabase(description.name).catch(() => undefined);
  }
  return { database: createMemoryDatabase(description), problem };
}

/** @throws {StoreError} `unreadable` where it opens and some of it cannot be read. */
async function openAndRead<S extends DBSchema>(
  description: DatabaseDescription<S>,
  events: OpeningEvents,
  readThrough: (rows: Rows<S>) => Promise<unknown>,
): Promise<Database<S>> {
  let readable = false;
  let ended: string | undefined;
  const database = await openDatabase(description, {
    ...events,
    onClosed(reason) {
      ended = reason;
      if (readable) events.onClosed(reason);
    },
  });
  try {
    // Damage in the middle is met here, and not by the reader.
    await database.read(rowsOf(description), readThrough);
  } catch (error) {
    database.close();
    // A newer version in another tab took it away: nothing is wrong with it.
    if (error instanceof StoreError && error.kind === 'newer') throw new StoreError('newer', BY_NEWER, error);
    throw new StoreError('unreadable', ROWS_UNREADABLE, error);
  }
  readable = true;
  if (ended) events.onClosed(ended);
  return database;
}
