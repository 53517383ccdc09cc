import { countParts } from './counting.ts';
import type { Database, Rows } from './database.ts';
import { COPIES, LIBRARY, type LibrarySchema } from './names.ts';
import { findFolder, openFolder, sha256 } from './own-files.ts';

/*
 * Copies of the library in the origin-private file system, which damage to
 * IndexedDB leaves alone. Each part has two files that are written in turns, so
 * that a page that dies while writing leaves the one before.
 */

/** What is copied together: papers are many and change rarely, the rest is small and changes often. */
export const COPIED = {
  papers: ['papers'],
  made: ['topics', 'opinions', 'marks', 'notes', 'group-names', 'settings'],
} as const satisfies Record<string, readonly (keyof LibrarySchema & string)[]>;

export type CopiedPart = keyof typeof COPIED;
type CopiedStore = (typeof COPIED)[CopiedPart][number];

/** The parts that are copied anew when a part of the library has changed. */
export function copiedWith(part: keyof LibrarySchema): readonly CopiedPart[] {
  // A change of papers may be one of the rest as well: what a list offered is a setting.
  if (part === 'papers') return ['papers', 'made'];
  return part === 'settings' ? [] : ['made'];
}

/** First line of a copy; the rows follow as one JSON text. */
interface Header {
  readonly sheaf: 'copy';
  readonly part: CopiedPart;
  /** Of the library when the rows were read. */
  readonly epoch: number;
  /** ISO 8601. */
  readonly savedAt: string;
  /** Epochs of the last change of each part until then. */
  readonly changed: Readonly<Record<CopiedPart, number>>;
  /** Of the rows' text in UTF-8, hexadecimal. */
  readonly sha256: string;
}

export interface Copy extends Pick<Header, 'part' | 'epoch' | 'savedAt' | 'changed'> {
  readonly rows: Partial<Record<CopiedStore, readonly unknown[]>>;
}

/** What came back from copies and the changes since. */
export interface Restored {
  readonly papers: number;
  /** When the library was as it came back, ISO 8601. */
  readonly savedAt: string;
  /** Nothing that was acknowledged is missing. */
  readonly whole: boolean;
}

const PARTS = Object.keys(COPIED) as CopiedPart[];
const SLOTS = ['a', 'b'] as const;
const NEVER = { papers: 0, made: 0 } as const;
/** More than the first line has, bytes. */
const HEADER_BYTES = 4_096;

/**
 * Writes a part as it is now over the older of its two files.
 * @throws where the browser has no such files, or no room.
 */
export async function writeCopy(database: Database<LibrarySchema>, part: CopiedPart): Promise<void> {
  const folder = await openFolder(COPIES, true);
  const stores = COPIED[part];
  const { epoch, changed, rows } = await database.read([...stores, 'meta'], async (all) => {
    const found = await Promise.all(stores.map(async (store) => [store, await all.getAll(store)] as const));
    const counted = (await all.get('meta', 'epoch'))?.value;
    const changed = await countParts(all);
    return { epoch: typeof counted === 'number' ? counted : 0, changed, rows: Object.fromEntries(found) };
  });
  const body = new TextEncoder().encode(JSON.stringify(rows));
  const header: Header = {
    sheaf: 'copy',
    part,
    epoch,
    savedAt: new Date().toISOString(),
    changed,
    sha256: await sha256(body),
  };
  const newest = (await readHeaders(folder, part))[0]?.slot;
  const slot = SLOTS.find((name) => name !== newest) ?? SLOTS[0];
  const file = await (await folder.getFileHandle(`${part}-${slot}`, { create: true })).createWritable();
  // The file is replaced when it is closed, so half a copy is never seen.
  await file.write(`${JSON.stringify(header)}\n`);
  await file.write(body);
  await file.close();
}

/** What stands in the first line of the newest copy of each part; of these alone one cannot tell that they are whole. */
export async function newestCopies(): Promise<Pick<Header, 'part' | 'epoch'>[]> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await openFolder(COPIES, false);
  } catch {
    return [];
  }
  const found = await Promise.all(PARTS.map((part) => readHeaders(folder, part)));
  return found.flatMap(([newest]) => newest ?? []);
}

/**
 * Up to which change each part would come back if its newest copy were damaged as well: that of the older one, as far
 * as first lines tell.
 */
export async function olderEpochs(): Promise<Partial<Record<CopiedPart, number>>> {
  try {
    const folder = await openFolder(COPIES, false);
    const found = await Promise.all(
      PARTS.map(async (part) => [part, (await readHeaders(folder, part))[1]?.epoch] as const),
    );
    return Object.fromEntries(found);
  } catch {
    return {};
  }
}

/**
 * The newest whole copy of each part; none where there are no such files.
 * @throws where they may be there and cannot be read now.
 */
export async function readCopies(): Promise<Copy[]> {
  const folder = await findFolder(COPIES);
  if (!folder) return [];
  const found = await Promise.all(
    PARTS.map((part) => readSlots(folder, part, async (file) => parseCopy(await file.arrayBuffer(), part))),
  );
  return found.flatMap(([newest]) => newest ?? []);
}

/**
 * Brings back what copies hold, in the caller's transaction. A copy takes the place of what is left of its part; where the library is
 * newer than the copy, only rows that are missing are put.
 * @param epoch of what is left.
 */
export async function restoreCopies(
  rows: Rows<LibrarySchema>,
  copies: readonly Copy[],
  epoch: number,
): Promise<void> {
  for (const copy of copies) {
    const older = copy.epoch < epoch;
    for (const [name, values] of Object.entries(copy.rows)) {
      const store = name as CopiedStore;
      const known = older ? new Set((await rows.getAll(store)).map((row) => keyOf(store, row))) : undefined;
      if (!older) rows.clear(store);
      for (const value of values) if (!known?.has(keyOf(store, value))) rows.put(store, value as never);
    }
  }
}

function keyOf(store: CopiedStore, row: unknown): string {
  const names = [LIBRARY.keys[store]].flat();
  return JSON.stringify(names.map((name) => (row as Record<string, unknown>)[name]));
}

/**
 * Lets go of the older copy of each part, to make room. Gives whether there was any. The newest stays, and the next
 * one is written beside it.
 */
export async function dropOlderCopies(): Promise<boolean> {
  const folder = await openFolder(COPIES, false);
  const slots = await Promise.all(
    PARTS.map(async (part) =>
      (await readSlots(folder, part, async (file) => parseCopy(await file.arrayBuffer(), part)))
        .slice(1)
        .map(({ slot }) => `${part}-${slot}`),
    ),
  );
  for (const name of slots.flat()) await folder.removeEntry(name);
  return slots.flat().length > 0;
}

/** What stands in the first lines of a part's files, the newest first: of these alone one cannot tell that the rest is whole. */
async function readHeaders(folder: FileSystemDirectoryHandle, part: CopiedPart) {
  return readSlots(folder, part, async (file) => {
    const [line = ''] = (await file.slice(0, HEADER_BYTES).text()).split('\n', 1);
    return parseHeader(line, part);
  });
}

/** Both files of a part as `read` gives them, the newest first; what it throws at is passed over: not written yet, or not whole. */
async function readSlots<T extends Pick<Header, 'epoch' | 'savedAt'>>(
  folder: FileSystemDirectoryHandle,
  part: CopiedPart,
  read: (file: File) => Promise<T>,
): Promise<(T & { slot: string })[]> {
  const found = await Promise.all(
    SLOTS.map(async (slot) => {
      try {
        const file = await (await folder.getFileHandle(`${part}-${slot}`)).getFile();
        return [{ ...(await read(file)), slot }];
      } catch {
        return [];
      }
    }),
  );
  return found.flat().sort((a, b) => b.epoch - a.epoch || (a.savedAt < b.savedAt ? 1 : -1));
}

/** @throws when it is of no copy of the part. */
function parseHeader(line: string, part: CopiedPart): Header {
  const header = JSON.parse(line) as Partial<Header>;
  const { sheaf, part: named, epoch, savedAt, changed = NEVER, sha256: sum = '' } = header;
  if (sheaf !== 'copy' || named !== part || typeof epoch !== 'number' || typeof savedAt !== 'string')
    throw new Error('no copy');
  return { sheaf, part, epoch, savedAt, changed, sha256: sum };
}

/** @throws when it is not whole. */
async function parseCopy(bytes: ArrayBuffer, part: CopiedPart): Promise<Copy> {
  const end = new Uint8Array(bytes).indexOf(0x0a);
  const { sha256: promised, ...header } = parseHeader(new TextDecoder().decode(bytes.slice(0, end)), part);
  const body = bytes.slice(end + 1);
  if ((await sha256(body)) !== promised) throw new Error('not whole');
  const read = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
  const rows = COPIED[part].map((store) => [store, Array.isArray(read[store]) ? read[store] : []]);
  return { ...header, rows: Object.fromEntries(rows) };
}
