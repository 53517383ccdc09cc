import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  bundle,
  type Host,
  type HostOptions,
  launch,
  listen,
  PATIENCE_MS,
  serve,
  type Troubles,
} from './harness.ts';
import type { OfflinePage } from './offline-page/main.ts';

/** A sub-path of a host that sends no headers: the hardest place that Sheaf has to work in. */
const SUBPATH = '/some/where/';

let directory: string;
let first: string;
let second: string;
let context: BrowserContext;
let host: Host | undefined;
let troubles: Troubles;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sheaf-offline-'));
  first = await buildPage('first');
  second = await buildPage('second');
});
afterAll(() => rm(directory, { recursive: true, force: true }));
afterEach(async () => {
  await context?.close();
  await host?.close();
});

/** Builds the test's page with the site's own configuration. */
async function buildPage(edition: string): Promise<string> {
  const outDir = join(directory, edition);
  await bundle({
    root: resolve('tests/browser/offline-page'),
    configFile: resolve('vite.config.ts'),
    publicDir: resolve('public'),
    define: { __EDITION__: JSON.stringify(edition) },
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

async function visit(site: string, options: HostOptions = {}): Promise<Page> {
  host = await serve(site, { base: SUBPATH, ...options });
  context = await launch();
  troubles = listen(context);
  const page = await context.newPage();
  await page.goto(host.url);
  return page;
}

const phase = (wanted: string) => (page: Page) =>
  page.waitForFunction((name) => (globalThis as OfflinePage).offline.statuses.at(-1)?.phase === name, wanted);
const ready = phase('ready');
const unavailable = phase('unavailable');
const edition = (page: Page) => page.textContent('#edition');
const lastReason = (page: Page) =>
  page.evaluate(() => {
    const status = (globalThis as OfflinePage).offline.statuses.at(-1);
    return status?.phase === 'unavailable' ? status.reason : undefined;
  });

/** Waits until no change of the worker is under way that could load the page again, and the network is still. */
async function settle(page: Page): Promise<void> {
  const look = () =>
    page.evaluate(async () => {
      const { active, waiting, installing } = await navigator.serviceWorker.ready;
      const used = active === navigator.serviceWorker.controller ? active?.state : 'not in use';
      return { used, waiting: waiting?.state, installing: installing?.state };
    });
  await expect
    .poll(look, { timeout: PATIENCE_MS })
    .toEqual({ used: 'activated', waiting: undefined, installing: undefined });
  await page.waitForLoadState('networkidle');
}

/** Puts another build on the same address, as a deployment would. */
async function deploy(site: string, options: HostOptions = {}): Promise<void> {
  const { port } = host as Host;
  await host?.close();
  host = await serve(site, { base: SUBPATH, port, ...options });
}

describe('the first visit', () => {
  it('keeps the site, tells how far it is, and leaves models alone', async () => {
    const page = await visit(first);
    await ready(page);
    const statuses = await page.evaluate(() => (globalThis as OfflinePage).offline.statuses);
    expect(statuses[0]).toEqual({ phase: 'preparing' });
    expect(statuses.some((status) => status.phase === 'preparing' && status.done)).toBe(true);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    for (const path of [
      'index.html',
      'papers.json',
      'topics.json',
      'manifest.webmanifest',
      'icon.svg',
      'shell.css',
    ]) {
      expect(kept).toContain(SUBPATH + path);
    }
    const contracts = kept.filter((path) => path.endsWith('sheaf.json'));
    expect(kept.filter((path) => /models\/|sw\.js|greek/.test(path))).toEqual(contracts);
    expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(
      `${host?.url}sw.js`,
    );
    expect(troubles.errors).toEqual([]);
    expect(troubles.violations).toEqual([]);
  });

  it('works without the server afterwards, in a new page, isolated and under the policy', async () => {
    const page = await visit(first);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await ready(page);
    await host?.close();
    await page.close();
    const offline = await context.newPage();
    for (const address of ['', 'index.html', '?from=link#/topic/3dgs']) {
      await offline.goto((host?.url ?? '') + address);
      await ready(offline);
      expect(await edition(offline)).toBe('first');
    }
    expect(await offline.evaluate(() => crossOriginIsolated)).toBe(true);
    const papers = await offline.evaluate(async () => (await fetch('papers.json')).text());
    expect(papers).toBe(await readFile('public/papers.json', 'utf8'));
    // An address that is no page of the site leads to the page, rather than to nothing.
    await offline.goto(`${host?.url}nothing/here`);
    expect(offline.url()).toBe(host?.url);
    expect(troubles.violations).toEqual([]);
  });

  it('keeps at first use what most visits do not need', async () => {
    const page = await visit(first);
    await ready(page);
    const size = () =>
      page.evaluate(async () => {
        const response = await fetch((globalThis as OfflinePage).offline.laterUrl);
        return (await response.arrayBuffer()).byteLength;
      });
    const online = await size();
    expect(online).toBeGreaterThan(1_000);
    await host?.close();
    expect(await size()).toBe(online);
  });

  it('lets the model’s worker fetch from a named host, and nothing else', async () => {
    const page = await visit(first);
    await ready(page);
    await page.reload();
    const elsewhere = await serve(first, {
      alter: (_, response) => ({
        ...response,
        headers: { ...response.headers, 'Access-Control-Allow-Origin': '*' },
      }),
    });
    const url = `${elsewhere.url}papers.json`;
    const askFrom = (start: 'startModelWorker' | 'startOtherWorker') =>
      page.evaluate(
        ([url, start]) =>
          new Promise((resolve) => {
            const worker = (globalThis as OfflinePage).offline[start]();
            worker.onmessage = ({ data }) => resolve(data);
            worker.postMessage(url);
          }),
        [url, start] as const,
      );
    expect(await askFrom('startModelWorker')).toBe('200');
    expect(await askFrom('startOtherWorker')).toMatch(/Failed to fetch/);
    expect(await page.evaluate((url) => fetch(url).then(String, String), url)).toMatch(/Failed to fetch/);
    expect(troubles.violations.length).toBeGreaterThan(0);
    for (const violation of troubles.violations) expect(violation).toContain('papers.json');
    await elsewhere.close();
  });
});

describe('an update', () => {
  it('waits for the yes, then loads the page once', async () => {
    const page = await visit(first);
    await ready(page);
    await deploy(second);
    await page.reload();
    await page.waitForFunction(() => (globalThis as OfflinePage).offline.updates.length === 1);
    expect(await edition(page)).toBe('first');
    await page.reload();
    await page.waitForFunction(() => (globalThis as OfflinePage).offline.updates.length === 1);
    expect(await edition(page)).toBe('first');

    let navigations = 0;
    page.on('framenavigated', () => navigations++);
    await page.evaluate(() => (globalThis as OfflinePage).offline.updates[0]?.());
    await page.waitForFunction(() => document.getElementById('edition')?.textContent === 'second');
    await ready(page);
    await settle(page);
    expect(navigations).toBe(1);
    // The build before stays, for its open pages and for a way back; and what is known of the two.
    const names = await page.evaluate(() => caches.keys());
    expect(names.filter((name) => name.startsWith('sheaf /')).length).toBe(2);
    await host?.close();
    await page.reload();
    expect(await edition(page)).toBe('second');
    expect(troubles.errors).toEqual([]);
  });

  it('accepted in one tab is told to the other, which goes on', async () => {
    const page = await visit(first);
    await ready(page);
    const other = await context.newPage();
    await other.goto(host?.url ?? '');
    await ready(other);
    await deploy(second);
    await page.reload();
    await page.waitForFunction(() => (globalThis as OfflinePage).offline.updates.length === 1);
    await page.evaluate(() => (globalThis as OfflinePage).offline.updates[0]?.());
    await page.waitForFunction(() => document.getElementById('edition')?.textContent === 'second');
    await other.waitForFunction(() => (globalThis as OfflinePage).offline.replaced === 1);
    expect(await edition(other)).toBe('first');
  });

  it('that does not arrive whole changes nothing', async () => {
    const page = await visit(first);
    await ready(page);
    const broken = (
      path: string,
      response: { body: Buffer; status: number; headers: Record<string, string> },
    ) => (path === 'papers.json' ? { ...response, body: response.body.subarray(0, 100) } : undefined);
    await deploy(second, { alter: broken });
    await page.reload();
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update().catch(() => {});
      while (registration.installing) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(await page.evaluate(() => (globalThis as OfflinePage).offline.updates.length)).toBe(0);
    await host?.close();
    await page.reload();
    await ready(page);
    expect(await edition(page)).toBe('first');
  });
});

describe('without a service worker', () => {
  it('a file cut short is named, nothing is kept, and the page goes on', async () => {
    const page = await visit(first, {
      alter: (path, response) =>
        path === 'topics.json' ? { ...response, body: response.body.subarray(0, 40) } : undefined,
    });
    // The worker's end may be seen before its message: what counts is what the reader is told in the end.
    await expect
      .poll(() => lastReason(page), { timeout: PATIENCE_MS })
      .toMatch(/topics\.json did not arrive whole.*tries again/);
    expect(await edition(page)).toBe('first');
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    // The next visit finds the host well again.
    await deploy(first);
    await page.reload();
    await ready(page);
  });

  it('a host that serves no sw.js is told of in a sentence', async () => {
    const page = await visit(first, {
      alter: (path, response) => (path === 'sw.js' ? { ...response, status: 404 } : undefined),
    });
    await unavailable(page);
    expect(await lastReason(page)).toMatch(/could not be kept for use without a network/);
  });

  it('a browser without them is told of in a sentence', async () => {
    host = await serve(first, { base: SUBPATH });
    context = await launch();
    const page = await context.newPage();
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
    });
    await page.goto(host.url);
    await unavailable(page);
    expect(await lastReason(page)).toMatch(/allows no service worker/);
    expect(await edition(page)).toBe('first');
  });
});
