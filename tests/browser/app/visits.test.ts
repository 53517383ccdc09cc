import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cosine } from '../cosine.ts';
import { type Host, launch, serve } from '../harness.ts';
import {
  addPapers,
  countEmbedded,
  drawn,
  eventually,
  field,
  findSite,
  heading,
  openTitle,
  place,
  quickModel,
  readGroups,
  row,
  rows,
  SHIPPED,
  search,
  serveSite,
  shippedPapers,
  siteModel,
  status,
  visit,
  waitForMeaning,
  waitForOffline,
  wholeList,
} from './site.ts';

/** What one visit has left on the disk: each test begins with a copy of it. */
let visited: string | undefined;
/** Papers that the one visit has embedded. */
let embedded: number;
let profile: string;
let context: BrowserContext;
let host: Host;
let page: Page;

afterAll(async () => {
  await host?.close();
  if (visited) remove(visited);
});
beforeEach(async () => {
  visited ??= await visitOnce();
  profile = newFolder();
  cpSync(visited, profile, { recursive: true, verbatimSymlinks: true });
  await startBrowser();
  await visit(page, host.url);
  await waitForMeaning(page);
});
afterEach(async () => {
  await context?.close();
  remove(profile);
});

const newFolder = () => mkdtempSync(join(tmpdir(), 'sheaf-visits-'));
const remove = (folder: string) =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/** A first visit to its end; gives the profile. */
async function visitOnce(): Promise<string> {
  profile = newFolder();
  host = await serveSite();
  await startBrowser();
  await visit(page, host.url);
  await waitForMeaning(page);
  await waitForOffline(page);
  embedded = await countEmbedded(page);
  await context.close();
  return profile;
}

async function startBrowser(): Promise<void> {
  context = await launch({ userDataDir: profile });
  page = await context.newPage();
}

/** Another process over the same profile: nothing is left but what is on the disk. */
async function restartBrowser(): Promise<void> {
  await context.close();
  await startBrowser();
}

interface KeptVectors {
  readonly [model: string]: { readonly [paper: string]: { readonly key: string; readonly vector: number[] } };
}

/** The vectors on the disk, by model and paper; of twins the later one, as the store reads them. */
function keptVectors(of: Page): Promise<KeptVectors> {
  return of.evaluate(
    () =>
      new Promise<KeptVectors>((resolve, reject) => {
        const opening = indexedDB.open('sheaf-derived');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('vectors').objectStore('vectors').getAll();
          reading.onsuccess = () => {
            const models: Record<string, Record<string, { key: string; vector: number[] }>> = {};
            for (const { model, ids, keys, data } of reading.result) {
              const columns = data.length / ids.length;
              models[model] ??= {};
              ids.forEach((id: string, index: number) => {
                const vector = [...data.slice(index * columns, (index + 1) * columns)];
                (models[model] as Record<string, unknown>)[id] = { key: keys[index], vector };
              });
            }
            opening.result.close();
            resolve(models);
          };
        };
      }),
  );
}

/** The id that the site's vectors are kept under: its model's name and a digest of all that they depend on. */
function siteIdIn(kept: KeptVectors): string {
  const ids = Object.keys(kept).filter((id) => id.startsWith(`${siteModel().id}#`));
  expect(ids.length).toBe(1);
  return ids[0] as string;
}

/** Their models without the digests. */
const modelsOf = (kept: KeptVectors) => Object.keys(kept).map((id) => id.split('#')[0]);

describe('a second visit', () => {
  it('embeds nothing and downloads nothing', async () => {
    // By each of the site's models.
    expect(embedded).toBe(2 * SHIPPED);
    expect(await countEmbedded(page)).toBe(0);
    const greek = shippedPapers().find(({ title }) => title.includes('ε'))?.id ?? '';
    // Its letters come in a file of their own, kept when a paper first needs it.
    await page.goto(`${host.url}#/?paper=${encodeURIComponent(greek)}`);
    await page.evaluate(() => document.fonts.ready);
    const groups = await readGroups(page);

    await restartBrowser();
    const before = host.requests.length;
    await visit(page, host.url);
    await waitForMeaning(page);
    expect(await countEmbedded(page)).toBe(0);
    await search(page, 'reduce storage of splat scenes with small networks');
    await rows(page).first().click();
    await eventually(() => page.getByRole('article').locator('mark').count()).toBe(1);
    await field(page).fill('');
    await place(page, 'MLPs').click();
    await eventually(() => heading(page)).toContain('in MLPs');
    // The better model's order may come while the list is walked.
    await eventually(async () => (await wholeList(page)).ids.length).toBe(SHIPPED);
    await page.goto(`${host.url}#/?paper=${encodeURIComponent(greek)}`);
    await eventually(() => openTitle(page).textContent()).toContain('ε');
    await page.evaluate(() => document.fonts.ready);
    expect(await readGroups(page)).toEqual(groups);
    expect(await countEmbedded(page)).toBe(0);
    // The browser itself looks whether there is a newer service worker.
    const asked = host.requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path !== 'sw.js')).toEqual([]);
  });

  it('after an abstract has changed embeds that paper alone', async () => {
    const before = await keptVectors(page);
    const model = siteIdIn(before);
    expect(modelsOf(before)).toEqual([siteModel().id, quickModel().id]);
    expect(Object.keys(before[model] ?? {}).length).toBe(SHIPPED);

    const changed = shippedPapers().find(({ title }) => title === 'Tiny language models');
    const abstract = 'A study of the migration of storks between continents, with radar and rings.';
    await addPapers(page, JSON.stringify([{ ...changed, abstract }]));
    await eventually(() => page.getByText('0 papers added').count()).toBe(1);
    expect(await page.getByText('1 updated, 0 already here, 0 left out').count()).toBe(1);
    await eventually(() => countEmbedded(page)).toBe(1);
    await waitForMeaning(page);

    const after = await keptVectors(page);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const differing = Object.keys(after[model] ?? {}).filter(
      (id) => JSON.stringify(after[model]?.[id]) !== JSON.stringify(before[model]?.[id]),
    );
    expect(differing).toEqual([changed?.id]);
    await search(page, 'migration of storks');
    await eventually(async () => (await drawn(page))[0]).toBe(changed?.id);

    await page.reload();
    await waitForMeaning(page);
    // At most by the quick model, which answers first at each visit and did not answer when the words changed.
    expect(await countEmbedded(page)).toBeLessThanOrEqual(1);
    expect((await keptVectors(page))[model]).toEqual(after[model]);
    await row(page, 'Tiny language models').first().click();
    await eventually(() => page.getByRole('article').textContent()).toContain('migration of storks');
  });
});

describe('a paper that the reader removed', () => {
  it('stays away, also when the site’s list has grown', async () => {
    const [gone, ...rest] = shippedPapers();
    await row(page, gone?.title ?? '').click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await eventually(() => place(page, 'All papers').textContent()).toContain(String(SHIPPED - 1));
    await restartBrowser();
    await visit(page, host.url, SHIPPED - 1);

    const { port } = host;
    await host.close();
    await context.close();
    const grown = { ...rest[0], id: 'title:abrandnewpaper', title: 'A brand new paper' };
    const body = Buffer.from(JSON.stringify({ papers: [gone, ...rest, grown] }));
    host = await serveSite({
      port,
      alter: (path, response) => (path === 'papers.json' ? { ...response, body } : undefined),
    });
    try {
      await startBrowser();
      // The service worker answers with the list that it keeps, which is not this one.
      await page.goto(host.url);
      await page.evaluate(async () => {
        for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
        for (const name of await caches.keys()) await caches.delete(name);
      });
      await visit(page, host.url, SHIPPED);
      expect((await wholeList(page)).ids).toContain(grown.id);
      expect((await wholeList(page)).ids).not.toContain(gone?.id);
    } finally {
      await host.close();
      host = await serveSite({ port });
    }
  });
});

describe('another model', () => {
  /** Our own model as a hub has it, told to put words before each paper: other vectors of the same texts. */
  async function serveHub(): Promise<Host> {
    const { folder, files } = siteModel();
    const directory = mkdtempSync(join(tmpdir(), 'sheaf-hub-'));
    const repository = join(directory, 'someone/other/resolve/main');
    const tree: object[] = [];
    for (const { path, bytes, sha256 } of files) {
      if (/\.(bin|graph)$/.test(path)) continue;
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      symlinkSync(join(findSite(), folder, path), join(repository, path));
      const lfs = path.endsWith('.onnx') ? { lfs: { oid: sha256, size: bytes } } : {};
      tree.push({ type: 'file', path, size: bytes, oid: 'f'.repeat(40), ...lfs });
    }
    const prompts = JSON.stringify({ prompts: { query: '', document: 'A paper about sailing boats: ' } });
    writeFileSync(join(repository, 'config_sentence_transformers.json'), prompts);
    tree.push({ type: 'file', path: 'config_sentence_transformers.json', size: prompts.length });
    const hub = await serve(directory, {
      alter(path, response) {
        response.headers['Access-Control-Allow-Origin'] = '*';
        if (path !== 'api/models/someone/other/tree/main') return response;
        return { status: 200, headers: response.headers, body: Buffer.from(JSON.stringify(tree)) };
      },
    });
    return {
      ...hub,
      close: async () => {
        await hub.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  }

  const inUse = () => page.getByRole('definition').first().textContent();

  it('is shown with its size before the download, and its vectors never mix with the old', async () => {
    const hub = await serveHub();
    try {
      const old = await keptVectors(page);
      await place(page, 'Model').click();
      expect(await inUse()).toBe(siteModel().name);
      await page.getByLabel('Address of a model').fill(`${hub.url}someone/other`);
      expect(hub.requests).toEqual([]);
      await page.getByRole('button', { name: `Ask ${new URL(hub.url).host} for its size` }).click();
      const use = () => page.getByRole('button', { name: 'Use this model' });
      await use().waitFor();
      expect(hub.requests.filter(({ path }) => path.endsWith('.onnx'))).toEqual([]);
      const bytes = siteModel().files.reduce(
        (sum, file) => sum + (/\.(bin|graph)$/.test(file.path) ? 0 : file.bytes),
        0,
      );
      expect(await page.getByRole('status').filter({ has: use() }).textContent()).toContain(
        `someone/other: ${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB from ${new URL(hub.url).host}`,
      );
      await use().click();
      await eventually(inUse).toBe('someone/other');
      await eventually(() => page.locator('[data-embedded]').getAttribute('data-embedded')).toBe(
        String(SHIPPED),
      );
      await waitForMeaning(page);

      const both = await keptVectors(page);
      const ours = siteIdIn(both);
      const [other = '', ...rest] = Object.keys(both).filter((id) => !(id in old));
      expect(rest).toEqual([]);
      expect(other).toMatch(/^someone\/other@main\//);
      expect(both[ours]).toEqual(old[ours]);
      expect(Object.keys(both[other] ?? {}).length).toBe(SHIPPED);
      for (const [id, { vector }] of Object.entries(both[other] ?? {})) {
        expect(cosine(vector, both[ours]?.[id]?.vector ?? [])).toBeLessThan(0.999);
      }

      // The choice is kept, and its host is not asked again.
      await hub.close();
      await restartBrowser();
      await visit(page, `${host.url}#/?page=model`);
      await waitForMeaning(page);
      expect(await inUse()).toBe('someone/other');
      expect(await countEmbedded(page)).toBe(0);
      await search(page, 'gaussian splatting');

      await visit(page, `${host.url}#/?page=model`);
      await page.getByRole('button', { name: 'Back to the site’s own' }).click();
      await use().click();
      await eventually(inUse).toBe(siteModel().name);
      await waitForMeaning(page);
      expect(await countEmbedded(page)).toBe(0);
      expect(await keptVectors(page)).toEqual(both);
    } finally {
      await hub.close();
    }
  });

  it('that cannot be had leaves the one in use', async () => {
    const hub = await serveHub();
    await hub.close();
    await place(page, 'Model').click();
    await page.getByLabel('Address of a model').fill(`${hub.url}someone/other`);
    await page.getByRole('button', { name: /^Ask / }).click();
    await eventually(() => page.locator('.problem').allTextContents()).toEqual([
      `${new URL(hub.url).host} does not answer. Check the connection and try again.`,
    ]);
    await page.getByLabel('Address of a model').fill('not an address');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await eventually(() => page.locator('.problem').textContent()).toContain(
      "“not an address” is not a model's address: write owner/name",
    );
    expect(await inUse()).toBe(siteModel().name);
    expect(await status(page)).toContain('Search by meaning is on');
  });
});
