import { type Canary, isLoss, writeCanary } from './canary.ts';
import { COPIED, type Copy, type Restored, readCopies, restoreCopies } from './copies.ts';
import { countChange, countRows, noteDamage } from './counting.ts';
import type { Database } from './database.ts';
import { type Change, readChanges, redoChanges } from './journal.ts';
import type { LibrarySchema } from './names.ts';

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
    if (copies.length === 0 && changes.length === 0) return {};
    await restoreCopies(rows, copies, found.epoch);
    redoChanges(rows, changes, copied);
    const restored = { papers: await rows.count('papers'), ...reach(copies, changes, noted) };
    noteDamage(rows, restored);
    return { restored, canary: await countChange(rows, noted, ['papers', 'made']) };
  });
  if (canary) writeCanary(canary);
  return restored;
}

/** Up to when the library comes back without a gap, and whether that is all that was acknowledged. */
function reach(
  copies: readonly Copy[],
  changes: readonly Change[],
  noted: Canary | undefined,
): Pick<Restored, 'savedAt' | 'whole'> {
  let epoch = Math.max(0, ...copies.map((copy) => copy.epoch));
  let savedAt = copies.map((copy) => copy.savedAt).sort()[0] ?? changes[0]?.savedAt ?? '';
  for (const change of changes) {
    if (change.epoch !== epoch + 1) continue;
    epoch = change.epoch;
    savedAt = change.savedAt;
  }
  return { savedAt, whole: epoch >= (noted?.epoch ?? 0) };
}
