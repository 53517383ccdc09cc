import type { Database, Rows } from './database.ts';
import { COPIES, type LibrarySchema } from './names.ts';

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

/** First line of a copy; the rows follow as one JSON text. */
interface Header {
  readonly sheaf: 'copy';
  readonly part: CopiedPart;
  /** Of the library when the rows were read. */
  readonly epoch: number;
  /** ISO 8601. */
  readonly savedAt: string;
  /** Of the rows' text in UTF-8, hexadecimal. */
  readonly sha256: string;
}

export interface Copy {
  readonly epoch: number;
  readonly savedAt: string;
  readonly rows: Partial<Record<CopiedStore, readonly unknown[]>>;
}

/** What came back from copies. */
export interface Restored {
  readonly papers: number;
  /** Of the older of the parts, ISO 8601. */
  readonly savedAt: string;
}

const SLOTS = ['a', 'b'] as const;

/**
 * Writes a part as it is now over the older of its two files.
 * @throws where the browser has no such files, or no room.
 */
export async function writeCopy(database: Database<LibrarySchema>, part: CopiedPart): Promise<void> {
  const folder = await openFolder();
  const stores = COPIED[part];
  const { epoch, rows } = await database.read([...stores, 'meta'], async (all) => {
    const found = await Promise.all(stores.map(async (store) => [store, await all.getAll(store)] as const));
    const counted = (await all.get('meta', 'epoch'))?.value;
    return { epoch: typeof counted === 'number' ? counted : 0, rows: Object.fromEntries(found) };
  });
  const body = new TextEncoder().encode(JSON.stringify(rows));
  const header: Header = {
    sheaf: 'copy',
    part,
    epoch,
    savedAt: new Date().toISOString(),
    sha256: await sha256(body),
  };
  const newest = (await readSlots(folder, part))[0]?.slot;
  const slot = SLOTS.find((name) => name !== newest) ?? SLOTS[0];
  const file = await (await folder.getFileHandle(`${part}-${slot}`, { create: true })).createWritable();
  // The file is replaced when it is closed, so half a copy is never seen.
  await file.write(`${JSON.stringify(header)}\n`);
  await file.write(body);
  await file.close();
}

/** The newest whole copy of each part; none where there are no such files. */
export async function readCopies(): Promise<Copy[]> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await openFolder();
  } catch {
    return [];
  }
  const parts = Object.keys(COPIED) as CopiedPart[];
  const found = await Promise.all(parts.map((part) => readSlots(folder, part)));
  return found.flatMap(([newest]) => newest?.copy ?? []);
}

/** Puts copies in the place of what is left, in the caller's transaction: rows that no copy has were removed before it, or are damaged. */
export async function restoreCopies(
  rows: Rows<LibrarySchema>,
  copies: readonly Copy[],
): Promise<Restored | undefined> {
  if (copies.length === 0) return undefined;
  const hasPapers = copies.some((copy) => copy.rows.papers);
  for (const copy of copies) {
    for (const [store, values] of Object.entries(copy.rows)) {
      // They say that the site's list is here.
      if (store === 'settings' && !hasPapers) continue;
      rows.clear(store as CopiedStore);
      for (const value of values) rows.put(store as CopiedStore, value as never);
    }
  }
  const savedAt = copies.map((copy) => copy.savedAt).sort()[0] as string;
  return { papers: await rows.count('papers'), savedAt };
}

/** Whole copies of a part, the newest first; what is cut short or changed is passed over. */
async function readSlots(folder: FileSystemDirectoryHandle, part: CopiedPart) {
  const found = await Promise.all(
    SLOTS.map(async (slot) => {
      try {
        const file = await (await folder.getFileHandle(`${part}-${slot}`)).getFile();
        return [{ slot, copy: await parseCopy(await file.arrayBuffer(), part) }];
      } catch {
        // Not written yet, or not whole.
        return [];
      }
    }),
  );
  return found
    .flat()
    .sort((a, b) => b.copy.epoch - a.copy.epoch || (a.copy.savedAt < b.copy.savedAt ? 1 : -1));
}

/** @throws when it is not whole. */
async function parseCopy(bytes: ArrayBuffer, part: CopiedPart): Promise<Copy> {
  const end = new Uint8Array(bytes).indexOf(0x0a);
  const text = (from: number, to?: number) => new TextDecoder().decode(bytes.slice(from, to));
  const {
    sheaf,
    part: named,
    epoch,
    savedAt,
    sha256: promised,
  } = JSON.parse(text(0, end)) as Partial<Header>;
  if (sheaf !== 'copy' || named !== part || typeof epoch !== 'number' || typeof savedAt !== 'string')
    throw new Error('no copy');
  const body = bytes.slice(end + 1);
  if ((await sha256(body)) !== promised) throw new Error('not whole');
  const read = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
  const rows = COPIED[part].map((store) => [store, Array.isArray(read[store]) ? read[store] : []]);
  return { epoch, savedAt, rows: Object.fromEntries(rows) };
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(COPIES, { create: true });
}

async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
