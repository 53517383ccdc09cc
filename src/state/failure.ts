import type { EngineErrorCode } from '../engine/error.ts';
import type { StoreError } from '../store/database.ts';
import { type FailureWords, failures } from '../texts/en-failures.ts';

export type FailureKind = keyof typeof failures.kinds;

/** What a reader is told when something fails: what happened, what is safe, one next step. */
export interface Failure {
  readonly kind: FailureKind;
  readonly happened: string;
  readonly safe: string;
  readonly next: string | undefined;
  /** What it was, for a report. */
  readonly cause: unknown;
}

/** None is forgotten, or this does not compile. */
failures.kinds satisfies Record<`store-${StoreError['kind']}` | `model-${EngineErrorCode}`, FailureWords>;

const isKind = (kind: string): kind is FailureKind => kind in failures.kinds;

/** By name and code, and not by class: an error may come out of a worker. */
export function kindOf(error: unknown): FailureKind {
  const { name, kind, code } = (error ?? {}) as {
    name?: string;
    kind?: StoreError['kind'];
    code?: EngineErrorCode;
  };
  const wanted =
    name === 'StoreError' ? `store-${kind}` : name === 'EngineError' ? `model-${code}` : undefined;
  if (wanted !== undefined && isKind(wanted)) return wanted;
  return name === 'SourceError' ? 'list' : 'unexpected';
}

/** @param happened where the error's own sentence is not for readers, or says less than its place knows. */
export function failureOf(error: unknown, kind = kindOf(error), happened?: string): Failure {
  const { safe, next, happened: ours }: FailureWords = failures.kinds[kind];
  const sentence = isForReaders(error) ? error.message : (ours ?? String(error));
  return { kind, happened: happened ?? sentence, safe, next, cause: error };
}

/** Errors of ours are written for readers; a browser's (`TypeError`, `DOMException`) are for those who wrote the code. */
const isForReaders = (error: unknown): error is Error =>
  error instanceof Error &&
  /^(?:Error|(?:Store|Engine|Source)Error)$/.test(error.name) &&
  error.message !== '';

/** What a report says of the place: nothing that a reader wrote, added or asked. */
export interface Surroundings {
  readonly now: Date;
  readonly browser: string;
  /** Kinds only, such as `topic`; no ids and no questions. */
  readonly place: string;
  readonly page: string | undefined;
}

/**
 * For whoever runs the site. Messages are left out, since they may name papers, files or addresses; of the traces only
 * functions and places in our own files stand there.
 */
export function reportOf({ kind, cause }: Failure, { now, browser, place, page }: Surroundings): string {
  const lines = [
    'Sheaf: report of a failure',
    `Kind: ${kind}`,
    `When: ${now.toISOString()}`,
    `Browser: ${browser}`,
    `Place: ${place}${page === undefined ? '' : `, page ${page}`}`,
  ];
  for (let error = cause, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth++) {
    lines.push(`Error: ${/^\w{1,40}$/.test(error.name) ? error.name : 'of another kind'}`);
    lines.push(...traceOf(error));
  }
  return `${lines.join('\n')}\n`;
}

const LONGEST_TRACE = 8;
/** ` at name (https://host/assets/file.js:1:2)`: the name, and the file without its host. */
const FRAME = /^\s*at (?:async )?(?:([\w$.]{1,80}) \()?\S*?\/((?:assets\/)?[\w.-]{1,80}\.m?js:\d+:\d+)\)?$/;

function traceOf({ stack = '' }: Error): string[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const [, name, place] = FRAME.exec(line) ?? [];
      return place === undefined ? [] : [`  at ${name ?? '?'} ${place}`];
    })
    .slice(0, LONGEST_TRACE);
}
