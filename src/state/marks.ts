import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Mark, Store } from '../store/store.ts';
import { type Notices, sentenceOf } from './notices.ts';

export type MarkKind = 'starred' | 'read';

/** What the reader marked papers with. */
export interface Marks {
  /** Ids of the papers that have it, those too that were removed since: they come back with it. */
  readonly with: (kind: MarkKind) => ReadonlySet<string>;
  /** Marks, or takes the mark away. Gives what it is now, after that is kept. */
  toggle(paperId: string, kind: MarkKind): Promise<boolean>;
  set(paperId: string, kind: MarkKind, on: boolean): Promise<void>;
  /** All that is kept has been read. */
  readonly loaded: Accessor<boolean>;
  load(): Promise<void>;
}

export function createMarks(store: Promise<Store>, notices: Notices): Marks {
  const [marks, setMarks] = createSignal<readonly Mark[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const idsWith = (kind: MarkKind) =>
    createMemo(() => new Set(marks().flatMap((mark) => (mark[kind] ? [mark.paper] : []))));
  const sets = { starred: idsWith('starred'), read: idsWith('read') };

  const reload = async () => setMarks(await (await store).marks());
  const set = async (paperId: string, kind: MarkKind, on: boolean) => {
    const kept = await store;
    await kept.mark(paperId, { [kind]: on ? new Date().toISOString() : undefined });
    await reload();
  };
  /** A key pressed twice at once marks and takes away: one after another. */
  let last: Promise<unknown> = Promise.resolve();

  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'marks') reload().catch((error) => notices.warn(sentenceOf(error)));
    }),
  );

  return {
    with: (kind) => sets[kind](),
    set,
    toggle(paperId, kind) {
      const turn = last.then(async () => {
        const on = !sets[kind]().has(paperId);
        await set(paperId, kind, on);
        return on;
      });
      last = turn.catch(() => {});
      return turn;
    },
    loaded,
    async load() {
      try {
        await reload();
      } catch (error) {
        notices.warn(sentenceOf(error));
      }
      setLoaded(true);
    },
  };
}
