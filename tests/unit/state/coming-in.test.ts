import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AddressBar } from '../../../src/state/address.ts';
import { createImports } from '../../../src/state/imports.ts';
import { createLibrary } from '../../../src/state/library.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

/** As the system hands files over; one without a text is gone. */
let launch: (files: { name: string; text?: string; size?: number }[]) => Promise<unknown>;
beforeEach(() => {
  vi.stubGlobal('location', { hash: '', search: '' });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('launchQueue', {
    setConsumer(take: (given: unknown) => Promise<void>) {
      launch = (files) =>
        take({
          files: files.map(({ name, text, size = 1 }) => ({
            getFile: async () => ({
              name,
              size,
              text: () => (text === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(text)),
            }),
          })),
        });
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  createRoot(() => {
    const store = openStore();
    const notices = createNotices();
    const library = createLibrary(store, 'http://127.0.0.1/none', notices, () => {});
    const bar = { address: () => ({ page: 'add' }), go: () => {} } as unknown as AddressBar;
    return { library, imports: createImports(library, bar, notices) };
  });

const BIB = '@article{a, title = {Of the bib}, year = 2020}';
const CSV = 'x,y\nOf the table,1\nOf the row,2\n';
const named = (name: string, text: string) => ({ name, read: async () => text });
const byColumn = (at: number) => ({
  columns: [at === 0 ? 'title' : undefined, at === 1 ? 'title' : undefined],
  named: true,
});

it('columns that are chosen again take back their table and no other file', async () => {
  const { library, imports } = open();
  const titles = () =>
    library
      .papers()
      .map(({ title }) => title)
      .sort();
  await imports.add([named('a.bib', BIB), named('b.csv', CSV)]);
  await imports.addTable(byColumn(0) as never);
  expect(titles()).toEqual(['Of the bib', 'Of the row', 'Of the table']);

  // What cannot be taken back is told, and stays.
  const undo = vi.spyOn(library, 'undo').mockRejectedValueOnce(new Error('No room.'));
  await imports.chooseColumns();
  expect(imports.problem()).toContain('No room.');
  expect(imports.table()).toBeUndefined();
  expect(imports.report()?.added).toHaveLength(3);
  undo.mockRestore();

  await imports.chooseColumns();
  expect(imports.table()?.name).toBe('b.csv');
  expect(titles()).toEqual(['Of the bib']);
  expect(imports.report()?.added).toHaveLength(1);
  await imports.addTable(byColumn(0) as never);
  await imports.undo();
  expect(titles()).toEqual([]);
});

it('what waits is taken out when it has been added, and nothing else', async () => {
  const { imports } = open();
  let come = (_: string) => {};
  const read = new Promise<string>((resolve) => {
    come = resolve;
  });
  imports.setText('2401.00001');
  const adding = imports.add([{ read: () => read }]);
  imports.setText('2401.00001\n2401.00002');
  come('2401.00001');
  await adding;
  expect(imports.text()).toBe('2401.00002');

  await launch([
    { name: 'good.bib', text: BIB },
    { name: 'bad.json', text: '{"papers": [' },
  ]);
  // Files picked beside them are no files received.
  await imports.add([named('other.txt', '2401.00003')]);
  expect(imports.received()).toHaveLength(2);
  await imports.add(
    imports.received().map((from) => ({ name: from.name, from, read: async () => from.text })),
  );
  expect(imports.problem()).toContain('bad.json');
  expect(imports.received().map(({ name }) => name)).toEqual(['bad.json']);
  imports.leaveOut();
  expect([imports.text(), imports.received()]).toEqual(['', []]);
});

it('a file that the system hands over and that cannot be read is told, and the others come', async () => {
  const { imports } = open();
  await launch([{ name: 'gone.bib' }, { name: 'a.bib', text: BIB }]);
  expect(imports.received()).toEqual([{ name: 'a.bib', text: BIB }]);
  expect(imports.problem()).toMatch(/^This file could not be read: it may have been moved/);
  await launch([{ name: 'film.mp4', text: 'x', size: 3_000_000_000 }]);
  expect(imports.received()).toHaveLength(1);
  expect(imports.problem()).toBe('This file has more than 200 MB: so much is not read at once.');
});

it('what is done with papers that are shown already comes after the site’s list is written', async () => {
  const list = JSON.stringify({ papers: [{ title: 'One' }, { title: 'Two' }] });
  vi.stubGlobal('fetch', async () => new Response(list));
  const opened = await openStore();
  let write = () => {};
  const written = new Promise<void>((resolve) => {
    write = resolve;
  });
  const slow: typeof opened = {
    ...opened,
    async offerPapers(offer) {
      await written;
      return opened.offerPapers(offer);
    },
  };
  const library = createRoot(() =>
    createLibrary(Promise.resolve(slow), 'http://127.0.0.1/papers.json', createNotices(), () => {}),
  );
  const loading = library.load();
  await vi.waitFor(() => expect(library.papers()).toHaveLength(2));
  const removing = library.remove([library.papers()[0]?.id ?? '']);
  const adding = library.add('[{"title": "Two"}]');
  write();
  await Promise.all([loading, removing]);
  expect(library.papers().map(({ title }) => title)).toEqual(['Two']);
  expect(await adding).toMatchObject({ added: [], unchanged: [expect.any(String)] });
});
