import { type CopiedPart, copiedWith, newestCopies, olderEpochs, writeCopy } from './copies.ts';
import { countParts } from './counting.ts';
import type { Database } from './database.ts';
import { changeEpochs, dropChanges } from './journal.ts';
import type { LibraryPart } from './library.ts';
import type { LibrarySchema } from './names.ts';

/** Copies the library when it has changed. */
export interface Keeper {
  /** A part of the library was changed and kept. */
  note(part: LibraryPart): void;
  /** Copies what has changed since the last copy now. Never rejects: a copy that fails is tried at the next change. */
  keepCopy(): Promise<void>;
  /** What was changed by a page that died before it was copied is copied by this one. Never rejects. */
  catchUp(): Promise<void>;
  close(): void;
}

/** Quiet after a change before it is copied, milliseconds: a row of changes is one copy. */
const QUIET_MS = 4_000;
/** So many changes are copied without waiting for quiet: each is a file of its own until then. */
const MOST_CHANGES = 100;
/** One copy at a time among the tabs. */
const LOCK = 'sheaf-copies';

/** @param makeRoom lets something go that can be made again; false where there is nothing. */
export function createKeeper(database: Database<LibrarySchema>, makeRoom: () => Promise<boolean>): Keeper {
  const changed = new Set<CopiedPart>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();
  let uncopied = 0;

  const write = async (part: CopiedPart) => {
    try {
      await writeCopy(database, part);
    } catch (error) {
      if ((error as Error).name !== 'QuotaExceededError' || !(await makeRoom())) throw error;
      await writeCopy(database, part);
    }
  };
  const copy = async () => {
    // Papers first: the rest says which of them the site's list has brought.
    const parts = (['papers', 'made'] as const).filter((part) => changed.has(part));
    for (const part of parts) changed.delete(part);
    uncopied = 0;
    try {
      for (const part of parts) await navigator.locks.request(LOCK, () => write(part));
      await dropChanges(await olderEpochs());
    } catch {
      // No such files in this browser, or no room: the library itself is kept all the same.
      for (const part of parts) changed.add(part);
    }
  };
  const keepCopy = () => {
    clearTimeout(timer);
    last = last.then(copy);
    return last;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void keepCopy(), QUIET_MS);
  };

  return {
    note(part) {
      for (const copied of copiedWith(part)) changed.add(copied);
      // A visit alone is no work of the reader's: it goes along with what is.
      if (part === 'settings') changed.add('made');
      if (++uncopied >= MOST_CHANGES) void keepCopy();
      else if (part !== 'settings') soon();
    },
    keepCopy,
    async catchUp() {
      try {
        const [counted, copies, changes] = await Promise.all([
          database.read(['meta'], countParts),
          newestCopies(),
          changeEpochs(),
        ]);
        if (changes.length > 2 * MOST_CHANGES) changed.add('papers').add('made');
        const copied = new Map(copies.map(({ part, epoch }) => [part, epoch]));
        for (const part of ['papers', 'made'] as const) {
          if (counted[part] > (copied.get(part) ?? 0)) changed.add(part);
        }
      } catch {
        // It is tried again with the next change.
      }
      if (changed.size > 0) soon();
    },
    close: () => clearTimeout(timer),
  };
}
