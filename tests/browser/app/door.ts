/** How a test file comes in: a browser and a host that its tests share, and as much of a visit as each needs. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import {
  closePage,
  type Host,
  type HostOptions,
  type LaunchOptions,
  launch,
  listen,
  type Troubles,
} from '../harness.ts';
import { serveSite, visit, waitForMeaning } from './site.ts';

export interface DoorOptions {
  /**
   * Which of the site's models come. `both`, as a reader gets them; `quick`, as one who saves data does: half
   * the work, for tests that need meaning but not the best; `none`: words only, for those that need neither.
   */
  readonly models?: 'both' | 'quick' | 'none';
  /** Whether the site is kept for use without a network, which costs a second fetch of all of it. */
  readonly offline?: boolean;
  readonly browser?: LaunchOptions;
  /** What the host does to its files. */
  readonly alter?: HostOptions['alter'];
  /** Run in every page before its own scripts. */
  readonly init?: () => void;
  /** What the page is to have before a test begins; by default meaning, where it is to come. */
  readonly ready?: (page: Page) => Promise<unknown>;
}

/** A phone, held in one hand. */
export const PHONE: LaunchOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

/** What the test at hand works on. Read anew each time: the page of one test is not that of the next. */
export interface Door {
  readonly context: BrowserContext;
  readonly host: Host;
  readonly page: Page;
  readonly troubles: Troubles;
  /** Another page of this browser: of the same reader, since the storage is the same. */
  another(): Promise<Page>;
}

/**
 * One page for all tests of a file or `describe`. Each begins at the list of all papers with nothing open; what
 * one leaves in the library the next one finds.
 */
export function shareSite(options: DoorOptions = {}): Door {
  const room = openRoom(options);
  let inside = false;
  // Not before all: only a test may wait for what it expects.
  beforeEach(async () => {
    if (inside) return goHome(room.page, room.host.url);
    await room.enter();
    inside = true;
  });
  return room;
}

/** An origin of its own for each test: nothing is kept there. The browser is one. */
export function freshSite(options: DoorOptions = {}): Door {
  const room = openRoom(options);
  beforeEach(() => room.enter());
  afterEach(() => room.leave());
  return room;
}

/** As a reader who goes back to the list and has put all else away. */
export async function goHome(page: Page, url: string): Promise<void> {
  // With a `#`: without one it would be loaded anew.
  await page.goto(`${url}#/`);
  await page.evaluate(() => {
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    for (const button of document.querySelectorAll<HTMLElement>('.notice .link')) button.click();
    document.querySelector<HTMLElement>('.sidebar.open + .backdrop')?.click();
    // Tab begins at the top again, and nothing has the focus.
    document.querySelector<HTMLElement>('.brand')?.focus();
    (document.activeElement as HTMLElement | null)?.blur();
    document.querySelector('.scroller')?.scrollTo(0, 0);
  });
}

function openRoom(options: DoorOptions) {
  const { models = 'both', offline = false } = options;
  let context: BrowserContext | undefined;
  let host: Host | undefined;
  let page: Page | undefined;
  let troubles: Troubles | undefined;
  const leave = async () => {
    if (page) await closePage(page);
    await host?.close();
    page = host = undefined;
  };
  beforeAll(async () => {
    context = await launch(options.browser);
    troubles = listen(context);
    if (models === 'quick') await context.addInitScript(saveData);
    if (!offline) await context.addInitScript(allowNoServiceWorker);
    if (options.init) await context.addInitScript(options.init);
  });
  afterAll(async () => {
    await leave();
    await context?.close();
  });
  return {
    get context() {
      return here(context);
    },
    get host() {
      return here(host);
    },
    get page() {
      return here(page);
    },
    get troubles() {
      return here(troubles);
    },
    another: () => here(context).newPage(),
    async enter() {
      host = await serveSite({
        alter: async (path, response) => {
          if (models === 'none' && path.endsWith('/sheaf.json')) await new Promise(() => {});
          return options.alter?.(path, response);
        },
      });
      page = await here(context).newPage();
      await visit(page, host.url);
      if (options.ready) await options.ready(page);
      else if (models !== 'none') await waitForMeaning(page);
    },
    leave,
  };
}

function here<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('this is there only while a test runs');
  return part;
}

/** A page's script: of a reader who saves data, and so stays with the quick model. */
export function saveData(): void {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
}

/** A page's script: the site is not kept for use without a network. */
export function allowNoServiceWorker(): void {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
}
