/** The page of the campaigns on storage: the real store, worked by deeds, and what it says is told to the test. */
import type { Paper } from '../../../src/paper/paper.ts';
import { openStore, type RowChange, type Store } from '../../../src/store/store.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { BATCH, type Deed, drawDeed, idOf, type Kept, ofBackup, textOf } from './deeds.ts';
import { makeOld } from './old-versions.ts';

/** What a page says to the test, in its order. */
export type Said =
  | {
      readonly say: 'seen';
      readonly kept: string;
      readonly kind: string;
      readonly lost: boolean;
      readonly restored?: string;
      readonly notice?: string;
    }
  | { readonly say: 'begins'; readonly deed: Deed }
  | { readonly say: 'done'; readonly deed: Deed }
  | { readonly say: 'refused'; readonly deed: Deed; readonly message: string }
  /** What comes now is opening: nothing is lost before. */
  | { readonly say: 'opening' }
  | { readonly say: 'at the point' }
  | { readonly say: 'blocked'; readonly ms: number }
  | { readonly say: 'freed' }
  /** A batch was read in a turn. */
  | { readonly say: 'read'; readonly batch: number; readonly turn: number }
  /** Another tab has kept vectors. */
  | { readonly say: 'heard' }
  | { readonly say: 'over' };

declare global {
  function told(said: Said): Promise<void>;
}

const MODEL = 'model';
let changes: readonly RowChange[] = [];
/** Notes as this tab has seen them last. */
let notesSeen: Readonly<Record<string, string>> = {};

function papers(from: number, to: number): Paper[] {
  return Array.from({ length: to - from }, (_, index) => paper(idOf(from + index), `Paper ${from + index}`));
}

function paper(id: string, title: string): Paper {
  return { id, title, abstract: `Nothing but ${title}. `.repeat(10) };
}

function vectorsOf(batch: number) {
  return Array.from({ length: BATCH }, (_, row) => ({
    id: `${batch} ${row}`,
    key: `${batch}`,
    cut: false,
    vector: new Float32Array([0, 1, 0, 0]),
  }));
}

/** Carries a deed out with the real store. */
export async function carryOut(store: Store, deed: Deed): Promise<void> {
  switch (deed.do) {
    case 'import':
      ({ changes } = await store.addPapers(papers(deed.from, deed.to), null));
      return;
    case 'undo':
      await store.undo(changes);
      return;
    case 'remove':
      return store.removePapers(deed.papers);
    case 'note':
      await store.putNote({ paper: deed.paper, text: deed.text, editedAt: '2026-11-27' });
      return;
    case 'write': {
      const base = notesSeen[deed.paper] ?? '';
      const text = base ? `${base}\n${deed.line}` : deed.line;
      const now = await store.editNote({ paper: deed.paper, text, editedAt: '2026-11-27' }, base);
      notesSeen = { ...notesSeen, [deed.paper]: now };
      return;
    }
    case 'mark':
      await store.markAll(deed.papers.map((id) => ({ paper: id, read: deed.read || undefined })));
      return;
    case 'tag':
      await store.retag((tags) => [...new Set([...tags, deed.tag])], deed.papers);
      return;
    case 'topic':
      await store.changeTopics({
        put: [{ id: deed.id, name: deed.id, sentence: deed.id, order: 1, createdAt: '2026-11-27' }],
        say: deed.papers.map((id) => ({ topic: deed.id, paper: id, said: 'liked' })),
      });
      return;
    case 'drop topic':
      await store.deleteTopic(deed.id);
      return;
    case 'group':
      return store.nameGroup({ id: deed.id, name: deed.name });
    case 'setting':
      return store.putSetting('campaign', deed.value);
    case 'backup': {
      const [first, second] = ofBackup(deed.n);
      const at = { createdAt: '2026-11-27' };
      await store.mergeSnapshot({
        papers: [paper(first, first), paper(second, second)],
        notes: [{ paper: first, text: `backup ${deed.n}`, editedAt: '2026-11-27' }],
        marks: [{ paper: second, read: `backup ${deed.n}` }],
        topics: [{ id: `b${deed.n}`, name: `b${deed.n}`, sentence: 'Of a backup.', order: 2, ...at }],
        opinions: [{ topic: `b${deed.n}`, paper: first, said: 'liked' }],
        groupNames: [],
      });
      return;
    }
    case 'vectors':
      return store.inTurn(MODEL, new AbortController().signal, (turn) =>
        store.putVectors(MODEL, 4, vectorsOf(deed.batch), turn),
      );
    case 'model':
      return store.putModelFile('model', 'file', noise(deed.bytes));
    case 'copy':
      return store.keepCopy();
  }
}

/** All that is kept, as it is compared. */
export async function look(store: Store): Promise<string> {
  const [list, topics, opinions, marks, notes, groups, setting, vectors] = await Promise.all([
    store.papers(),
    store.topics(),
    store.opinions(),
    store.marks(),
    store.notes(),
    store.groupNames(),
    store.setting<number>('campaign'),
    store.vectors(MODEL),
  ]);
  const rows = new Map<string, number>();
  for (const key of vectors.keys) rows.set(key, (rows.get(key) ?? 0) + 1);
  const kept: Kept = {
    papers: list.map(({ id }) => id),
    notes: Object.fromEntries(notes.map((note) => [note.paper, note.text])),
    read: Object.fromEntries(marks.flatMap((mark) => (mark.read ? [[mark.paper, mark.read]] : []))),
    tags: Object.fromEntries(marks.flatMap((mark) => (mark.tags ? [[mark.paper, mark.tags]] : []))),
    topics: topics.map(({ id }) => id),
    opinions: opinions.map((opinion) => `${opinion.topic} ${opinion.paper}`),
    groups: Object.fromEntries(groups.map(({ id, name }) => [id, name])),
    setting: setting ?? 0,
    vectors: [...rows]
      .filter(([, count]) => count === BATCH)
      .map(([batch]) => Number(batch))
      .sort((a, b) => a - b),
  };
  notesSeen = kept.notes;
  const half = [...rows].filter(([, count]) => count !== BATCH).map(([batch]) => batch);
  if (half.length > 0) throw new Error(`batches ${half.join()} are kept in part`);
  return textOf(kept);
}

/** One deed, told before and after. */
export async function work(store: Store, deed: Deed): Promise<void> {
  void told({ say: 'begins', deed });
  try {
    await carryOut(store, deed);
    void told({ say: 'done', deed });
  } catch (error) {
    void told({ say: 'refused', deed, message: String((error as Error).message) });
  }
}

/** As if the browser had damaged it: without an error, and the canary stays. */
export function dropLibrary(name = 'sheaf-library'): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

/** All that a site keeps here goes, as on a first visit. */
export async function forgetAll(): Promise<void> {
  await dropLibrary();
  await dropLibrary('sheaf-derived');
  localStorage.clear();
  const root = await navigator.storage.getDirectory();
  for (const folder of ['sheaf-library', 'sheaf-changes'])
    await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
}

export async function openAndTell(): Promise<Store> {
  void told({ say: 'opening' });
  const start = performance.now();
  const store = await openStore({
    onBlocked: () => void told({ say: 'blocked', ms: Math.round(performance.now() - start) }),
    onFreed: () => void told({ say: 'freed' }),
  });
  const { kind, lost, restored, notice } = store;
  const kept = await look(store);
  void told({
    say: 'seen',
    kept,
    kind,
    lost,
    ...(restored ? { restored: restored.savedAt } : {}),
    ...(notice ? { notice } : {}),
  });
  return store;
}

/** Draws deeds until the page dies, or `count` of them. */
export async function workOn(
  store: Store,
  seed: number,
  from: number,
  count = Number.POSITIVE_INFINITY,
): Promise<void> {
  const random = createRandom(seed);
  let last: Deed | undefined;
  for (let n = from; n < from + count; n++) {
    last = drawDeed(random, n, last);
    await work(store, last);
  }
  void told({ say: 'over' });
}

/** Bytes that nothing makes smaller. */
function noise(bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 50_000) crypto.getRandomValues(all.subarray(at, at + 50_000));
  return all;
}

/** Puts more and more, in smaller and smaller pieces, until the browser has no room for any. */
async function fill(put: (bytes: number, n: number) => Promise<unknown>): Promise<void> {
  let n = 0;
  for (let bytes = 400_000; bytes > 1_000; bytes /= 3) {
    for (let refused = false; !refused; n++) {
      refused = await put(bytes, n).then(
        () => false,
        () => true,
      );
    }
  }
}

/** Fills the disk with what can be made again. */
function fillDerived(store: Store): Promise<void> {
  return fill((bytes, n) => store.putModelFile('filling', `${n}`, noise(bytes)));
}

/** Fills the disk with what the reader brought. */
function fillLibrary(store: Store): Promise<void> {
  return fill((bytes, n) => {
    const pieces = Array.from({ length: Math.ceil(bytes / 30_000) }, () =>
      btoa(String.fromCharCode(...noise(Math.min(bytes, 30_000)))),
    );
    const abstract = pieces.join('');
    return store.addPapers([{ id: `title:filling${n}`, title: `Filling ${n}`, abstract }], null);
  });
}

/** Reads batch after batch, as a tab with a model does, when it is this tab's turn. */
async function read(store: Store, from: number, to: number): Promise<void> {
  store.onVectors(() => void told({ say: 'heard' }));
  await store.inTurn(MODEL, new AbortController().signal, async (turn) => {
    for (let batch = from; batch < to; batch++) {
      // As long as a model takes.
      await new Promise((resolve) => setTimeout(resolve, 100));
      const kept = await store.vectors(MODEL);
      if (kept.keys.includes(`${batch}`)) continue;
      await store.putVectors(MODEL, 4, vectorsOf(batch), turn);
      void told({ say: 'read', batch, turn: turn.number });
    }
  });
  void told({ say: 'over' });
}

const page = {
  read,
  fillDerived,
  fillLibrary,
  openStore,
  openAndTell,
  workOn,
  work,
  look,
  carryOut,
  dropLibrary,
  forgetAll,
  makeOld,
};
export type KeptPage = typeof globalThis & { page: typeof page; store?: Store };
Object.assign(globalThis, { page });
