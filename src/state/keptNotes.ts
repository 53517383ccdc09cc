import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { FirstStore, Note } from '../store/store.ts';
import type { Notices } from './notices.ts';

/** What the reader has written about papers, as it is kept. */
export interface KeptNotes {
  readonly list: Accessor<readonly Note[]>;
  /** Ids of the papers that have one, those too that were removed since. */
  readonly papers: Accessor<ReadonlySet<string>>;
  readonly loaded: Accessor<boolean>;
  /** Empty where there is none. */
  readonly textOf: (paperId: string) => string;
  load(): Promise<void>;
  /** Reads them again, and rejects where it cannot. */
  reread(): Promise<void>;
}

export function createKeptNotes(store: Promise<FirstStore>, notices: Notices): KeptNotes {
  const [list, setList] = createSignal<readonly Note[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const texts = createMemo(() => new Map(list().map((note) => [note.paper, note.text])));
  const reread = async () => void setList(await (await store).notes());
  const load = async () => {
    await reread().catch((error) => notices.fail(error));
    setLoaded(true);
  };
  void store.then((opened) =>
    opened.onChanged((part) => {
      if (part === 'notes') reread().catch((error) => notices.fail(error));
    }),
  );
  return {
    list,
    papers: createMemo(() => new Set(texts().keys())),
    loaded,
    textOf: (paper) => texts().get(paper) ?? '',
    load,
    reread,
  };
}
