import { type Canary, isLoss, writeCanary } from './canary.ts';
import { COPIED, type Restored, readCopies, restoreCopies } from './copies.ts';
import { countChange, countRows, noteDamage } from './counting.ts';
import type { Database } from './database.ts';
import type { LibrarySchema } from './names.ts';

/** Puts the newest copies in the place of what is left of a damaged library, in one transaction; undefined where there are none. */
export async function restoreLibrary(
  database: Database<LibrarySchema>,
  noted: Canary | undefined,
): Promise<Restored | undefined> {
  const copies = await readCopies();
  const stores = [...COPIED.papers, ...COPIED.made, 'meta' as const];
  const { restored, canary } = await database.change(stores, async (rows) => {
    const found = await countRows(rows);
    // Another tab may have been first.
    if (!isLoss(found, noted)) return {};
    const restored = await restoreCopies(rows, copies, found.epoch);
    if (!restored) return {};
    noteDamage(rows, restored);
    return { restored, canary: await countChange(rows, noted, ['papers', 'made']) };
  });
  if (canary) writeCanary(canary);
  return restored;
}
