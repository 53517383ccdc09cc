import { periodOf } from '../paper/calendar.ts';
import { megabytes, readBody } from './body.ts';
import { parseJsonList, readJsonList } from './json.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';

/** The host that is asked, and only by a press of a button that names it. */
export const DAILY_ENDPOINT = 'https://huggingface.co';
/** The most that its address for lists gives at once. */
const PAGE_LENGTH = 100;
/** Of one such page, bytes: of a hundred papers each may have a hundred times what they have. Thirty pages are held at once. */
const MOST_OF_PAGE = 10_000_000;
/** A month had some 700 papers when this was written; more pages than these are a host that never ends. */
const MOST_PAGES = 30;

export type Span = 'date' | 'week' | 'month';

/** A day, or the week or month that it is in. */
export interface DailyWanted {
  readonly span: Span;
  /** ISO 8601. */
  readonly day: string;
}

export interface DailyOptions extends ReadOptions {
  /** `https://huggingface.co`, no slash at the end. */
  readonly endpoint?: string;
  readonly signal?: AbortSignal;
  /** Papers so far. */
  readonly onProgress?: (papers: number) => void;
}

export interface DailyResult extends SourceResult {
  /** Why not all of it came, as a sentence; what came is in `papers`. */
  readonly missing?: string;
}

/**
 * Asks for the Daily Papers of a day, a week or a month, page after page, until one brings nothing new: hosts may
 * give fewer at once than they were asked for, so a short page says nothing.
 * @throws {SourceError} when none comes, with the reason and what to do.
 * @throws the signal's reason when it was stopped.
 */
export async function fetchDaily(wanted: DailyWanted, options: DailyOptions): Promise<DailyResult> {
  const { endpoint = DAILY_ENDPOINT, signal, onProgress } = options;
  const host = new URL(endpoint).host;
  const records: unknown[] = [];
  const seen = new Set<string>();
  let missing: string | undefined;
  for (let page = 0; ; page++) {
    if (page === MOST_PAGES) {
      missing = `${host} gave more than ${MOST_PAGES} pages; the rest was not asked for.`;
      break;
    }
    const answer = await askPage(`${endpoint}/api/daily_papers?${queryOf(wanted, page)}`, host, signal);
    if (typeof answer === 'string') {
      if (page === 0) throw new SourceError(answer);
      missing = `Only the first ${records.length} came: ${answer}`;
      break;
    }
    const fresh = answer.filter((record) => {
      const key = keyOf(record);
      return !seen.has(key) && seen.add(key);
    });
    if (fresh.length === 0) break;
    records.push(...fresh);
    onProgress?.(records.length);
  }
  if (records.length === 0) {
    throw new SourceError(
      `${host} has no papers for this ${spanNames[wanted.span]}. A weekend has none; a day has them when its list is out.`,
    );
  }
  // Of one day all are; in a week or a month each says its own.
  const listed = wanted.span === 'date' ? wanted.day : undefined;
  const list = {
    format: 'json' as const,
    records: records.map((value, index) => ({ place: `paper ${index + 1}`, value })),
    rejected: [],
    ...(listed ? { listed } : {}),
  };
  return { ...readJsonList(list, { today: options.today }), ...(missing ? { missing } : {}) };
}

const spanNames: Record<Span, string> = { date: 'day', week: 'week', month: 'month' };

function queryOf({ span, day }: DailyWanted, page: number): URLSearchParams {
  const value = span === 'date' ? day : span === 'week' ? periodOf('week', day).id : day.slice(0, 7);
  return new URLSearchParams({ [span]: value, p: String(page), limit: String(PAGE_LENGTH) });
}

/** The records of one page, or why there are none, as a sentence. Past its last page a host may say that it has none. */
async function askPage(
  url: string,
  host: string,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[] | string> {
  let response: Response;
  let text: string | undefined;
  try {
    // No cookie and no address of this page goes along.
    const init: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer' };
    response = await fetch(url, signal ? { ...init, signal } : init);
    text = await readBody(response, MOST_OF_PAGE);
  } catch {
    signal?.throwIfAborted();
    return globalThis.navigator?.onLine === false
      ? 'There is no network just now. Try again when there is.'
      : `${host} did not answer, or does not let other sites ask it (a browser does not say which). Try again later, or copy its page and paste it here.`;
  }
  if (response.status === 404) return [];
  if (response.status === 400)
    return `${host} does not know this date. ${reasonIn(text ?? '')}Choose another day.`;
  if (response.status === 429) {
    return `${host} has been asked too often just now. Try again ${waitOf(response.headers.get('Retry-After'))}.`;
  }
  if (!response.ok)
    return `${host} has a trouble of its own (it answered ${response.status}). Try again later.`;
  if (text === undefined)
    return `${host} sent more than ${megabytes(MOST_OF_PAGE)}: so much is not read at once. Try again later.`;
  try {
    const list = parseJsonList(text);
    if (list) return list.records.map(({ value }) => value);
  } catch {
    // Told below: what is wrong with it helps no reader.
  }
  return `${host} sent something that is no list of papers. Try again later, or copy its page and paste it here.`;
}

const LONGEST_REASON = 120;

/** What the host says is wrong, where it says so in a line. */
function reasonIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string' && error.length <= LONGEST_REASON) return `It says: “${error.trim()}”. `;
  } catch {
    // Then it says nothing that could be shown.
  }
  return '';
}

/** Seconds or a moment, as HTTP has it. */
function waitOf(header: string | null): string {
  const seconds = /^\d{1,6}$/.test(header ?? '') ? Number(header) : undefined;
  if (seconds === undefined) return 'in some minutes';
  return seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}

/** By the id of its paper where it has one. */
function keyOf(record: unknown): string {
  const { paper, id } = (record ?? {}) as { paper?: { id?: unknown }; id?: unknown };
  const key = paper?.id ?? id;
  if (typeof key === 'string') return key;
  try {
    return JSON.stringify(record) ?? '';
  } catch {
    // So deep that it cannot be written down: all such are one.
    return 'too deep';
  }
}
