import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { plainNote } from '../paper/note.ts';
import type { Store } from '../store/store.ts';
import type { Marks } from './marks.ts';
import type { Meaning } from './meaning.ts';
import type { Notes } from './notes.ts';
import { createNoteVectors } from './noteVectors.ts';
import { isStop, type Notices } from './notices.ts';

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
  readonly store: Promise<Store>;
  readonly ranker: Ranker;
  readonly notices: Notices;
}

/** Notes sent to the ranking worker at once: their papers are indexed anew, and a query comes between. */
const SLICE = 50;

export function createNoted({ notes, marks, meaning, store, ranker, notices }: Parts): Noted {
  const [version, setVersion] = createSignal(0);
  const vectors = createNoteVectors({ store, ranker, meaning });
  const texts = createMemo(() => new Map(notes.list().map(({ paper, text }) => [paper, plainNote(text)])));
  const words = createMemo(() => {
    const all = new Map(texts());
    for (const { paper, tags } of marks.all()) {
      if (tags?.length) all.set(paper, [all.get(paper), tags.join(', ')].filter(Boolean).join('\n'));
    }
    return all;
  });

  let known: ReadonlyMap<string, string> = new Map();
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
    for (const { paper } of all) vectors.forget(paper);
    for (let at = 0; at < all.length; at += SLICE) await ranker.putNotes(all.slice(at, at + SLICE));
    setVersion((n) => n + 1);
  };

  const bringVectors = async () => {
    if (await vectors.bring(texts())) setVersion((n) => n + 1);
  };

  createEffect(
    on([words, meaning.complete, meaning.version], () => {
      queue = queue
        .then(bringWords)
        .then(bringVectors)
        .catch((error) => {
          if (!isStop(error)) notices.fail(error);
        });
    }),
  );

  return { version, textOf: (paperId) => texts().get(paperId) };
}
