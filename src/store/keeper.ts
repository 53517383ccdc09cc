import { type CopiedPart, writeCopy } from './copies.ts';
import type { Database } from './database.ts';
import type { LibraryPart } from './library.ts';
import type { LibrarySchema } from './names.ts';

/** Copies the library when it has changed. */
export interface Keeper {
  /** A part of the library was changed and kept. */
  note(part: LibraryPart): void;
  /** Copies what has changed since the last copy now. Never rejects: a copy that fails is tried at the next change. */
  keepCopy(): Promise<void>;
  close(): void;
}

/** Quiet after a change before it is copied, milliseconds: a row of changes is one copy. */
const QUIET_MS = 4_000;
/** One copy at a time among the tabs. */
const LOCK = 'sheaf-copies';

export function createKeeper(database: Database<LibrarySchema>): Keeper {
  const changed = new Set<CopiedPart>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();

  const copy = async () => {
    // Papers first: the rest says which of them the site's list has brought.
    const parts = (['papers', 'made'] as const).filter((part) => changed.has(part));
    for (const part of parts) changed.delete(part);
    try {
      for (const part of parts) await navigator.locks.request(LOCK, () => writeCopy(database, part));
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

  return {
    note(part) {
      if (part === 'papers') changed.add('papers');
      // A change of papers may be one of the rest as well: what a list offered is a setting.
      changed.add('made');
      // A visit alone is no work of the reader's: it goes along with what is.
      if (part === 'settings') return;
      clearTimeout(timer);
      timer = setTimeout(() => void keepCopy(), QUIET_MS);
    },
    keepCopy,
    close: () => clearTimeout(timer),
  };
}
