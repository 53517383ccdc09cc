import type { Canary } from './canary.ts';
import type { Database, Rows } from './database.ts';
import type { LibrarySchema } from './names.ts';

/** What is read to count the library. */
export const COUNTED: ('papers' | 'meta')[] = ['papers', 'meta'];

/** What the library says of itself, to be held against the canary. */
export function countLibrary(database: Database<LibrarySchema>): Promise<Canary> {
  return database.read(COUNTED, countRows);
}

export async function countRows(rows: Rows<LibrarySchema>): Promise<Canary> {
  const epoch = await rows.get('meta', 'epoch');
  return { papers: await rows.count('papers'), epoch: typeof epoch?.value === 'number' ? epoch.value : 0 };
}

/** After a loss the count goes on from the canary's, so that the next visit does not report it again. */
export async function countChange(rows: Rows<LibrarySchema>, noted: Canary | undefined): Promise<Canary> {
  const { papers, epoch: counted } = await countRows(rows);
  const epoch = Math.max(counted, noted?.epoch ?? 0) + 1;
  rows.put('meta', { key: 'epoch', value: epoch });
  return { papers, epoch };
}
