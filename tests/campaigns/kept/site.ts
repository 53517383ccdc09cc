/** The page of these campaigns, built and served, and a browser that keeps what the page says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import {
  bundle,
  closePage,
  crashPage,
  type Host,
  launch,
  PATIENCE_MS,
  serve,
} from '../../browser/harness.ts';
import type { KeptPage, Said } from './page.ts';
import { stopAt } from './points.ts';

export interface KeptSite {
  readonly directory: string;
  /** Another origin: nothing is kept there. */
  serve(): Promise<Host>;
  close(): Promise<void>;
}

export async function buildSite(): Promise<KeptSite> {
  const directory = await mkdtemp(join(tmpdir(), 'sheaf-kept-'));
  await bundle({
    configFile: false,
    publicDir: false,
    build: {
      outDir: directory,
      emptyOutDir: true,
      lib: { entry: resolve('tests/campaigns/kept/page.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
  });
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><title>Kept</title><script type="module" src="page.js"></script>',
  );
  const hosts: Host[] = [];
  return {
    directory,
    async serve() {
      const host = await serve(directory);
      hosts.push(host);
      return host;
    },
    async close() {
      await Promise.all(hosts.map((host) => host.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A page and what it has said, in its order. */
export interface Tab {
  readonly page: Page;
  readonly said: readonly Said[];
  /** The first of these words from `from` on; rejects when the page has taken too long. */
  hear<T extends Said['say']>(word: T, from?: number): Promise<Extract<Said, { say: T }>>;
  /** Ends the page's process, at once and without its knowing. */
  kill(): Promise<void>;
  /** Nothing of the page runs until it is woken: as a tab that the browser has frozen, by the debugger's halt. */
  freeze(frozen: boolean): Promise<void>;
  close(): Promise<void>;
}

const tabsOf = new WeakMap<Page, { said: Said[]; wake: () => void }>();

/** A browser whose pages' words are heard. */
export async function launchKept(userDataDir?: string): Promise<BrowserContext> {
  const context = await launch(userDataDir ? { userDataDir } : {});
  await context.exposeBinding('told', ({ page }, said: Said) => {
    const tab = tabsOf.get(page);
    tab?.said.push(said);
    tab?.wake();
  });
  await context.addInitScript(stopAt);
  return context;
}

export async function openTab(context: BrowserContext, url: string, hash = ''): Promise<Tab> {
  const page = await context.newPage();
  // Now: a page that stands still answers no new one.
  const client = await context.newCDPSession(page);
  const said: Said[] = [];
  let wake = () => {};
  tabsOf.set(page, { said, wake: () => wake() });
  await page.goto(`${url}${hash}`);
  await page.waitForFunction(() => 'page' in (globalThis as Partial<KeptPage>));
  const find = <T extends Said['say']>(word: T, from: number) =>
    said.slice(from).find((one): one is Extract<Said, { say: T }> => one.say === word);
  return {
    page,
    said,
    async hear(word, from = 0) {
      const end = Date.now() + PATIENCE_MS;
      for (;;) {
        const found = find(word, from);
        if (found) return found;
        if (Date.now() > end)
          throw new Error(`the page did not say ${word}, but ${JSON.stringify(said.slice(-3))}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 1_000);
        });
      }
    },
    kill: () => crashPage(page, client),
    async freeze(frozen) {
      if (frozen) {
        await client.send('Debugger.enable');
        await client.send('Debugger.pause');
      } else await client.send('Debugger.disable');
    },
    close: () => closePage(page),
  };
}
