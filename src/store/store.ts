import { createDerivedTables, type DerivedTables } from './derived.ts';
import { type FirstStore, openFirstStore, type StoreEvents } from './first-store.ts';
import { createTurns, type Turns } from './turns.ts';

export type { Snapshot, SnapshotReport } from './backup.ts';
export type { Restored } from './copies.ts';
export { StoreError } from './database.ts';
export type { FirstStore } from './first-store.ts';
export type { AddReport, LibraryPart, MergeReport, Offered } from './library.ts';
export type { GroupName, Mark, Note, Opinion, StoredModel, StoredTopic } from './names.ts';
export type { TagsOf } from './rows.ts';
export type { TopicEdit, TopicsChange } from './topic-change.ts';
export type { Turn } from './turns.ts';
export type { RowChange, UndoReport } from './undo.ts';
export type { StoredVectors, VectorEntry } from './vectors.ts';

/**
 * Everything Sheaf keeps: with what can be made or fetched again. `vectors` and its
 * kin are by model: vectors of two models never meet. `putClustering` takes the
 * place of any clustering before it. `modelFile` gives the bytes of a file of a
 * model, kept by `putModelFile`. `deleteVectors` with neither argument deletes all.
 */
export interface Store extends FirstStore, DerivedTables, Pick<Turns, 'inTurn' | 'onVectors'> {}

/** Adds what works on vectors and models, whose database is open already. */
export function completeStore(first: FirstStore): Store {
  const turns = createTurns(first.derived);
  return {
    ...first,
    ...createDerivedTables(first.derived, turns.tell),
    inTurn: turns.inTurn,
    onVectors: turns.onVectors,
    close() {
      first.close();
      turns.close();
    },
  };
}

/** All of it at once, where no list waits. See {@link openFirstStore}. */
export async function openStore(events: StoreEvents = {}): Promise<Store> {
  return completeStore(await openFirstStore(events));
}
