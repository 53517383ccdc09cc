import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Mark, Store } from '../store/store.ts';
import { type Notices, sentenceOf } from './notices.ts';

export type MarkKind = 'starred' | 'read';

/** What the reader marked papers with. */
export interface Marks {
  /** Ids of the papers that have it, those too that were removed since: they come back with it. */
  readonly with: (kind: MarkKind | 'later') => ReadonlySet<string>;
  /** Marks, or takes the mark away. Gives whether it is marked now, after that is kept, and the change that takes it back. */
  toggle(paperId: string, kind: MarkKind): Promise<{ on: boolean; back: readonly Mark[] }>;
  /** What a paper is marked with; undefined where it is with nothing. */
  readonly of: (paperId: string) => Mark | undefined;
  readonly all: Accessor<readonly Mark[]>;
  /** Makes changes together, or none of them. Gives the changes that take them back. */
  change(changes: readonly Mark[]): Promise<readonly Mark[]>;
  /** Other tags for these papers, by default for all that have any. Gives the changes that take it back. */
  retag(
    tagsOf: (tags: readonly string[]) => readonly string[],
    papers?: readonly string[],
  ): Promise<readonly Mark[]>;
  /** A place in the reading list behind all others. */
  lastPlace(): number;
  /** All that is kept has been read. */
  readonly loaded: Accessor<boolean>;
  load(): Promise<void>;
}

export function createMarks(store: Promise<Store>, notices: Notices): Marks {
  const [marks, setMarks] = createSignal<readonly Mark[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const idsWith = (kind: MarkKind) =>
    createMemo(() => new Set(marks().flatMap((mark) => (mark[kind] ? [mark.paper] : []))));
  const sets = { starred: idsWith('starred'), read: idsWith('read'), later: idsWithPlace(marks) };
  const byPaper = createMemo(() => new Map(marks().map((mark) => [mark.paper, mark])));
  const lastPlace = () => marks().reduce((last, { later }) => Math.max(last, later ?? 0), 0) + 1;

  const reload = async () => setMarks(await (await store).marks());
  const change = async (changes: readonly Mark[]) => {
    const before = changes.map((one) => {
      const had = byPaper().get(one.paper);
      const names = Object.keys(one).filter((name) => name !== 'paper') as (keyof Mark)[];
      return { paper: one.paper, ...Object.fromEntries(names.map((name) => [name, had?.[name]])) };
    });
    await (await store).markAll(changes);
    await reload();
    return before;
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
    of: (paperId) => byPaper().get(paperId),
    all: marks,
    lastPlace,
    change,
    async retag(tagsOf, papers) {
      const before = await (await store).retag(tagsOf, papers);
      if (before.length > 0) await reload();
      return before;
    },
    toggle(paperId, kind) {
      const turn = last.then(async () => {
        const on = !sets[kind]().has(paperId);
        const back = await change([{ paper: paperId, [kind]: on ? new Date().toISOString() : undefined }]);
        return { on, back };
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

/** A place may be 0. */
function idsWithPlace(marks: Accessor<readonly Mark[]>) {
  return createMemo(
    () => new Set(marks().flatMap(({ paper, later }) => (later === undefined ? [] : [paper]))),
  );
}
