/** What every test in a real browser needs: the browser, a static host and an ear for what goes wrong. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, sep } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { build, type InlineConfig } from 'vite';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Everything that tests want is waited for, so this is only how long a failure takes: long, for machines under
 * load. Milliseconds.
 */
export const PATIENCE_MS = 60_000;

/** Flags that keep a test browser quiet: no background traffic that a test would count as the site's. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's path, or undefined when none is installed. `CHROMIUM_PATH` comes before all. */
export function lookForChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  return PLACES.find((path) => existsSync(path));
}

/** @throws when no browser is installed, saying what to install. */
export function findChromium(): string {
  const path = lookForChromium();
  if (path) return path;
  throw new Error(
    process.env.CHROMIUM_PATH
      ? `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist.`
      : 'No Chromium was found: install Chromium or Google Chrome, or set CHROMIUM_PATH to its program.',
  );
}

export interface LaunchOptions {
  /** Added to the flags that every test browser gets. */
  readonly args?: readonly string[];
  /** Kept at close, so that a second launch sees the same storage. A fresh one is removed at close. */
  readonly userDataDir?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly hasTouch?: boolean;
  readonly isMobile?: boolean;
  readonly deviceScaleFactor?: number;
}

/** Starts a headless browser with storage on disk: `newContext()` would keep IndexedDB in memory. */
export async function launch(options: LaunchOptions = {}): Promise<BrowserContext> {
  const { args = [], userDataDir, ...rest } = options;
  const directory = userDataDir ?? (await mkdtemp(join(tmpdir(), 'sheaf-browser-')));
  const context = await chromium.launchPersistentContext(directory, {
    executablePath: findChromium(),
    headless: true,
    timeout: PATIENCE_MS,
    args: [...FLAGS, ...args],
    ...rest,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (!userDataDir) {
    context.on('close', () => {
      rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
    });
  }
  return context;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
  '.bin': 'application/octet-stream',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** What the host is about to send; `alter` may change any of it. */
export interface HostResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface HostOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Sub-path that the directory stands under: `/some/where/`. */
  readonly base?: string;
  /** `isolated` sends COOP and COEP; `none`, the default, is the plainest static host. */
  readonly headers?: 'isolated' | 'none';
  /** Called with the path inside the directory (`models/x/sheaf.json`) before each answer. */
  readonly alter?: (
    path: string,
    response: HostResponse,
  ) => HostResponse | undefined | Promise<HostResponse | undefined>;
}

export interface Host {
  /** Address of the directory, with a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every request answered, in order: path inside the directory and bytes of the body sent, 0 when unchanged. */
  readonly requests: { path: string; bytes: number }[];
  /** Stops listening and ends open sockets: afterwards every request fails. */
  close(): Promise<void>;
}

/** Serves a directory on 127.0.0.1 as any static host would. */
export async function serve(directory: string, options: HostOptions = {}): Promise<Host> {
  const base = options.base ?? '/';
  const requests: Host['requests'] = [];
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const inside = decodeURIComponent(pathname);
    const path = inside.startsWith(base) ? inside.slice(base.length) : undefined;
    let response = await readResponse(directory, path);
    if (options.headers === 'isolated') {
      response.headers['Cross-Origin-Opener-Policy'] = 'same-origin';
      response.headers['Cross-Origin-Embedder-Policy'] = 'require-corp';
    }
    response = (await options.alter?.(path ?? inside, response)) ?? response;
    send(request, answer, response, (bytes) => requests.push({ path: path ?? inside, bytes }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends with a checksum, as static hosts do, so that a browser need not take the same bytes twice. */
function send(
  request: IncomingMessage,
  answer: ServerResponse,
  response: HostResponse,
  count: (bytes: number) => void,
): void {
  const tag = `"${createHash('sha1').update(response.body).digest('hex')}"`;
  const headers = { ETag: tag, 'Content-Length': String(response.body.length), ...response.headers };
  if (response.status === 200 && request.headers['if-none-match'] === tag) {
    count(0);
    answer.writeHead(304, { ETag: tag }).end();
    return;
  }
  const body = request.method === 'HEAD' ? Buffer.alloc(0) : response.body;
  count(body.length);
  answer.writeHead(response.status, headers).end(body);
}

async function readResponse(directory: string, path: string | undefined): Promise<HostResponse> {
  const missing = {
    status: 404,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' } as Record<string, string>,
    body: Buffer.from('not here\n'),
  };
  if (path === undefined) return missing;
  let file = normalize(join(directory, path));
  if (file !== directory && !file.startsWith(directory.endsWith(sep) ? directory : directory + sep))
    return missing;
  try {
    if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
    const body = await readFile(file);
    return {
      status: 200,
      headers: { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' },
      body,
    };
  } catch {
    return missing;
  }
}

export interface Troubles {
  /** Console errors and warnings, with where they came from. */
  readonly console: string[];
  /** Uncaught exceptions and rejections. */
  readonly errors: string[];
  /** What a content security policy refused. */
  readonly violations: string[];
}

/**
 * Chromium's word for a page that was closed while it still fetched its service worker's script, as tests do on a
 * busy machine. A script that cannot be had on an open page is told to the reader, and tests look at that.
 */
const CLOSED_TOO_EARLY = 'An unknown error occurred when fetching the script.';

/** Collects what goes wrong in every page and worker of a context from now on. */
export function listen(context: BrowserContext): Troubles {
  const troubles = { console: [] as string[], errors: [] as string[], violations: [] as string[] };
  context.on('console', (message) => {
    if (message.text() === CLOSED_TOO_EARLY) return;
    const text = `${message.text()} (${message.location().url})`;
    if (/Content Security Policy|requires '?Trusted/i.test(text)) troubles.violations.push(text);
    else if (message.type() === 'error' || message.type() === 'warning') troubles.console.push(text);
  });
  context.on('weberror', (event) => troubles.errors.push(String(event.error().stack ?? event.error())));
  return troubles;
}

/** Builds a page of a test with Vite, as production: Vitest's own NODE_ENV would make it a development build. */
export async function bundle(config: InlineConfig): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ logLevel: 'error', ...config });
  } finally {
    process.env.NODE_ENV = before;
  }
}

/** Longer than this a page has never taken to close, milliseconds. */
const CLOSING_MS = 30_000;

/**
 * Closes a page, or leaves it to the end of its context: once in some hundreds a busy Chromium was seen not to
 * answer, which says nothing of the site.
 */
export async function closePage(page: Page): Promise<void> {
  await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, CLOSING_MS))]);
}

/**
 * Ends a page as a browser does that runs out of memory: its process is gone, what it wrote stays.
 * @param open for a page that is held at a point: it would not answer to a new session.
 */
export async function crashPage(page: Page, open?: CDPSession): Promise<void> {
  const client = open ?? (await page.context().newCDPSession(page));
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  // Nobody answers.
  void client.send('Page.crash').catch(() => {});
  await crashed;
  await closePage(page);
}
