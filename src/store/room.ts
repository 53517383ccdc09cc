import type { DBSchema, StoreNames } from 'idb';
import { dropOlderCopies } from './copies.ts';
import { type Database, StoreError } from './database.ts';
import type { DerivedSchema } from './names.ts';

/*
 * When the disk is full, what can be made again goes first, the cheapest first: vectors and groups need only time,
 * the files of models a network, and the older of two copies is only a precaution.
 */

/** Lets something go, what is cheapest to make again first; false where there is nothing left that may. */
export function createRoomMaker(derived: Database<DerivedSchema>): () => Promise<boolean> {
  const clear = async (...stores: StoreNames<DerivedSchema>[]) =>
    derived.change(stores, async (rows) => {
      const counts = await Promise.all(stores.map((store) => rows.count(store)));
      // Cleared, not deleted row by row: only so the browser gives the room back at once.
      for (const store of stores) rows.clear(store);
      return counts.some((count) => count > 0);
    });
  const steps = [
    () => clear('vectors', 'clusterings'),
    () => clear('models', 'model-files'),
    () => dropOlderCopies(),
  ];
  return async () => {
    for (const step of steps) if (await step().catch(() => false)) return true;
    return false;
  };
}

/**
 * A database for which room is made where there is none.
 * @param onMade told once for each change that needed it.
 */
export function makingRoom<S extends DBSchema>(
  database: Database<S>,
  makeRoom: () => Promise<boolean>,
  onMade: () => void,
): Database<S> {
  return {
    ...database,
    async change(stores, work) {
      for (let made = false; ; made = true) {
        try {
          const result = await database.change(stores, work);
          if (made) onMade();
          return result;
        } catch (error) {
          const full = error instanceof StoreError && error.kind === 'full';
          if (!full || !(await makeRoom())) throw error;
        }
      }
    },
  };
}
