import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle, type Host, launch, PATIENCE_MS, serve } from './harness.ts';
import type { StorePage } from './store-page.ts';

let directory: string;
let profile: string;
let host: Host;
let context: BrowserContext;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sheaf-store-'));
  await bundle({
    configFile: false,
    publicDir: false,
    build: {
      outDir: directory,
      emptyOutDir: true,
      lib: { entry: resolve('tests/browser/store-page.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
  });
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><script type="module" src="page.js"></script>',
  );
  host = await serve(directory);
});
afterAll(async () => {
  await host?.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'sheaf-profile-'));
  context = await launch({ userDataDir: profile });
});
afterEach(async () => {
  await context.close().catch(() => {});
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** A new tab with the store's page. */
async function openTab(prepare?: () => void): Promise<Page> {
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(host.url);
  await page.waitForFunction(() => 'sheaf' in globalThis);
  return page;
}

async function restart(): Promise<Page> {
  await context.close();
  context = await launch({ userDataDir: profile });
  return openTab();
}

/** Opens a store that stays open in the page as `kept`, with what it hears from other tabs. */
async function keepStore(page: Page): Promise<void> {
  const kind = await page.evaluate(async () => {
    const page = globalThis as StorePage;
    const store = await page.sheaf.openStore();
    const heard: string[] = [];
    store.onChanged((part) => heard.push(part));
    page.kept = { store, heard, closed: new Promise((resolve) => store.onClosed(resolve)) };
    return store.kind;
  });
  expect(kind).toBe('indexeddb');
}

/** Runs in the page: adds papers number `from` to `to` and answers with the report's counts. */
function addPapers(page: Page, from: number, to: number) {
  return page.evaluate(
    async ([from, to]) => {
      const { sheaf } = globalThis as StorePage;
      const store = await sheaf.openStore();
      const { added, merged, unchanged } = await store.addPapers(sheaf.makePapers(from, to));
      store.close();
      return [added.length, merged.length, unchanged.length];
    },
    [from, to] as const,
  );
}

function look(page: Page) {
  return page.evaluate(async () => {
    const store = await (globalThis as StorePage).sheaf.openStore();
    const papers = await store.papers();
    const found = {
      kind: store.kind,
      notice: store.notice,
      lost: store.lost,
      ids: papers.map(({ id }) => id),
    };
    store.close();
    return found;
  });
}

describe('papers', () => {
  it('are added, merged, left alone and removed, and are there after a restart', async () => {
    let page = await openTab();
    expect(await addPapers(page, 0, 47)).toEqual([47, 0, 0]);
    expect(await addPapers(page, 40, 50)).toEqual([3, 0, 7]);
    const merged = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const store = await sheaf.openStore();
      const [paper] = sheaf.makePapers(1, 2);
      if (!paper) throw new Error('no paper');
      const report = await store.addPapers([{ ...paper, comments: 9 }]);
      await store.removePapers(sheaf.makePapers(2, 5).map(({ id }) => id));
      return report;
    });
    expect(merged).toMatchObject({ added: [], merged: ['title:paper1'], unchanged: [] });
    page = await restart();
    const found = await look(page);
    expect(found).toMatchObject({ kind: 'indexeddb', lost: false });
    expect(found.notice).toBeUndefined();
    expect(found.ids.length).toBe(47);
    expect(found.ids).not.toContain('title:paper3');
  });

  it('added by two tabs at once are all kept, and each tab hears of the other', async () => {
    const tabs = [await openTab(), await openTab()];
    // Both listen before either writes: each has a paper that the other has not.
    for (const page of tabs) await keepStore(page);
    await Promise.all(
      tabs.map((page, tab) =>
        page.evaluate(async (tab) => {
          const { sheaf, kept } = globalThis as StorePage;
          // Every second paper is added by both.
          for (let n = 0; n < 100; n++)
            await kept.store.addPapers(sheaf.makePapers(n * 2 + tab, n * 2 + tab + 2));
        }, tab),
      ),
    );
    const { ids, lost } = await look(tabs[0] as Page);
    expect(new Set(ids).size).toBe(201);
    expect(lost).toBe(false);
    for (const page of tabs) {
      const heard = () => page.evaluate(() => [...new Set((globalThis as StorePage).kept.heard)]);
      await expect.poll(heard, { timeout: PATIENCE_MS }).toEqual(['papers']);
    }
  });

  it('of an import that the browser dies in are kept whole or not at all', async () => {
    const page = await openTab();
    const acknowledged: number[] = [];
    await page.exposeFunction('acknowledge', (batch: number) => acknowledged.push(batch));
    const dying = page
      .evaluate(async () => {
        const { sheaf } = globalThis as StorePage;
        const { acknowledge } = globalThis as unknown as { acknowledge(batch: number): void };
        const store = await sheaf.openStore();
        for (let batch = 0; batch < 1_000; batch++) {
          await store.addPapers(sheaf.makePapers(batch * 100, batch * 100 + 100));
          acknowledge(batch);
        }
      })
      .catch(() => 'died');
    while (acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
    const client = await context.newCDPSession(page);
    await client.send('Browser.crash' as never).catch(() => {});
    expect(await dying).toBe('died');
    const { ids, kind, lost } = await look(await restart());
    expect({ kind, lost }).toEqual({ kind: 'indexeddb', lost: false });
    expect(ids.length % 100).toBe(0);
    expect(ids.length).toBeGreaterThanOrEqual(acknowledged.length * 100);
  });
});

describe('vectors and models', () => {
  it('of two models never mix, and the newest of a paper counts', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const store = await sheaf.openStore();
      const entry = (id: string, value: number, columns: number, key = 'a') => ({
        id,
        key,
        cut: value > 500,
        vector: new Float32Array(columns).fill(value),
      });
      // Views of one buffer, as an engine's batch gives them.
      const batch = new Float32Array(600 * 4).map((_, index) => Math.floor(index / 4));
      const views = Array.from({ length: 600 }, (_, row) => ({
        ...entry(`p${row}`, row, 4),
        vector: batch.subarray(row * 4, row * 4 + 4),
      }));
      await store.putVectors('one', 4, views);
      await store.putVectors('one/b', 2, [entry('p1', 7, 2)]);
      await store.putVectors('one', 4, [entry('p1', 1_000, 4, 'changed'), entry('p599', 2_000, 4)]);
      for (let n = 600; n < 650; n++) await store.putVectors('one', 4, [entry(`p${n}`, n, 4)]);
      await store.deleteVectors('one', ['p0']);
      const one = await store.vectors('one');
      const two = await store.vectors('one/b');
      const row = (id: string) => {
        const at = one.ids.indexOf(id);
        return [one.keys[at], one.cut[at], ...one.data.subarray(at * 4, at * 4 + 4)];
      };
      await store.deleteVectors('one');
      const left = (await store.vectors('one')).ids.length + (await store.vectors('one/b')).ids.length;
      return {
        rows: one.ids.length,
        numbers: one.data.length,
        columns: [one.columns, two.columns],
        two: [two.ids, [...two.data]],
        shown: ['p0', 'p1', 'p2', 'p599', 'p640'].map(row),
        left,
      };
    });
    expect(found).toEqual({
      rows: 649,
      numbers: 649 * 4,
      columns: [4, 2],
      two: [['p1'], [7, 7]],
      shown: [
        [undefined, undefined],
        ['changed', true, 1_000, 1_000, 1_000, 1_000],
        ['a', false, 2, 2, 2, 2],
        ['a', true, 2_000, 2_000, 2_000, 2_000],
        ['a', true, 640, 640, 640, 640],
      ],
      left: 1,
    });
  });

  it('are kept over a restart, with the files of models and the last clustering', async () => {
    const page = await openTab();
    await page.evaluate(async () => {
      const store = await (globalThis as StorePage).sheaf.openStore();
      await store.putModelFile('m', 'onnx/model.onnx', new Uint8Array([9, 1, 2, 3]).subarray(1));
      await store.putModelFile('m', 'config.json', new Uint8Array([4]).buffer);
      await store.putModelFile('n', 'config.json', new Uint8Array([5]).buffer);
      await store.deleteModel('n');
      await store.putClustering('m 1', ['old']);
      await store.putClustering('m 2', ['new']);
      await store.putSetting('device', { choice: 'wasm' });
      await store.putTopic({
        id: 't',
        name: 'Topic',
        sentence: 'A topic.',
        order: 1,
        createdAt: '2026-03-01',
      });
      await store.putOpinions([{ topic: 't', paper: 'p1', said: 'liked' }]);
      await store.putOpinions([{ topic: 't', paper: 'p1', said: 'disliked' }]);
      await store.putOpinions([{ topic: 't', paper: 'p2', said: 'liked' }]);
      await store.putOpinions([{ topic: 'gone', paper: 'p2', said: 'liked' }]);
      await store.deleteTopic('gone');
      await store.mark('p1', { starred: '2026-11-27', read: '2026-11-26' });
      await store.mark('p1', { read: undefined });
      await store.mark('p2', { read: '2026-11-27' });
      await store.mark('p2', { read: undefined });
      await store.mark('p3', { read: '2026-11-27' });
      await store.mark('p3', { starred: '2026-11-28' });
      await store.markAll([
        { paper: 'p3', tags: ['a', 'b'], later: 1 },
        { paper: 'p4', tags: ['a'], later: 0 },
        { paper: 'p4', tags: [], later: undefined },
      ]);
      await store.putNote({ paper: 'p1', text: 'First.', editedAt: '2026-11-27' });
      await store.putNote({ paper: 'p1', text: 'Second.', editedAt: '2026-11-28' });
      await store.putNote({ paper: 'p2', text: 'Gone.', editedAt: '2026-11-27' });
      await store.putNote({ paper: 'p2', text: ' ', editedAt: '2026-11-28' });
      await store.nameGroup({ id: 'g', name: ' Mine ' });
      await store.nameGroup({ id: 'h', name: 'Gone' });
      await store.nameGroup({ id: 'h', name: '' });
    });
    const again = await restart();
    const found = await again.evaluate(async () => {
      const store = await (globalThis as StorePage).sheaf.openStore();
      const bytes = await store.modelFile('m', 'onnx/model.onnx');
      return {
        bytes: bytes && [...new Uint8Array(bytes)],
        none: await store.modelFile('n', 'config.json'),
        models: await store.models(),
        clusterings: [await store.clustering('m 1'), await store.clustering('m 2')],
        setting: await store.setting('device'),
        topics: (await store.topics()).map(({ name }) => name),
        opinions: await store.opinions(),
        marks: await store.marks(),
        notes: await store.notes(),
        groupNames: await store.groupNames(),
      };
    });
    expect(found).toEqual({
      bytes: [1, 2, 3],
      none: undefined,
      models: [
        {
          id: 'm',
          files: [
            { path: 'onnx/model.onnx', bytes: 3 },
            { path: 'config.json', bytes: 1 },
          ],
        },
      ],
      clusterings: [undefined, ['new']],
      setting: { choice: 'wasm' },
      topics: ['Topic'],
      opinions: [
        { topic: 't', paper: 'p1', said: 'disliked' },
        { topic: 't', paper: 'p2', said: 'liked' },
      ],
      marks: [
        { paper: 'p1', starred: '2026-11-27' },
        { paper: 'p3', read: '2026-11-27', starred: '2026-11-28', tags: ['a', 'b'], later: 1 },
      ],
      notes: [{ paper: 'p1', text: 'Second.', editedAt: '2026-11-28' }],
      groupNames: [{ id: 'g', name: 'Mine' }],
    });
  });

  it('that find no room are refused in a sentence, and nothing is lost', async () => {
    const page = await openTab();
    const client = await context.newCDPSession(page);
    // Before the first write: the browser asks for the room left only now and then.
    await client.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(host.url).origin,
      quotaSize: 3_000_000,
    });
    await addPapers(page, 0, 100);
    const found = await page.evaluate(async () => {
      const store = await (globalThis as StorePage).sheaf.openStore();
      await store.putSetting('before', 1);
      // Random, in the pieces that the browser gives: zeros would be compressed to nothing.
      const big = new Uint8Array(20_000_000);
      for (let at = 0; at < big.length; at += 50_000) crypto.getRandomValues(big.subarray(at, at + 50_000));
      const refused = await store.putModelFile('m', 'big', big).then(
        () => undefined,
        (error) => ({ name: error.name, kind: error.kind, message: error.message }),
      );
      const left = [await store.modelFile('m', 'big'), (await store.models()).length];
      return { refused, left, papers: (await store.papers()).length, before: await store.setting('before') };
    });
    expect(found.refused).toMatchObject({ name: 'StoreError', kind: 'full' });
    expect(found.refused?.message).toMatch(/no room left on this device/);
    expect(found).toMatchObject({ left: [undefined, 0], papers: 100, before: 1 });
  });
});

describe('storage that fails', () => {
  it('is replaced by memory where there is none, with a sentence', async () => {
    const page = await openTab(() => {
      Reflect.deleteProperty(globalThis, 'indexedDB');
      Reflect.deleteProperty(Window.prototype, 'indexedDB');
    });
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const store = await sheaf.openStore();
      await store.addPapers(sheaf.makePapers(0, 10));
      const papers = (await store.papers()).length;
      return { kind: store.kind, notice: store.notice, lost: store.lost, papers };
    });
    expect(found).toMatchObject({ kind: 'memory', lost: false, papers: 10 });
    expect(found.notice).toMatch(/no storage.*kept only until this page is closed/);
  });

  it('is replaced by memory where the browser refuses it', async () => {
    const page = await openTab(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    });
    const found = await look(page);
    expect(found.kind).toBe('memory');
    expect(found.notice).toMatch(/refused.*private window.*until this page is closed/);
  });

  it('that newer code wrote is left untouched', async () => {
    const page = await openTab();
    await addPapers(page, 0, 5);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open('sheaf-library', 99);
          request.onsuccess = () => {
            request.result.close();
            resolve();
          };
          request.onerror = () => reject(request.error);
        }),
    );
    const found = await look(page);
    expect(found).toMatchObject({ kind: 'memory', ids: [], lost: false });
    expect(found.notice).toMatch(/newer version of Sheaf.*untouched/);
    const kept = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('sheaf-library');
          request.onsuccess = () => {
            const count = request.result.transaction('papers').objectStore('papers').count();
            count.onsuccess = () => resolve(count.result);
          };
        }),
    );
    expect(kept).toBe(5);
  });

  it('gives way to a newer version in another tab and says so', async () => {
    const page = await openTab();
    // Open before the other tab comes: later it would find the newer version, and be told so at once.
    await keepStore(page);
    const other = await openTab();
    await other.evaluate(() =>
      new Promise((resolve) => {
        indexedDB.open('sheaf-library', 99).onsuccess = resolve;
      }).then(() => undefined),
    );
    const [reason, refused] = await page.evaluate(async () => {
      const { store, closed } = (globalThis as StorePage).kept;
      const reason = await closed;
      const refused = await store.papers().catch((error) => error.message);
      return [reason, refused];
    });
    expect(reason).toMatch(/newer version of Sheaf was opened in another tab. Reload/);
    expect(refused).toBe(reason);
  });

  it('that was damaged is told from a first visit, once', async () => {
    const page = await openTab();
    expect((await look(page)).lost).toBe(false);
    await addPapers(page, 0, 20);
    expect((await look(page)).lost).toBe(false);
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      await root.removeEntry('sheaf-changes', { recursive: true });
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('sheaf-library').onsuccess = resolve;
      });
    });
    const found = await look(page);
    expect(found).toMatchObject({ kind: 'indexeddb', lost: true, ids: [] });
    await addPapers(page, 0, 10);
    expect((await look(page)).lost).toBe(false);
  });

  it('that was damaged comes back from its newest whole copy', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const paper = (n: number) => ({ id: `p${n}`, title: `Paper ${n}`, abstract: '' });
      const damage = () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase('sheaf-library').onsuccess = resolve;
        });
      const open = async () => {
        const store = await sheaf.openStore();
        const { lost, restored } = store;
        const papers = (await store.papers()).map(({ id }) => id);
        const notes = (await store.notes()).map(({ text }) => text);
        return { store, seen: { lost, restored: restored?.papers, papers, notes } };
      };
      const first = (await open()).store;
      await first.addPapers([paper(1), paper(2)]);
      await first.putNote({ paper: 'p1', text: 'First.', editedAt: '2026-11-27' });
      await first.keepCopy();
      await first.addPapers([paper(3)]);
      await first.putNote({ paper: 'p1', text: 'Second.', editedAt: '2026-11-28' });
      await first.keepCopy();
      first.close();
      await damage();
      const newest = await open();
      newest.store.close();
      const after = await open();
      // Until the reader has put it away, it is told at each visit.
      await after.store.forgetRestored();
      after.store.close();
      // The newest copy of the papers is cut short, that of the notes has a byte changed.
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sheaf-library');
      const change = async (
        name: string,
        edit: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
      ) => {
        const handle = await folder.getFileHandle(name);
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        const file = await handle.createWritable();
        await file.write(edit(bytes));
        await file.close();
      };
      await change('papers-b', (bytes) => bytes.slice(0, -5));
      await change('made-b', (bytes) =>
        bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte)),
      );
      await damage();
      // What was changed since the older ones is still there, by itself.
      const redone = await open();
      redone.store.close();
      await (await navigator.storage.getDirectory()).removeEntry('sheaf-changes', { recursive: true });
      await damage();
      const older = await open();
      older.store.close();
      for await (const name of folder.keys()) await change(name, (bytes) => bytes.slice(0, 40));
      await damage();
      const none = await open();
      none.store.close();
      return [newest.seen, after.seen, redone.seen, older.seen, none.seen];
    });
    expect(found).toEqual([
      { lost: false, restored: 3, papers: ['p1', 'p2', 'p3'], notes: ['Second.'] },
      { lost: false, restored: 3, papers: ['p1', 'p2', 'p3'], notes: ['Second.'] },
      { lost: false, restored: 3, papers: ['p1', 'p2', 'p3'], notes: ['Second.'] },
      { lost: false, restored: 2, papers: ['p1', 'p2'], notes: ['First.'] },
      { lost: true, restored: undefined, papers: [], notes: [] },
    ]);
  });

  it('that lost its canary as well comes back, and what a page that died had not copied is copied by the next', async () => {
    let page = await openTab();
    await addPapers(page, 0, 20);
    // It is gone before it has copied anything.
    await page.close();
    page = await openTab();
    await keepStore(page);
    const copies = () =>
      page.evaluate(async () => {
        const root = await navigator.storage.getDirectory();
        const names: string[] = [];
        const folder = await root.getDirectoryHandle('sheaf-library').catch(() => undefined);
        if (folder) for await (const name of folder.keys()) names.push(name.replace(/-.*/, ''));
        return [...new Set(names)].sort();
      });
    await expect.poll(copies, { timeout: PATIENCE_MS }).toEqual(['made', 'papers']);
    await page.evaluate(async () => {
      (globalThis as StorePage).kept.store.close();
      localStorage.clear();
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('sheaf-library').onsuccess = resolve;
      });
    });
    const { ids, lost } = await look(page);
    expect([ids.length, lost]).toEqual([20, false]);
  });

  it('that was damaged comes back as it was acknowledged last, whatever has been copied of it', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const paper = (n: number) => ({ id: `p${n}`, title: `Paper ${n}`, abstract: '' });
      const damage = () =>
        new Promise((resolve) => {
          // As a browser does that was killed: of the last seconds it has not even the canary.
          localStorage.clear();
          indexedDB.deleteDatabase('sheaf-library').onsuccess = resolve;
        });
      const look = async () => {
        const store = await sheaf.openStore();
        const { papers, notes, marks, opinions, topics } = await store.snapshot();
        const setting = await store.setting('seen');
        store.close();
        return { restored: store.restored !== undefined, papers, notes, marks, opinions, topics, setting };
      };
      const first = await sheaf.openStore();
      await first.addPapers([paper(1), paper(2), paper(3)], null);
      await first.putNote({ paper: 'p1', text: 'First.', editedAt: '2026-11-27' });
      await first.putOpinions([{ topic: 't', paper: 'p1', said: 'liked' }]);
      first.close();
      await damage();
      const uncopied = await look();
      const second = await sheaf.openStore();
      await second.keepCopy();
      await second.removePapers(['p2']);
      await second.putNote({ paper: 'p1', text: '', editedAt: '2026-11-27' });
      await second.mark('p3', { starred: '2026-11-27' });
      await second.deleteOpinions('t');
      await second.putSetting('seen', 7);
      second.close();
      const before = await look();
      await damage();
      return { uncopied, before, after: await look() };
    });
    expect(found.uncopied).toMatchObject({
      restored: true,
      papers: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
      notes: [{ text: 'First.' }],
      opinions: [{ paper: 'p1' }],
    });
    expect(found.after).toEqual({ ...found.before, restored: true });
    expect(found.after).toMatchObject({
      papers: [{ id: 'p1' }, { id: 'p3' }],
      notes: [],
      marks: [{ paper: 'p3', starred: '2026-11-27' }],
      opinions: [],
      setting: 7,
    });
  });

  it('whose copies find no room comes back at a visit that has it, under what was made meanwhile', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const paper = (n: number) => ({ id: `p${n}`, title: `Paper ${n}`, abstract: '' });
      const noteOf = (n: number, text: string) => ({ paper: `p${n}`, text, editedAt: '2026-11-27' });
      const first = await sheaf.openStore();
      await first.addPapers([paper(1), paper(2)]);
      await first.putNote(noteOf(1, 'First.'));
      await first.putNote(noteOf(2, 'Second.'));
      await first.mark('p1', { tags: ['tag'], read: '2026-11-26' });
      await first.keepCopy();
      // In no copy.
      await first.putSetting('chosen', 1);
      first.close();
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('sheaf-library').onsuccess = resolve;
      });
      const { clear } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.clear = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
      const full = await sheaf.openStore();
      await full.addPapers([paper(3)]);
      await full.putNote(noteOf(1, 'Anew.'));
      await full.mark('p1', { starred: '2026-11-28' });
      full.close();
      IDBObjectStore.prototype.clear = clear;
      const told: unknown[] = [[full.lost, full.waits, full.restored?.papers]];
      for (let visit = 0; visit < 2; visit++) {
        const store = await sheaf.openStore();
        const papers = (await store.papers()).map(({ id }) => id);
        const notes = (await store.notes()).map(({ text }) => text);
        const marks = await store.marks();
        const chosen = await store.setting('chosen');
        const { papers: back, whole } = store.restored ?? {};
        told.push([store.lost, store.waits, back, whole, papers, notes, marks, chosen]);
        await store.forgetRestored();
        store.close();
      }
      return told;
    });
    const papers = ['p1', 'p2', 'p3'];
    const notes = ['Anew.\n\n---\n\nFirst.', 'Second.'];
    const marks = [{ paper: 'p1', tags: ['tag'], read: '2026-11-26', starred: '2026-11-28' }];
    expect(found).toEqual([
      [false, true, undefined],
      [false, false, 3, true, papers, notes, marks, 1],
      [false, false, undefined, undefined, papers, notes, marks, 1],
    ]);
  });

  it('that cannot be opened at all comes from its copies, and what two tabs change then is kept of both', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const paper = (id: string) => ({ id, title: id, abstract: '' });
      const { open } = IDBFactory.prototype;
      const look = async () => {
        const store = await sheaf.openStore();
        const papers = (await store.papers()).map(({ id }) => id);
        const notes = (await store.notes()).map(({ text }) => text);
        store.close();
        return [store.kind, store.restored?.whole, papers, notes];
      };
      const first = await sheaf.openStore();
      await first.addPapers([paper('first')]);
      await first.keepCopy();
      first.close();
      IDBFactory.prototype.open = () => {
        throw new DOMException('Internal error opening backing store', 'UnknownError');
      };
      const [one, other] = [await sheaf.openStore(), await sheaf.openStore()];
      await one.addPapers([paper('one')]);
      await other.putNote({ paper: 'first', text: 'Other.', editedAt: '2026-11-28' });
      await one.keepCopy();
      await other.addPapers([paper('other')]);
      await other.keepCopy();
      one.close();
      other.close();
      const still = await look();
      IDBFactory.prototype.open = open;
      return [still, await look()];
    });
    const papers = ['first', 'one', 'other'];
    expect(found).toEqual([
      ['memory', true, papers, ['Other.']],
      ['indexeddb', true, papers, ['Other.']],
    ]);
  });

  it('lets changes go that are copied twice', async () => {
    const page = await openTab();
    const left = await page.evaluate(async () => {
      const store = await (globalThis as StorePage).sheaf.openStore();
      const count = async () => {
        const root = await navigator.storage.getDirectory();
        const names: string[] = [];
        for await (const name of (await root.getDirectoryHandle('sheaf-changes')).keys()) names.push(name);
        return names.length;
      };
      const counts: number[] = [];
      for (const text of ['one', 'two', 'three']) {
        await store.addPapers([{ id: text, title: text, abstract: '' }]);
        await store.putNote({ paper: text, text, editedAt: '2026-11-27' });
        counts.push(await count());
        await store.keepCopy();
        counts.push(await count());
      }
      store.close();
      return counts;
    });
    // After a copy those since the one before it stay: it may be damaged, too.
    expect(left).toEqual([2, 2, 4, 2, 4, 2]);
  });

  it('that lost its last write keeps what is newer than its copy', async () => {
    const page = await openTab();
    const found = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const paper = (n: number) => ({ id: `p${n}`, title: `Paper ${n}`, abstract: '' });
      const first = await sheaf.openStore();
      await first.addPapers([paper(1), paper(2)]);
      await first.putNote({ paper: 'p1', text: 'First.', editedAt: '2026-11-27' });
      await first.keepCopy();
      await first.addPapers([paper(3)]);
      await first.putNote({ paper: 'p1', text: 'Second.', editedAt: '2026-11-28' });
      first.close();
      const canary = JSON.parse(localStorage.getItem('sheaf-canary') ?? '{}');
      localStorage.setItem('sheaf-canary', JSON.stringify({ ...canary, epoch: canary.epoch + 1 }));
      const again = await sheaf.openStore();
      const papers = (await again.papers()).map(({ id }) => id);
      const notes = (await again.notes()).map(({ text }) => text);
      again.close();
      return { restored: again.restored?.papers, papers, notes };
    });
    expect(found).toEqual({ restored: 3, papers: ['p1', 'p2', 'p3'], notes: ['Second.'] });
  });

  it('on disk and in memory agree on any course of events', async () => {
    const page = await openTab();
    const results = await page.evaluate(async () => {
      const { sheaf } = globalThis as StorePage;
      const course = async (store: Awaited<ReturnType<typeof sheaf.openStore>>) => {
        // A fixed linear congruential sequence: the same course for both.
        let seed = 7;
        const next = (n: number) => {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
          return Math.floor((seed / 2_147_483_648) * n);
        };
        for (let step = 0; step < 200; step++) {
          const id = `p${next(40)}`;
          const model = `m${next(2)}`;
          const vector = new Float32Array(3).fill(step);
          const act = next(11);
          if (act < 3) await store.putVectors(model, 3, [{ id, key: `k${step}`, vector, cut: false }]);
          if (act === 3) await store.deleteVectors(model, [id]);
          if (act === 4)
            await store.putTopic({ id, name: id, sentence: `${step}`, order: step, createdAt: '' });
          if (act === 5) await store.deleteTopic(id);
          const paper = `q${next(5)}`;
          if (act > 8)
            await store.mark(paper, { [act > 9 ? 'read' : 'starred']: next(2) ? `${step}` : undefined });
          else if (act > 5)
            await store.putOpinions([{ topic: id, paper, said: act > 6 ? 'liked' : 'disliked' }]);
          if (act === 8) await store.deleteOpinions(`p${next(40)}`);
        }
        const vectors = [await store.vectors('m0'), await store.vectors('m1')];
        return JSON.stringify([await store.topics(), await store.opinions(), await store.marks(), vectors]);
      };
      const disk = await sheaf.openStore();
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
      const memory = await sheaf.openStore();
      return { kinds: [disk.kind, memory.kind], disk: await course(disk), memory: await course(memory) };
    });
    expect(results.kinds).toEqual(['indexeddb', 'memory']);
    expect(results.memory).toBe(results.disk);
    expect(results.disk.length).toBeGreaterThan(1_000);
  });
});
