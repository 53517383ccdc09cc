import type { ModelFile } from './contract.ts';
import { EngineError } from './error.ts';
import { createParts, PART_BYTES, type Parts } from './parts.ts';
import { badStatus, request } from './request.ts';
import { sumOf } from './sum.ts';

export interface FetchTiming {
  /** Without a byte for so long the connection counts as cut. */
  readonly stallMs: number;
  /** Before each new try after one that brought nothing; after the last it is given up. */
  readonly pausesMs: readonly number[];
}

const TIMING: FetchTiming = { stallMs: 20_000, pausesMs: [200, 800, 3_000] };

/** A try that brings less has brought nothing: else a server that sends a byte at a time would be asked for ever. */
const LEAST_BYTES = 16_384;

/** A part that comes wrong so often is wrong on the server. */
const MOST_WRONG = 3;

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the bytes here so far. */
  readonly onBytes?: (loaded: number) => void;
  /** Parts that an earlier try has kept, by number. */
  readonly kept?: ReadonlyMap<number, ArrayBuffer> | undefined;
  /** A part that may be kept; the bytes are the caller's. */
  readonly onPart?: ((part: number, bytes: ArrayBuffer) => void) | undefined;
  readonly timing?: FetchTiming;
}

/** What came of a file. */
export interface Arrival {
  /** The whole file, or its beginning as far as it came. Not to be trusted before it is checked as a whole. */
  readonly bytes: ArrayBuffer;
  /** Why it did not come to its end, where that is known. */
  readonly failure?: EngineError | undefined;
}

/**
 * Fetches a file whose size and sum are known; goes on where it was cut, and fetches again what came wrong.
 * @throws {RangeError} where it does not fit into memory; the signal's reason when stopped.
 */
export async function fetchParts(url: string, file: ModelFile, options: FetchOptions = {}): Promise<Arrival> {
  const { signal, timing = TIMING } = options;
  // The sum of a file of one part is that part's.
  const only = file.sha256 !== undefined && file.bytes <= PART_BYTES ? [file.sha256] : undefined;
  const parts = await createParts({ ...file, ...(only && { parts: only }) }, options.kept, options.onPart);
  const connection = createConnection(url, file, parts, { ...options, timing });
  options.onBytes?.(parts.done());
  let failures = 0;
  let anew = 0;
  for (;;) {
    if (!parts.next()) {
      if (anew > 0 || (await isRight(parts.whole, file.sha256))) return { bytes: parts.whole.buffer };
      // Parts without sums of their own: nothing says which of them is wrong.
      anew++;
      parts.clear();
    }
    const before = parts.taken();
    const failure = await connection.tryOnce();
    const gap = parts.next();
    if (!gap) continue;
    if (parts.wrong() >= MOST_WRONG) return { bytes: parts.whole.buffer };
    failures = parts.taken() - before >= LEAST_BYTES ? 0 : failures + 1;
    const final = failure?.code === 'missing' || failures > timing.pausesMs.length;
    if (final) return { bytes: parts.whole.slice(0, gap.start).buffer, failure };
    await wait(timing.pausesMs[failures - 1] ?? 0, signal);
  }
}

async function isRight(bytes: Uint8Array<ArrayBuffer>, sha256: string | undefined): Promise<boolean> {
  const sum = sha256 === undefined ? undefined : await sumOf(bytes);
  return sum === undefined || sum === sha256;
}

/** Asks one server for what is missing; remembers whether it can be asked for less than all. */
function createConnection(
  url: string,
  { path, bytes }: ModelFile,
  parts: Parts,
  { signal, onBytes, timing }: FetchOptions & { timing: FetchTiming },
) {
  let ranges = true;
  let tries = 0;

  async function read(response: Response, at: number, alive: () => void): Promise<void> {
    const reader = response.body?.getReader();
    let place = at;
    for (;;) {
      const next = await reader?.read();
      alive();
      if (!next || next.done || place >= bytes) return;
      await parts.take(place, next.value);
      place += next.value.length;
      onBytes?.(parts.done());
    }
  }

  return {
    /**
     * Asks for the next gap and takes what comes, to its end or a cut.
     * @returns what the server said in the place of bytes.
     */
    async tryOnce(): Promise<EngineError | undefined> {
      const { start, end } = parts.next() ?? { start: 0, end: bytes };
      const ranged = ranges && (start > 0 || end < bytes);
      const stop = new AbortController();
      const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), timing.stallMs);
      };
      alive();
      try {
        const response = await request(url, either, {
          // The first time what the browser has may do, if the server says so; it may be what was wrong.
          cache: tries++ === 0 && !ranged ? 'no-cache' : 'no-store',
          ...(ranged && { range: `bytes=${start}-${end - 1}` }),
        });
        const at = placeOf(response, ranged ? start : 0);
        if (at !== undefined) await read(response, at, alive);
        else if (ranged && response.status < 500) ranges = false;
        else return badStatus(response.status, path, url);
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof EngineError) return error;
        if (error instanceof RangeError) throw error;
        // Cut: what came is here.
      } finally {
        clearTimeout(timer);
        // What is still to come of it is not wanted.
        stop.abort();
      }
      return undefined;
    },
  };
}

/** Where the bytes of an answer belong; undefined where they are of no use. */
function placeOf(response: Response, asked: number): number | undefined {
  if (!response.body) return undefined;
  if (response.status === 200) return 0;
  if (response.status !== 206) return undefined;
  const stated = response.headers.get('content-range');
  // Another host's header is hidden: the sums decide.
  if (stated === null) return response.type === 'cors' ? asked : undefined;
  return Number(/^bytes (\d+)-/.exec(stated)?.[1] ?? -1) === asked ? asked : undefined;
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (milliseconds === 0) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
