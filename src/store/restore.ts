import { type Canary, isLoss, writeCanary } from './canary.ts';
import { COPIED, type CopiedPart, type Copy, type Restored, readCopies, restoreCopies } from './copies.ts';
import { countChange, countRows, noteDamage, waitNoMore } from './counting.ts';
import type { Database } from './database.ts';
import { type Change, keepChange, lastOfWhole, readChanges, redoChanges } from './journal.ts';
import type { LibrarySchema } from './names.ts';

/** Setting that says which papers the site's list has brought. */
const SITE_LIST = 'site-list';

/**
 * Puts the newest copies in the place of what is left of a damaged library, and does again what was changed since, in
 * one transaction; undefined where there is neither.
 */
export async function restoreLibrary(
  database: Database<LibrarySchema>,
  noted: Canary | undefined,
): Promise<Restored | undefined> {
  const [copies, changes] = await Promise.all([readCopies(), readChanges()]);
  const copied = Object.fromEntries(copies.map(({ part, epoch }) => [part, epoch]));
  const stores = [...COPIED.papers, ...COPIED.made, 'meta' as const];
  const { restored, canary } = await database.change(stores, async (rows) => {
    const found = await countRows(rows);
    // Another tab may have been first.
    if (!isLoss(found, noted)) return {};
    waitNoMore(rows);
    // That a library was put back is no part of it.
    if (copies.length === 0 && changes.every(({ steps }) => steps.length === 0)) return {};
    await restoreCopies(rows, copies, found.epoch);
    redoChanges(rows, changes, copied);
    const { after, ...reached } = reach(copies, changes, noted);
    // It would say of papers that are not here that the reader has removed them.
    if (after.papers === undefined) rows.delete('settings', SITE_LIST);
    const restored = { papers: await rows.count('papers'), ...reached };
    noteDamage(rows, restored);
    return { restored, canary: { ...(await countChange(rows, noted, ['papers', 'made'])), after } };
  });
  if (canary) {
    // What comes after it stands on what was put back.
    await keepChange(canary, [], true);
    writeCanary(canary);
  }
  return restored;
}

/** Up to when the library comes back, whether that is all that was acknowledged, and the last changes of its complete parts. */
function reach(copies: readonly Copy[], changes: readonly Change[], noted: Canary | undefined) {
  const byEpoch = new Map(changes.map((change) => [change.epoch, change]));
  const after: Partial<Record<CopiedPart, number>> = {};
  for (const part of ['papers', 'made'] as const) {
    const copied = copies.find((copy) => copy.part === part)?.epoch ?? 0;
    const noted = Math.max(0, ...copies.map(({ changed }) => changed[part]));
    const last = lastOfWhole(part, copied, noted, byEpoch);
    if (last !== undefined) after[part] = last;
  }
  const newest = Math.max(0, ...[...copies, ...changes].map(({ epoch }) => epoch));
  const whole = after.papers !== undefined && after.made !== undefined && newest >= (noted?.epoch ?? 0);
  const times = copies.map(({ savedAt }) => savedAt).sort();
  if (times.length === 0 || whole)
    times.unshift([...times, ...changes.map(({ savedAt }) => savedAt)].sort().at(-1) ?? '');
  return { savedAt: times[0] ?? '', whole, after };
}
