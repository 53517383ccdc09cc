import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelContract } from '../../src/engine/contract.ts';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import { cosine } from './cosine.ts';
import { type Host, launch, listen, serve, type Troubles } from './harness.ts';
import { type BuiltPages, buildPages, MODEL, modelsFolder } from './pages/build.ts';
import type {} from './pages/engine.ts';

const contract: ModelContract = JSON.parse(readFileSync(join(modelsFolder, MODEL, 'sheaf.json'), 'utf8'));
const golden = contract.golden as NonNullable<ModelContract['golden']>;
const wholeSize = contract.files.reduce((sum, file) => sum + file.bytes, 0);

let pages: BuiltPages;
let plain: Host;
let isolated: Host;
let context: BrowserContext;
let troubles: Troubles;

beforeAll(async () => {
  pages = await buildPages(['engine']);
  plain = await serve(pages.directory);
  isolated = await serve(pages.directory, { headers: 'isolated' });
  context = await launch({ args: ['--enable-unsafe-webgpu'] });
  troubles = listen(context);
});

afterAll(async () => {
  await context?.close();
  await plain?.close();
  await isolated?.close();
  pages?.remove();
});

async function openPage(host: Host, prepare?: () => void): Promise<Page> {
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  await page.goto(`${host.url}engine.html`);
  await page.waitForFunction(() => 'sheaf' in window);
  return page;
}

/** Opens the site's model and embeds its test texts. */
async function useSiteModel(page: Page, device: 'auto' | 'wasm' | 'webgpu', model = MODEL) {
  return await page.evaluate(
    async ({ model, device, texts }) => {
      const base = new URL(`models/${model}/`, document.baseURI).href;
      const offer = await window.sheaf.describe({ kind: 'site', base });
      const taken = await window.sheaf.open(offer, device);
      return { offer, taken, ...(await window.sheaf.embed(texts)) };
    },
    { model, device, texts: [...golden.texts] },
  );
}

function expectGolden(vectors: readonly (readonly number[])[]): void {
  expect(vectors.length).toBe(golden.vectors.length);
  vectors.forEach((vector, row) => {
    expect(cosine(vector, golden.vectors[row] ?? [])).toBeGreaterThan(0.9999);
  });
}

describe('the site’s model', () => {
  it('runs with one thread on a page without special headers', async () => {
    const page = await openPage(plain);
    expect(await page.evaluate(() => window.sheaf.isolated())).toBe(false);
    const { offer, taken, vectors, last } = await useSiteModel(page, 'auto');
    expect(offer.bytes).toBe(wholeSize);
    expect(taken).toMatchObject({ kind: 'wasm', threads: 1 });
    expect(taken.reason).toMatch(/one thread/);
    expectGolden(vectors);
    expect(last).toMatchObject({ done: 8, total: 8, secondsLeft: 0 });
    expect(await page.evaluate(() => window.sheaf.background())).toBe(512);
    const progress = await page.evaluate(() => window.sheaf.progress);
    expect(progress.at(-1)).toEqual({ done: wholeSize, total: wholeSize });
    expect(progress.length).toBeGreaterThan(contract.files.length);
    await page.close();
  });

  it('fetches no runtime for a table look-up, and says why no graphics card is used', async () => {
    const before = plain.requests.length;
    const page = await openPage(plain);
    const { taken } = await useSiteModel(page, 'auto', QUICK_MODEL);
    expect(taken.refused).toEqual([
      {
        kind: 'webgpu',
        reason: 'This model looks pieces up and adds them, which a graphics card cannot speed up.',
      },
    ]);
    const paths = plain.requests.slice(before).map((request) => request.path);
    expect(paths.some((path) => path.endsWith('.onnx'))).toBe(true);
    expect(paths.filter((path) => /threaded|\.wasm$/.test(path))).toEqual([]);
    await page.close();
  });

  it('fetches nothing of a model that is kept', async () => {
    const page = await openPage(plain);
    await useSiteModel(page, 'wasm');
    const before = plain.requests.length;
    const { vectors } = await useSiteModel(page, 'wasm');
    const files = contract.files.map((file) => `models/${MODEL}/${file.path}`);
    expect(plain.requests.slice(before).filter((request) => files.includes(request.path))).toEqual([]);
    expectGolden(vectors);
    await page.close();
  });

  it('runs with several threads on an isolated page, but for what needs no runtime', async () => {
    const page = await openPage(isolated);
    expect(await page.evaluate(() => window.sheaf.isolated())).toBe(true);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const { taken, vectors } = await useSiteModel(page, 'auto');
    expect(taken).toMatchObject({ kind: 'wasm', threads: Math.min(4, cores) });
    expectGolden(vectors);
    const quick = (await useSiteModel(page, 'auto', QUICK_MODEL)).taken;
    expect(quick).toMatchObject({ kind: 'wasm', threads: 1, reason: expect.stringMatching(/one thread/) });
    await page.close();
  });
});

describe('the graphics card', () => {
  it('is used when asked for by hand and its vectors are right', async () => {
    const page = await openPage(plain);
    const { taken, vectors } = await useSiteModel(page, 'webgpu');
    expect(taken.refused ?? []).toEqual([]);
    expect(taken).toMatchObject({ kind: 'webgpu', reason: expect.stringMatching(/chosen by hand/) });
    expectGolden(vectors);
    await page.close();
  });

  it('gives way to the processor when it is lost, and the reader is told', async () => {
    const page = await openPage(plain);
    await useSiteModel(page, 'webgpu');
    const killer = await context.browser()?.newBrowserCDPSession();
    expect(killer).toBeDefined();
    await killer?.send('Browser.crashGpuProcess');
    await page.waitForFunction(() => window.sheaf.device()?.kind === 'wasm');
    const device = await page.evaluate(() => window.sheaf.devices.at(-1));
    expect(device?.reason).toMatch(/graphics card was lost/);
    expectGolden((await page.evaluate((texts) => window.sheaf.embed(texts), [...golden.texts])).vectors);
    await page.close();
  });

  it('is refused with a reason where the browser has none', async () => {
    const page = await openPage(plain, () => {
      Object.defineProperty(Navigator.prototype, 'gpu', { value: { requestAdapter: async () => null } });
    });
    const { taken, vectors } = await useSiteModel(page, 'webgpu');
    expect(taken.kind).toBe('wasm');
    expect(taken.refused).toEqual([
      { kind: 'webgpu', reason: 'This browser offers no graphics card to pages.' },
    ]);
    expectGolden(vectors);
    await page.close();
  });
});

describe('a model from elsewhere', () => {
  let hubFolder: string;
  let hub: Host;

  beforeAll(async () => {
    hubFolder = mkdtempSync(join(tmpdir(), 'sheaf-hub-'));
    mkdirSync(join(hubFolder, 'someone/tokens/resolve'), { recursive: true });
    symlinkSync(join(modelsFolder, MODEL), join(hubFolder, 'someone/tokens/resolve/main'));
    const tree = [...contract.files, { path: 'README.md', bytes: 9 }].map((file) => ({
      type: 'file',
      path: file.path,
      size: file.bytes,
      oid: 'f'.repeat(40),
      ...(file.path.endsWith('.onnx') && { lfs: { oid: file.sha256, size: file.bytes } }),
    }));
    hub = await serve(hubFolder, {
      alter(path, response) {
        response.headers['Access-Control-Allow-Origin'] = '*';
        if (path !== 'api/models/someone/tokens/tree/main') return response;
        const headers = { ...response.headers, 'Content-Type': 'application/json' };
        return { status: 200, headers, body: Buffer.from(JSON.stringify(tree)) };
      },
    });
  });

  afterAll(async () => {
    await hub?.close();
    rmSync(hubFolder, { recursive: true, force: true });
  });

  it('shows its size before the download, then gives the same vectors', async () => {
    const page = await openPage(plain);
    const endpoint = hub.url.replace(/\/$/, '');
    const offer = await page.evaluate((at) => window.sheaf.describeAddress('someone/tokens', at), endpoint);
    const wanted = contract.files.filter((file) => !/\.(bin|graph)$/.test(file.path));
    expect(offer.bytes).toBe(wanted.reduce((sum, file) => sum + file.bytes, 0));
    expect(offer.host).toBe(new URL(hub.url).host);
    expect(hub.requests.some((request) => request.path.endsWith('.onnx'))).toBe(false);
    expect(offer.contract).toMatchObject({ dimensions: 256, pooling: 'mean', maximumTokens: 512 });
    const device = await page.evaluate((offer) => window.sheaf.open(offer, 'wasm'), offer);
    expect(device.kind).toBe('wasm');
    const found = await page.evaluate((texts) => window.sheaf.embed(texts), [...golden.texts]);
    expectGolden(found.vectors);
    await page.close();
  });

  it('says plainly what an unknown model lacks', async () => {
    const page = await openPage(plain);
    const endpoint = hub.url.replace(/\/$/, '');
    const message = await page.evaluate(
      (at) => window.sheaf.describeAddress('someone/else', at).catch((error) => String(error.message)),
      endpoint,
    );
    expect(message).toMatch(/^someone\/else holds no ONNX weights/);
    await page.close();
  });

  it('can be a folder that the reader picks', async () => {
    const page = await openPage(plain);
    await page.locator('#folder').setInputFiles(join(modelsFolder, MODEL));
    const offer = await page.evaluate(() => window.sheaf.describePicked('folder'));
    expect(offer).toMatchObject({ host: null, contract: { name: MODEL } });
    await page.evaluate((offer) => {
      // A file list does not survive the way through the test's own channel: put the picked files back.
      const input = document.getElementById('folder') as HTMLInputElement;
      const origin = { kind: 'files' as const, files: [...(input.files ?? [])] };
      return window.sheaf.open({ ...offer, origin }, 'wasm');
    }, offer);
    const found = await page.evaluate((texts) => window.sheaf.embed(texts), [...golden.texts]);
    expectGolden(found.vectors);
    await page.close();
  });
});

it('left no uncaught error behind', () => {
  expect(troubles.errors).toEqual([]);
});
