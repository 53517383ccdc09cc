import type { Ranker } from '../engine/ranker.ts';
import { contentKey } from '../paper/text.ts';
import type { Store } from '../store/store.ts';
import type { Matrix } from '../vector/matrix.ts';
import type { Meaning } from './meaning.ts';
import { gather } from './unread.ts';

export interface NoteVectors {
  /**
   * Brings the ranker the vectors of these notes, by paper, that it does not have: kept ones, and what the model
   * reads now. Gives whether there were any.
   */
  bring(notes: ReadonlyMap<string, string>): Promise<boolean>;
  /** The ranker has dropped the vector of a paper's note. */
  forget(paper: string): void;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly ranker: Pick<Ranker, 'setNoteVectors'>;
  readonly meaning: Pick<Meaning, 'complete' | 'modelId' | 'embedSentences'>;
}

/** Notes embedded at once: a query comes between two batches. */
const BATCH = 16;

/** Vectors of notes lie beside those of papers, and are forgotten with them. */
export const keptUnder = (model: string) => `${model} notes`;

type Entry = readonly [paper: string, text: string];

export function createNoteVectors({ store, ranker, meaning }: Parts): NoteVectors {
  /** Model and text of each note whose vector the ranker has. */
  const sent = new Map<string, string>();
  const keyOf = (model: string, text: string) => `${model} ${contentKey(text)}`;

  /** False where another model has taken over meanwhile: these are of none that answers. */
  const send = async (model: string, notes: readonly Entry[], matrix: Matrix): Promise<boolean> => {
    if (meaning.modelId() !== model) return false;
    await ranker.setNoteVectors(
      notes.map(([paper]) => paper),
      matrix,
    );
    for (const [paper, text] of notes) sent.set(paper, keyOf(model, text));
    return true;
  };

  /** Sends what is kept of them; gives the rest. */
  const sendKept = async (model: string, notes: readonly Entry[]): Promise<readonly Entry[]> => {
    const kept = await (await store).vectors(keptUnder(model));
    const rowOf = new Map(kept.ids.map((id, row) => [id, row]));
    const known: Entry[] = [];
    const rows: number[] = [];
    const rest: Entry[] = [];
    for (const note of notes) {
      const row = rowOf.get(note[0]);
      if (row === undefined || kept.keys[row] !== contentKey(note[1])) rest.push(note);
      else {
        known.push(note);
        rows.push(row);
      }
    }
    if (known.length > 0) await send(model, known, gather(kept, rows));
    return rest;
  };

  return {
    forget: (paper) => void sent.delete(paper),
    async bring(notes) {
      const model = meaning.modelId();
      // Papers first: without them there is nothing to search.
      if (!model || !meaning.complete()) return false;
      const missing = [...notes].filter(([paper, text]) => text && sent.get(paper) !== keyOf(model, text));
      if (missing.length === 0) return false;
      const fresh = await sendKept(model, missing);
      for (let at = 0; at < fresh.length; at += BATCH) {
        const some = fresh.slice(at, at + BATCH);
        const matrix = await meaning.embedSentences(some.map(([, text]) => text));
        if (!(await send(model, some, matrix))) return false;
        const { columns, data } = matrix;
        const entries = some.map(([id, text], row) => ({
          id,
          key: contentKey(text),
          vector: data.slice(row * columns, (row + 1) * columns),
          cut: false,
        }));
        // A full disk costs the next visit time, not this one its search.
        await (await store).putVectors(keptUnder(model), columns, entries).catch(() => undefined);
      }
      return true;
    },
  };
}
