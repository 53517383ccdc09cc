import { MOST_OF_OWN_SITE, megabytes, readBody } from './body.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';
import { readPapers } from './source.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** More is refused; without it, as of the own site. */
  readonly mostBytes?: number;
}

/**
 * Fetches a list and reads it.
 * @throws {SourceError} when nothing comes, or what comes is no list.
 * @throws the signal's reason when it was stopped: a stop is no error.
 */
export async function fetchList(url: string, options: ReadOptions & FetchOptions): Promise<SourceResult> {
  const text = await fetchText(url, 'list', options);
  try {
    return readPapers(text, options);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new SourceError(`The list at ${url} cannot be read. ${error.message}`);
  }
}

/**
 * The text at an address; `what` names it in sentences for the reader: `list`, `topics`.
 * @throws {SourceError} when it is not found, not reached, too long, or a web page in its place.
 */
export async function fetchText(
  url: string,
  what: string,
  { signal, mostBytes = MOST_OF_OWN_SITE }: FetchOptions,
): Promise<string> {
  let response: Response;
  let text: string | undefined;
  try {
    response = await fetch(url, signal ? { signal } : {});
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
