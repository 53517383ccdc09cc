import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { plainNote } from '../paper/note.ts';
import { contentKey } from '../paper/text.ts';
import type { Marks } from './marks.ts';
import type { Meaning } from './meaning.ts';
import type { Notes } from './notes.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

/** What the reader wrote, brought to search: notes and tags by their words, notes by their meaning too. */
export interface Noted {
  /** Grows when search knows what it did not. */
  readonly version: Accessor<number>;
  /** A paper's note as plain words. */
  readonly textOf: (paperId: string) => string | undefined;
}

interface Parts {
  readonly notes: Notes;
  readonly marks: Marks;
  readonly meaning: Pick<Meaning, 'complete' | 'modelId' | 'version' | 'embedSentences'>;
  readonly ranker: Ranker;
  readonly notices: Notices;
}

/** Notes embedded at once: a query comes between two batches. */
const BATCH = 16;

export function createNoted({ notes, marks, meaning, ranker, notices }: Parts): Noted {
  const [version, setVersion] = createSignal(0);
  const texts = createMemo(() => new Map(notes.list().map(({ paper, text }) => [paper, plainNote(text)])));
  const words = createMemo(() => {
    const all = new Map(texts());
    for (const { paper, tags } of marks.all()) {
      if (tags?.length) all.set(paper, [all.get(paper), tags.join(', ')].filter(Boolean).join('\n'));
    }
    return all;
  });

  let known: ReadonlyMap<string, string> = new Map();
  /** Model and text of each note whose vector the ranker has. */
  const embedded = new Map<string, string>();
  let queue = Promise.resolve();

  const bringWords = async () => {
    const wanted = words();
    const gone = [...known.keys()].filter((paper) => !wanted.has(paper));
    const changed = [...wanted].filter(([paper, text]) => known.get(paper) !== text);
    const all = [
      ...gone.map((paper) => ({ paper, text: '' })),
      ...changed.map(([paper, text]) => ({ paper, text })),
    ];
    known = wanted;
    if (all.length === 0) return;
    for (const { paper } of all) embedded.delete(paper);
    await ranker.putNotes(all);
    setVersion((n) => n + 1);
  };

  const bringVectors = async () => {
    const model = meaning.modelId();
    if (!model || !meaning.complete()) return;
    const keyOf = (text: string) => `${model} ${contentKey(text)}`;
    const missing = [...texts()].filter(([paper, text]) => text && embedded.get(paper) !== keyOf(text));
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH);
      const matrix = await meaning.embedSentences(batch.map(([, text]) => text));
      // Another model has taken over meanwhile: these are of none that answers.
      if (meaning.modelId() !== model) return;
      await ranker.setNoteVectors(
        batch.map(([paper]) => paper),
        matrix,
      );
      for (const [paper, text] of batch) embedded.set(paper, keyOf(text));
    }
    if (missing.length > 0) setVersion((n) => n + 1);
  };

  createEffect(
    on([words, meaning.complete, meaning.version], () => {
      queue = queue
        .then(bringWords)
        .then(bringVectors)
        .catch((error) => {
          if (!isStop(error)) notices.warn(sentenceOf(error));
        });
    }),
  );

  return { version, textOf: (paperId) => texts().get(paperId) };
}
