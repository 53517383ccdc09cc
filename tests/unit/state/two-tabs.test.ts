import { createRoot, createSignal } from 'solid-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { createKeptNotes } from '../../../src/state/keptNotes.ts';
import { createLibrary } from '../../../src/state/library.ts';
import { createMarks, tagsBack } from '../../../src/state/marks.ts';
import { createNotes } from '../../../src/state/notes.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { createTags } from '../../../src/state/tags.ts';
import { createTwins } from '../../../src/state/twins.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

const openNotes = (store: Promise<Store>) => createNotes(createKeptNotes(store, createNotices()), store);

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));
afterEach(() => vi.unstubAllGlobals());

const at = '2026-11-27T10:00:00.000Z';

describe('notes', () => {
  const open = async () => {
    const store = await openStore();
    const notes = createRoot(() => openNotes(Promise.resolve(store)));
    await store.putNote({ paper: 'p', text: 'First.', editedAt: at });
    await notes.load();
    // Another tab, of which this one has not heard yet.
    await store.putNote({ paper: 'p', text: 'Newer.', editedAt: at });
    return { store, notes };
  };

  it('one that is removed comes back as it was, beside what was written since', async () => {
    const { store, notes } = await open();
    const undo = await notes.remove('p');
    expect(notes.textOf('p')).toBe('');
    await store.putNote({ paper: 'p', text: 'Since.', editedAt: at });
    await undo();
    for (const text of ['Newer.', 'Since.']) expect(notes.textOf('p')).toContain(text);
  });

  it('what is typed while one is removed stays', async () => {
    const { store, notes } = await open();
    const put = store.putNote;
    vi.spyOn(store, 'putNote').mockImplementation(async (note) => {
      notes.type('p', 'Typed.');
      return put(note);
    });
    const undo = await notes.remove('p');
    expect(notes.textOf('p')).toBe('Typed.');
    await notes.save('p');
    expect((await store.notes()).map(({ text }) => text)).toEqual(['Typed.']);
    await undo();
    for (const text of ['Newer.', 'Typed.']) expect((await store.notes())[0]?.text).toContain(text);
    expect(notes.textOf('p')).toBe((await store.notes())[0]?.text);
  });
});

describe('marks', () => {
  const open = async () => {
    const store = await openStore();
    const marks = createRoot(() => createMarks(Promise.resolve(store), createNotices()));
    return { store, marks };
  };

  it('go back to what they were on the disk', async () => {
    const { store, marks } = await open();
    await store.mark('p', { later: 3 });
    const { undo } = await marks.change([
      { paper: 'p', later: 7 },
      { paper: 'q', later: 8 },
    ]);
    await undo();
    expect(marks.all()).toEqual([{ paper: 'p', later: 3 }]);
  });

  it('a star comes back with its date', async () => {
    const { store, marks } = await open();
    await store.mark('p', { starred: at });
    await marks.load();
    const { on, undo } = await marks.toggle('p', 'starred');
    expect([on, marks.all()]).toEqual([false, []]);
    await undo();
    expect(marks.all()).toEqual([{ paper: 'p', starred: at }]);
  });

  it('tags that came since stay when others are taken back', async () => {
    const { store, marks } = await open();
    const tags = createRoot(() => createTags(marks, { byId: () => undefined }));
    await store.mark('p', { tags: ['old', 'other'] });
    const { papers, undo } = await tags.rename('old', 'new');
    expect(papers).toBe(1);
    await tags.add('since', ['p']);
    await undo();
    expect(marks.of('p')?.tags?.toSorted()).toEqual(['old', 'other', 'since']);
    expect(tagsBack(['a', 'b'], ['b'], ['b'])).toEqual(['a', 'b']);
    expect(tagsBack(['a'], ['a', 'b'], ['c'])).toEqual(['c']);
  });
});

describe('versions of a work', () => {
  const open = (store: ReturnType<typeof openStore>) => {
    const [complete, setComplete] = createSignal<readonly Paper[]>();
    const [version, setVersion] = createSignal(0);
    const ranker = { twins: vi.fn(async () => []) };
    const twins = createRoot(() =>
      createTwins({
        address: () => ({}) as never,
        store,
        library: { byId: () => undefined } as never,
        ranker,
        meaning: { complete, version } as never,
        notices: createNotices(),
      }),
    );
    return { twins, ranker, setComplete, setVersion };
  };

  it('that two tabs part at once are all parted', async () => {
    const store = openStore();
    const [a, b] = [open(store).twins, open(store).twins];
    const [undo] = await Promise.all([a.part('x', 'y'), b.part('x', 'z')]);
    expect(await (await store).setting('not-same')).toHaveLength(2);
    await undo();
    expect(await (await store).setting('not-same')).toEqual([JSON.stringify(['x', 'z'])]);
  });

  it('are looked for once a change', () => {
    const { ranker, setComplete, setVersion } = open(openStore());
    setVersion(1);
    setComplete([]);
    expect(ranker.twins).toHaveBeenCalledTimes(1);
  });
});

it('of the site’s list nothing is shown where the reader has removed all of it', async () => {
  const list = JSON.stringify([{ title: 'Of the site', abstract: 'Of the list.' }]);
  vi.stubGlobal('fetch', async () => new Response(list));
  const open = () =>
    createRoot(() => createLibrary(store, 'http://127.0.0.1/papers.json', createNotices(), () => {}));
  const store = openStore();
  const first = open();
  await first.load();
  expect(first.papers()).toHaveLength(1);
  await first.remove(first.papers().map(({ id }) => id));
  const second = open();
  await second.load();
  expect(second.papers()).toEqual([]);
});
