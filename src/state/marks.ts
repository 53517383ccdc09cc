import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { FirstStore, Mark, TagsOf } from '../store/store.ts';
import type { Notices } from './notices.ts';
import type { Undo } from './topicChanges.ts';

export type MarkKind = 'starred' | 'read';

/** What the reader marked papers with. */
export interface Marks {
  /** Ids of the papers that have it, those too that were removed since: they come back with it. */
  readonly with: (kind: MarkKind | 'later') => ReadonlySet<string>;
  /** Marks, or takes the mark away. Gives what it is now, after that is kept. */
  toggle(paperId: string, kind: MarkKind): Promise<{ readonly on: boolean; readonly undo: Undo }>;
  /** What a paper is marked with; undefined where it is with nothing. */
  readonly of: (paperId: string) => Mark | undefined;
  readonly all: Accessor<readonly Mark[]>;
  /** Makes changes together, or none of them. */
  change(changes: readonly Mark[]): Promise<Marked>;
  /** Other tags for these papers, by default for all that have any. */
  retag(tagsOf: TagsOf, papers?: readonly string[]): Promise<Marked>;
  /** A place in the reading list behind all others. */
  lastPlace(): number;
  /** All that is kept has been read. */
  readonly loaded: Accessor<boolean>;
  load(): Promise<void>;
}

/** What a change of marks did, with the way back. */
export interface Marked {
  /** How many papers changed. */
  readonly papers: number;
  readonly undo: Undo;
}

export function createMarks(store: Promise<FirstStore>, notices: Notices): Marks {
  const [marks, setMarks] = createSignal<readonly Mark[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const idsWith = (kind: MarkKind) =>
    createMemo(() => new Set(marks().flatMap((mark) => (mark[kind] ? [mark.paper] : []))));
  const sets = { starred: idsWith('starred'), read: idsWith('read'), later: idsWithPlace(marks) };
  const byPaper = createMemo(() => new Map(marks().map((mark) => [mark.paper, mark])));
  const lastPlace = () => marks().reduce((last, { later }) => Math.max(last, later ?? 0), 0) + 1;

  const reload = async () => setMarks(await (await store).marks());
  const change = async (changes: readonly Mark[]): Promise<Marked> => {
    const kept = await store;
    const back = await kept.markAll(changes);
    await reload();
    const undo = async () => {
      await kept.markAll(back);
      await reload();
    };
    return { papers: changes.length, undo };
  };
  const retag = async (tagsOf: TagsOf, papers?: readonly string[]): Promise<readonly Mark[]> => {
    const before = await (await store).retag(tagsOf, papers);
    if (before.length > 0) await reload();
    return before;
  };
  /** A key pressed twice at once marks and takes away: one after another. */
  let last: Promise<unknown> = Promise.resolve();

  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'marks') reload().catch((error) => notices.fail(error));
    }),
  );

  return {
    with: (kind) => sets[kind](),
    of: (paperId) => byPaper().get(paperId),
    all: marks,
    lastPlace,
    change,
    async retag(tagsOf, papers) {
      const before = await retag(tagsOf, papers);
      const had = new Map(before.map(({ paper, tags = [] }) => [paper, tags]));
      const undo = async () => {
        const back: TagsOf = (now, paper) => {
          const was = had.get(paper) ?? [];
          return tagsBack(was, tagsOf(was, paper), now);
        };
        await retag(back, [...had.keys()]);
      };
      return { papers: before.length, undo };
    },
    toggle(paperId, kind) {
      const turn = last.then(async () => {
        const on = !sets[kind]().has(paperId);
        const at = on ? new Date().toISOString() : undefined;
        const { undo } = await change([{ paper: paperId, [kind]: at }]);
        return { on, undo };
      });
      last = turn.catch(() => {});
      return turn;
    },
    loaded,
    async load() {
      try {
        await reload();
      } catch (error) {
        notices.fail(error);
      }
      setLoaded(true);
    },
  };
}

/** Tags without a change of them: what came or went since, by other hands, has come or gone. */
export function tagsBack(
  was: readonly string[],
  left: readonly string[],
  now: readonly string[],
): readonly string[] {
  // As it was, in its order, where nothing happened since.
  if (JSON.stringify(now) === JSON.stringify(left)) return was;
  const [known, made] = [new Set(was), new Set(left)];
  const stays = now.filter((tag) => known.has(tag) || !made.has(tag));
  const lost = was.filter((tag) => !made.has(tag) && !stays.includes(tag));
  return [...stays, ...lost];
}

/** A place may be 0. */
function idsWithPlace(marks: Accessor<readonly Mark[]>) {
  return createMemo(
    () => new Set(marks().flatMap(({ paper, later }) => (later === undefined ? [] : [paper]))),
  );
}
