import { MOST_OF_OWN_SITE, megabytes, readBody } from './body.ts';
import { parseJsonList, readJsonList } from './json.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** More is refused; without it, as of the own site. */
  readonly mostBytes?: number;
  /** What the SHA-256 of the text is to be, lower-case hex. */
  readonly sha256?: string | undefined;
}

/**
 * Fetches a list and reads it.
 * @throws {SourceError} when nothing comes, or what comes is no list.
 * @throws the signal's reason when it was stopped: a stop is no error.
 */
export async function fetchList(url: string, options: ReadOptions & FetchOptions): Promise<SourceResult> {
  const text = await fetchText(url, 'list', options);
  try {
    const list = parseJsonList(text.replace(/^\ufeff/, ''));
    if (list) return readJsonList(list, options);
    // A list of a site is nearly always JSON: what reads the rest is not waited for.
    return (await import('./source.ts')).readPapers(text, options);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new SourceError(`The list at ${url} cannot be read. ${error.message}`);
  }
}

/** So often a text is fetched that does not come as it should, each time with other bytes. */
const MOST_TRIES = 3;

/**
 * The text at an address, held to a sum. One that differs is fetched again, past the browser's own copy: what was
 * spoilt on the way comes right, or at least other than before. What comes twice the same is what the host has, which
 * has another list than the page knows of: it is read, as any list is, with care.
 * @throws {SourceError} as fetchOnce; or when other bytes come each time.
 */
export async function fetchText(url: string, what: string, options: FetchOptions): Promise<string> {
  let before: string | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const text = await fetchOnce(url, what, options, tries === 0 ? 'default' : 'reload');
    if (text === before || (await isRight(text, options.sha256))) return text;
    before = text;
  }
  throw new SourceError(`The ${what} at ${url} did not arrive whole. Check the connection and try again.`);
}

/** Where the page is not secure there is no crypto.subtle: what comes has to do. */
async function isRight(text: string, sha256: string | undefined): Promise<boolean> {
  if (sha256 === undefined || !globalThis.crypto?.subtle) return true;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const sum = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return sum === sha256;
}

/**
 * The text at an address; `what` names it in sentences for the reader: `list`, `topics`.
 * @throws {SourceError} when it is not found, not reached, too long, or a web page in its place.
 */
async function fetchOnce(
  url: string,
  what: string,
  { signal, mostBytes = MOST_OF_OWN_SITE }: FetchOptions,
  cache: RequestCache,
): Promise<string> {
  let response: Response;
  let text: string | undefined;
  try {
    response = await fetch(url, { cache, ...(signal && { signal }) });
    text = await readBody(response, mostBytes);
  } catch {
    signal?.throwIfAborted();
    throw new SourceError(
      `The ${what} at ${url} could not be reached: there is no network, or no server answers.`,
    );
  }
  if (response.status === 404 || response.status === 410) {
    throw new SourceError(`The ${what} at ${url} was not found on its server.`);
  }
  if (!response.ok) {
    throw new SourceError(`The ${what} at ${url} did not come: its server answered ${response.status}.`);
  }
  if (text === undefined) {
    throw new SourceError(
      `The ${what} at ${url} has more than ${megabytes(mostBytes)}: so much is not read from there.`,
    );
  }
  // Hosts of single-page sites send their index page, with status 200, for whatever they do not have.
  if (/^\s*(?:<!doctype html|<html)/i.test(text)) {
    throw new SourceError(`The ${what} at ${url} is missing: its server sent a web page in its place.`);
  }
  return text;
}
