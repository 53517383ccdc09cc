import { mergeSnapshot, readSnapshot, type Snapshot } from './backup.ts';
import { type Canary, isLoss, writeCanary } from './canary.ts';
import { COPIED, type CopiedPart, type Copy, type Restored, readCopies, restoreCopies } from './copies.ts';
import { COUNTED, countChange, countRows, noteDamage, waitNoMore } from './counting.ts';
import type { Database, Rows } from './database.ts';
import { type Change, keepChange, lastOfWhole, readChanges, redoChanges } from './journal.ts';
import { createMemoryDatabase } from './memory.ts';
import { LIBRARY, type LibrarySchema } from './names.ts';

/** Setting that says which papers the site's list has brought. */
const SITE_LIST = 'site-list';

const STORES = [...COPIED.papers, ...COPIED.made, 'meta' as const];

/**
 * Puts the newest copies in the place of what is left of a damaged library, and does again what was changed since, in
 * one transaction; undefined where there is neither. Where copies have waited for room, they come under what was made
 * meanwhile, as a backup does.
 * @throws where there is no room, or copies cannot be read now.
 */
export async function restoreLibrary(
  database: Database<LibrarySchema>,
  noted: Canary | undefined,
): Promise<Restored | undefined> {
  const [copies, all] = await Promise.all([readCopies(), readChanges()]);
  const { waitsSince: since } = await database.read(COUNTED, countRows);
  // What was changed while they waited is here.
  const changes = since === undefined ? all : all.filter(({ epoch }) => epoch <= since);
  const past = since === undefined ? undefined : await readPast(copies, changes);
  const { restored, canary } = await database.change(STORES, async (rows) => {
    const found = await countRows(rows);
    // Another tab may have been first.
    if (!isLoss(found, noted) || found.waitsSince !== since) return {};
    waitNoMore(rows);
    // That a library was put back is no part of it.
    if (copies.length === 0 && changes.every(({ steps }) => steps.length === 0)) return {};
    if (past) await putUnder(rows, past);
    else await putBack(rows, copies, changes, found.epoch);
    const { after, ...reached } = reach(copies, changes, since ?? noted?.epoch ?? 0);
    // It would say of papers that are not here that the reader has removed them.
    if (after.papers === undefined) rows.delete('settings', SITE_LIST);
    const restored = { papers: await rows.count('papers'), ...reached };
    noteDamage(rows, restored);
    return { restored, canary: { ...(await countChange(rows, noted, ['papers', 'made'])), after } };
  });
  if (canary) {
    // What comes after it stands on what was put back.
    await keepChange(canary, [], false);
    writeCanary(canary);
  }
  return restored;
}

const epochsOf = (copies: readonly Copy[]) =>
  Object.fromEntries(copies.map(({ part, epoch }) => [part, epoch]));

/** Of what is left, a copy takes the place. */
async function putBack(
  rows: Rows<LibrarySchema>,
  copies: readonly Copy[],
  changes: readonly Change[],
  epoch: number,
): Promise<void> {
  await restoreCopies(rows, copies, epoch);
  redoChanges(rows, changes, epochsOf(copies));
}

interface Past extends Snapshot {
  readonly settings: readonly LibrarySchema['settings']['value'][];
}

/** The library as it was before the loss. */
async function readPast(copies: readonly Copy[], changes: readonly Change[]): Promise<Past> {
  const past = createMemoryDatabase(LIBRARY);
  return past.change(STORES, async (rows) => {
    await putBack(rows, copies, changes, 0);
    return { ...(await readSnapshot(rows)), settings: await rows.getAll('settings') };
  });
}

async function putUnder(rows: Rows<LibrarySchema>, { settings, ...past }: Past): Promise<void> {
  await mergeSnapshot(rows, past);
  const here = new Set((await rows.getAll('settings')).map(({ key }) => key));
  for (const setting of settings) if (!here.has(setting.key)) rows.put('settings', setting);
}

/**
 * Up to when the library comes back, whether that is all that was acknowledged, and the last changes of its complete parts.
 * @param last change that is known of.
 */
function reach(copies: readonly Copy[], changes: readonly Change[], last: number) {
  const byEpoch = new Map(changes.map((change) => [change.epoch, change]));
  const after: Partial<Record<CopiedPart, number>> = {};
  for (const part of ['papers', 'made'] as const) {
    const copied = copies.find((copy) => copy.part === part)?.epoch ?? 0;
    const known = Math.max(0, ...copies.map(({ changed }) => changed[part]));
    const reached = lastOfWhole(part, copied, known, byEpoch);
    if (reached !== undefined) after[part] = reached;
  }
  const newest = Math.max(0, ...[...copies, ...changes].map(({ epoch }) => epoch));
  const whole = after.papers !== undefined && after.made !== undefined && newest >= last;
  const times = copies.map(({ savedAt }) => savedAt).sort();
  if (times.length === 0 || whole)
    times.unshift([...times, ...changes.map(({ savedAt }) => savedAt)].sort().at(-1) ?? '');
  return { savedAt: times[0] ?? '', whole, after };
}
