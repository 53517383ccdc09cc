import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import { mergeEdits } from '../paper/note.ts';
import { type FirstStore, StoreError } from '../store/store.ts';
import type { KeptNotes } from './keptNotes.ts';
import { sentenceOf } from './notices.ts';
import type { Undo } from './topicChanges.ts';

/** A note while it is written. */
export interface Draft {
  readonly text: string;
  /** What was kept when this began to differ from it. */
  readonly base: string;
  /** `typed`: it waits to be kept. */
  readonly state: 'typed' | 'saving' | 'kept' | 'failed';
  /** Why it could not be kept. */
  readonly sentence?: string;
}

/** What the reader writes about papers. It is kept as one types; what could not be kept stays here as a draft. */
export interface Notes extends KeptNotes {
  /** The draft where there is one, else as kept; empty where there is none. */
  readonly textOf: (paperId: string) => string;
  readonly draftOf: (paperId: string) => Draft | undefined;
  /** The text as it is now; kept a moment after the last letter. */
  type(paperId: string, text: string): void;
  /** Keeps what was typed now. Never rejects: the draft tells what went wrong. */
  save(paperId: string): Promise<void>;
  /** Whatever was typed anywhere. */
  saveAll(): Promise<void>;
  /** Takes away at once what is there, whichever tab wrote it. The way back keeps what was written since. */
  remove(paperId: string): Promise<Undo>;
}

/** After the last letter, milliseconds: a pause in typing, not each letter, is a write to the disk. */
const PAUSE = 500;
/** A note for which there was no room is tried again, milliseconds: room may be made outside of this page. */
const AGAIN = 10_000;

export function createNotes(kept: KeptNotes, store: Promise<FirstStore>): Notes {
  const [drafts, setDrafts] = createSignal<ReadonlyMap<string, Draft>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const running = new Map<string, Promise<void>>();
  let asked = false;

  const setDraft = (paper: string, draft: Draft) => setDrafts((before) => new Map(before).set(paper, draft));
  const dropDraft = (paper: string) =>
    setDrafts((before) => new Map([...before].filter(([id]) => id !== paper)));
  const draftOf = (paper: string) => drafts().get(paper);
  const now = (paper: string) => untrack(() => draftOf(paper));

  /** Another tab's text is shown where nothing waits here; what waits is merged when it is kept. */
  createEffect(
    on(kept.list, () => {
      for (const [paper, draft] of untrack(drafts)) {
        const text = untrack(() => kept.textOf(paper));
        if (draft.state === 'kept' && draft.text === draft.base && draft.text.trim() !== text.trim())
          setDraft(paper, { text, base: text, state: 'kept' });
      }
    }),
  );

  const later = (paper: string, wait = PAUSE) => {
    clearTimeout(timers.get(paper));
    timers.set(
      paper,
      setTimeout(() => void save(paper), wait),
    );
  };

  const keep = async (paper: string): Promise<void> => {
    const draft = now(paper);
    if (!draft || draft.text === draft.base) return;
    const sent = draft.text;
    setDraft(paper, { text: sent, base: draft.base, state: 'saving' });
    try {
      const note = { paper, text: sent, editedAt: new Date().toISOString() };
      const opened = await store;
      const text = await opened.editNote(note, draft.base);
      // What somebody wrote is worth asking the browser to keep when the disk is full.
      if (!asked) void opened.persist().catch(() => undefined);
      asked = true;
      await kept.reread();
      const typed = now(paper)?.text ?? sent;
      // Only space is no note, but may be the beginning of one.
      const base = text.trim() ? text : sent;
      const merged = mergeEdits(sent, typed, base);
      setDraft(paper, { text: merged, base, state: merged === base ? 'kept' : 'typed' });
      if (merged !== base) later(paper);
    } catch (error) {
      const { text, base } = now(paper) ?? draft;
      setDraft(paper, { text, base, state: 'failed', sentence: sentenceOf(error) });
      if (error instanceof StoreError && error.kind === 'full') later(paper, AGAIN);
    }
  };

  /** One after another: each is made of what the one before has kept. */
  const save = (paper: string): Promise<void> => {
    clearTimeout(timers.get(paper));
    const turn = (running.get(paper) ?? Promise.resolve()).then(() => keep(paper));
    running.set(paper, turn);
    return turn;
  };
  const saveAll = async () => {
    await Promise.all([...untrack(drafts).keys()].map(save));
  };

  watchPage(saveAll, () =>
    [...untrack(drafts).values()].some(({ text, base, state }) => text !== base && state !== 'kept'),
  );

  return {
    ...kept,
    textOf: (paper) => draftOf(paper)?.text ?? kept.textOf(paper),
    draftOf,
    type(paper, text) {
      const base = now(paper)?.base ?? untrack(() => kept.textOf(paper));
      setDraft(paper, { text, base, state: 'typed' });
      later(paper);
    },
    save,
    saveAll,
    async remove(paper) {
      await save(paper);
      const opened = await store;
      const draft = now(paper);
      const gone = await opened.putNote({ paper, text: '', editedAt: '' });
      const typed = now(paper);
      // What was typed meanwhile is the beginning of another note.
      if (typed && typed.text !== draft?.text)
        setDraft(paper, { text: typed.text, base: '', state: 'typed' });
      else dropDraft(paper);
      await kept.reread();
      return async () => {
        if (!gone) return;
        await save(paper);
        await opened.editNote({ ...gone, editedAt: new Date().toISOString() }, '');
        const waits = now(paper);
        if (waits?.text === waits?.base) dropDraft(paper);
        await kept.reread();
      };
    },
  };
}

/** What was typed is kept before the page goes away; where that cannot be, the browser asks. */
function watchPage(saveAll: () => Promise<void>, waiting: () => boolean): void {
  // Absent where the site's code runs in Node.
  if (typeof document === 'undefined') return;
  const onHidden = () => {
    if (document.visibilityState === 'hidden') void saveAll();
  };
  const onLeave = (event: BeforeUnloadEvent) => {
    if (!waiting()) return;
    void saveAll();
    event.preventDefault();
  };
  document.addEventListener('visibilitychange', onHidden);
  addEventListener('pagehide', saveAll);
  addEventListener('beforeunload', onLeave);
  onCleanup(() => {
    document.removeEventListener('visibilitychange', onHidden);
    removeEventListener('pagehide', saveAll);
    removeEventListener('beforeunload', onLeave);
  });
}
