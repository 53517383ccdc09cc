import type { Canary } from './canary.ts';
import type { CopiedPart, Restored } from './copies.ts';
import type { Database, Rows } from './database.ts';
import type { LibrarySchema } from './names.ts';

/** Row that holds what the reader is to be told. */
const DAMAGE = 'damage';
/** Row with the last change before a loss whose copies wait for room, to be put under what was changed since. */
const WAITING = 'copies-wait';

/** What is read to count the library. */
export const COUNTED: ('papers' | 'meta')[] = ['papers', 'meta'];

/** What the library says of itself, to be held against the canary. */
export function countLibrary(database: Database<LibrarySchema>): Promise<Canary> {
  return database.read(COUNTED, countRows);
}

export async function countRows(rows: Rows<LibrarySchema>): Promise<Canary> {
  const [epoch, waiting] = await Promise.all([rows.get('meta', 'epoch'), rows.get('meta', WAITING)]);
  return {
    papers: await rows.count('papers'),
    epoch: typeof epoch?.value === 'number' ? epoch.value : 0,
    ...(typeof waiting?.value === 'number' && { waitsSince: waiting.value }),
  };
}

export interface Counted extends Canary {
  /** Of the parts that have changed, the count at the change before this one. */
  readonly after: Partial<Record<CopiedPart, number>>;
}

/**
 * After a loss the count goes on from the canary's, so that the next visit does not report it again.
 * @param parts what has changed: the count is noted for each, to be held against its copies.
 * @param copiesWait what was lost could not be put back at this visit: it is noted, since the count hides it.
 */
export async function countChange(
  rows: Rows<LibrarySchema>,
  noted: Canary | undefined,
  parts: readonly CopiedPart[],
  copiesWait = false,
): Promise<Counted> {
  const [{ papers, epoch: counted }, before] = await Promise.all([countRows(rows), countParts(rows)]);
  const epoch = Math.max(counted, noted?.epoch ?? 0) + 1;
  rows.put('meta', { key: 'epoch', value: epoch });
  // Unless another tab has put it back.
  if (copiesWait && noted && counted < noted.epoch) rows.put('meta', { key: WAITING, value: noted.epoch });
  for (const part of parts) rows.put('meta', { key: part, value: epoch });
  return { papers, epoch, after: Object.fromEntries(parts.map((part) => [part, before[part]])) };
}

/** The count at the last change of each part; 0 where it was never changed. */
export async function countParts(rows: Rows<LibrarySchema>): Promise<Record<CopiedPart, number>> {
  const [papers, made] = await Promise.all([rows.get('meta', 'papers'), rows.get('meta', 'made')]);
  const numberOf = (row: typeof papers) => (typeof row?.value === 'number' ? row.value : 0);
  return { papers: numberOf(papers), made: numberOf(made) };
}

/** What came back from copies and the reader has not put away: noted with the restoring, since a page may die before it tells. */
export async function readDamage(database: Database<LibrarySchema>): Promise<Restored | undefined> {
  return (await database.read(['meta'], (rows) => rows.get('meta', DAMAGE)))?.value as Restored | undefined;
}

/** Copies are back, or there are none. */
export function waitNoMore(rows: Rows<LibrarySchema>): void {
  rows.delete('meta', WAITING);
}

export function noteDamage(rows: Rows<LibrarySchema>, restored: Restored): void {
  rows.put('meta', { key: DAMAGE, value: restored });
}

export async function forgetDamage(database: Database<LibrarySchema>): Promise<void> {
  await database.change(['meta'], async (rows) => rows.delete('meta', DAMAGE));
}
