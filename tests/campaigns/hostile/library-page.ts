/** A page with a library and the store below it and nothing else, reached as `sheaf` from tests. It runs in Node as well. */
import { createRoot } from 'solid-js';
import { createLibrary } from '../../../src/state/library.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import type { MadeLibrary } from './libraries.ts';

export interface Shelf {
  readonly kind: Store['kind'];
  readonly store: Store;
  /** As a reader's file comes in; why it was refused, where it was. */
  add(text: string): Promise<{ refused?: string; error?: string; added: number }>;
  backup(): Promise<{ text: string; leftOut: number }>;
  close(): void;
}

export async function openShelf(): Promise<Shelf> {
  const store = await openStore();
  const { library, dispose } = createRoot((dispose) => {
    const library = createLibrary(Promise.resolve(store), 'http://127.0.0.1/none', createNotices(), () => {});
    return { library, dispose };
  });
  return {
    kind: store.kind,
    store,
    add: (text) =>
      library.add(text).then(
        ({ added }) => ({ added: added.length }),
        (error: Error) => ({ refused: error.message, error: error.name, added: 0 }),
      ),
    async backup() {
      const { text, leftOut } = await library.backup();
      return { text, leftOut: leftOut.length };
    },
    close() {
      dispose();
      store.close();
    },
  };
}

/** All that chance has made, put where a reader would have put it; what is said of a paper that is not there goes to another. */
export async function fill({ store, add }: Shelf, made: MadeLibrary): Promise<void> {
  await add(made.list);
  const papers = await store.papers();
  const idOf = (at: number) => papers[at % papers.length]?.id ?? '';
  for (const topic of made.topics) await store.putTopic(topic);
  await store.putOpinions(made.opinions.map((opinion) => ({ ...opinion, paper: idOf(opinion.paper) })));
  await store.markAll(made.marks.map((mark) => ({ ...mark, paper: idOf(mark.paper) })));
  for (const note of made.notes) await store.putNote({ ...note, paper: idOf(note.paper) });
  for (const name of made.groupNames) await store.nameGroup(name);
}

const bytes = (_: string, value: unknown) =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? [...new Uint8Array(value instanceof ArrayBuffer ? value : value.buffer)]
    : value;

/** Every row of every object store of every database, as one text. */
export async function dump(): Promise<string> {
  const parts: string[] = [];
  for (const { name = '', version } of await indexedDB.databases()) {
    const opening = indexedDB.open(name, version);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const database = opening.result;
    const stores = [...database.objectStoreNames];
    const reading = database.transaction(stores);
    for (const store of stores) {
      const [rows, keys] = [reading.objectStore(store).getAll(), reading.objectStore(store).getAllKeys()];
      await new Promise((resolve) => {
        keys.onsuccess = resolve;
      });
      parts.push(JSON.stringify([name, version, store, keys.result, rows.result], bytes));
    }
    database.close();
  }
  return parts.sort().join('\n');
}

const sheaf = { openShelf, fill, dump };
export type LibraryPage = typeof globalThis & { sheaf: typeof sheaf; shelf: Shelf };
Object.assign(globalThis, { sheaf });
