import type { StoreNames } from 'idb';
import { COPIED, type CopiedPart } from './copies.ts';
import type { Counted } from './counting.ts';
import { NO_ROOM, type Rows, StoreError } from './database.ts';
import { CHANGES, type LibrarySchema } from './names.ts';
import { findFolder, openFolder, readWhole, writeWhole } from './own-files.ts';

/*
 * What was changed since the copies, a small file for each change, in the origin-private file system. A copy is some
 * seconds old when a browser is killed; with these what comes back is as new as what was acknowledged.
 */

type Journaled = Exclude<StoreNames<LibrarySchema>, 'meta'>;
/** As the function of {@link Rows} was called. */
type Step = readonly ['put' | 'delete', Journaled, unknown] | readonly ['clear', Journaled];

export interface Change {
  /** Count of the library with this change. */
  readonly epoch: number;
  /** ISO 8601. */
  readonly savedAt: string;
  /** Epochs of the change before this one, of each part that counts it: a chain, in which a gap is seen. */
  readonly after: Partial<Record<CopiedPart, number>>;
  readonly steps: readonly Step[];
}

/** Of characters; a larger change, such as an import of tens of thousands of papers, waits for its copy where there will be one. */
const LARGEST = 16_000_000;

const partOf = (store: string): CopiedPart =>
  (COPIED.papers as readonly string[]).includes(store) ? 'papers' : 'made';

/** Does work on the rows of a transaction and notes everything that it writes. */
export async function recorded<T>(
  rows: Rows<LibrarySchema>,
  work: (rows: Rows<LibrarySchema>) => Promise<T>,
): Promise<{ result: T; steps: readonly Step[] }> {
  const steps: Step[] = [];
  const result = await work({
    ...rows,
    put(store, value) {
      steps.push(['put', store as Journaled, value]);
      rows.put(store, value);
    },
    delete(store, key) {
      steps.push(['delete', store as Journaled, key]);
      rows.delete(store, key);
    },
    clear(store) {
      steps.push(['clear', store as Journaled]);
      rows.clear(store);
    },
  });
  return { result, steps };
}

/** Whether this browser has files for changes. */
export function canNote(): Promise<boolean> {
  return openFolder(CHANGES, true).then(
    () => true,
    () => false,
  );
}

/**
 * Keeps a change that the library has kept. Best effort where the library is on disk, and is copied: without such files,
 * or room in them, there is that.
 * @param alone whether nothing else keeps it.
 * @throws {StoreError} `full` or `failed`, where nothing else does.
 */
export async function keepChange(
  { epoch, after }: Counted,
  steps: readonly Step[],
  alone: boolean,
): Promise<void> {
  const parts = [...new Set([...Object.keys(after), ...steps.map(([, store]) => partOf(store))])].sort();
  if (parts.length === 0) return;
  try {
    const text = JSON.stringify({ epoch, savedAt: new Date().toISOString(), after, steps } satisfies Change);
    if (!alone && text.length > LARGEST) return;
    const folder = await openFolder(CHANGES, true);
    await writeWhole(folder, `${epoch} ${parts.join(' ')} ${crypto.randomUUID()}`, text);
  } catch (error) {
    // See above.
    if (!alone) return;
    const full = (error as Error).name === 'QuotaExceededError';
    throw new StoreError(full ? 'full' : 'failed', full ? NO_ROOM : 'This could not be kept.', error);
  }
}

/**
 * The changes that are kept, the oldest first; one that is not whole is passed over.
 * @throws where they may be there and cannot be read now.
 */
export async function readChanges(): Promise<Change[]> {
  const { folder, names } = await list();
  if (!folder) return [];
  const read = names.map(async ({ name }) => {
    try {
      return [JSON.parse(await readWhole(folder, name)) as Change];
    } catch {
      return [];
    }
  });
  return (await Promise.all(read)).flat().sort((a, b) => a.epoch - b.epoch);
}

/** Counts of the library with the changes that are kept, as far as they can be read. */
export async function changeEpochs(): Promise<number[]> {
  const { names } = await list().catch(() => ({ names: [] }));
  return names.map(({ epoch }) => epoch);
}

/**
 * Does again what was changed after the copies, in the caller's transaction. What is put and deleted is whole rows, so
 * that it may meet a library that has some of it already.
 * @param copied epochs of the copies that were put back.
 */
export function redoChanges(
  rows: Rows<LibrarySchema>,
  changes: readonly Change[],
  copied: Partial<Record<CopiedPart, number>>,
): void {
  for (const { epoch, steps } of changes) {
    for (const [what, store, value] of steps) {
      if (epoch <= (copied[partOf(store)] ?? 0)) continue;
      if (what === 'put') rows.put(store, value as never);
      else if (what === 'delete') rows.delete(store, value as never);
      else rows.clear(store);
    }
  }
}

/**
 * The last change of a part, if all changes up to it are there: in its copy up to that one's epoch, in the journal from
 * then on.
 */
export function lastOfWhole(
  part: CopiedPart,
  copied: number,
  noted: number,
  changes: ReadonlyMap<number, Change>,
): number | undefined {
  const last = Math.max(noted, ...[...changes.values()].map((one) => (part in one.after ? one.epoch : 0)));
  let epoch = last;
  while (epoch > copied) {
    const before = changes.get(epoch)?.after[part];
    if (before === undefined) return undefined;
    epoch = before;
  }
  return last;
}

/** Lets changes go that stand in copies of all their parts. */
export async function dropChanges(copied: Partial<Record<CopiedPart, number>>): Promise<void> {
  const { folder, names } = await list();
  for (const { name, epoch, parts } of names) {
    if (parts.every((part) => epoch <= (copied[part] ?? 0)))
      await folder?.removeEntry(name).catch(() => undefined);
  }
}

async function list() {
  const names: { name: string; epoch: number; parts: CopiedPart[] }[] = [];
  const folder = await findFolder(CHANGES);
  for await (const name of folder?.keys() ?? []) {
    const [epoch, ...rest] = name.split(' ');
    const parts = rest.slice(0, -1) as CopiedPart[];
    if (parts.length > 0) names.push({ name, epoch: Number(epoch), parts });
  }
  return { folder, names };
}
