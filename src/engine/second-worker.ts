import type { ModelContract } from './contract.ts';
import type { Device } from './device.ts';
import type { Embedded, TextKind } from './encoder.ts';
import { openSession, type Session } from './session.ts';
import type { Tenure } from './tenure.ts';
import { underWatch } from './watch.ts';

/**
 * From so many milliseconds on that the rest of a list would take, another worker is worth its opening, which takes a second of both
 * cores: of the better model, with the graph that it had first as look-ups, 5,000 abstracts were read in 2.9 s with it and 3.5 s
 * without, 10,000 in 4.7 and 6.2 (two cores, by a script that is not kept).
 */
export const WORTH_HELP_MS = 3_000;

/**
 * A card is quicker than the processor's help, and what needs no runtime is read faster than it can be sent. Threads and another worker
 * are in each other's way: of 2,000 mixed abstracts two threads of a model with products a place read 474 a second, with a worker beside
 * them 333, and two workers of one thread each 451 (two cores).
 */
export function mayHelp({ kind, threads }: Device, { lookup }: Pick<ModelContract, 'lookup'>): boolean {
  return !lookup && kind === 'wasm' && threads === 1 && (globalThis.navigator?.hardwareConcurrency ?? 1) > 1;
}

/** Another worker with the same model, for long lists. */
export interface SecondWorker {
  /** As the tenure's: what this one fails at, the tenure does. */
  embed(texts: readonly string[], kind: TextKind, signal?: AbortSignal): Promise<Embedded>;
  /** Stops the worker, which gives back its memory. */
  close(): void;
}

/**
 * A worker on the processor, with one thread. It opens
 * when it is first asked. Its vectors are held to the same test texts as the other's.
 */
export function createSecondWorker(mine: Tenure): SecondWorker {
  const ended = new AbortController();
  const { signal: given } = mine.parts;
  const signal = given ? AbortSignal.any([given, ended.signal]) : ended.signal;
  let opening: Promise<Session | undefined> | undefined;
  const open = () =>
    openSession({ ...mine.parts, device: 'wasm', threads: 1, golden: mine.session().golden, signal }).catch(
      // Not a fault that a reader need know of: the one worker that there always is goes on alone.
      () => undefined,
    );
  return {
    async embed(texts, kind, stop) {
      opening ??= open();
      const session = await opened(opening, stop);
      if (!session) return mine.embed(texts, kind, false, stop);
      try {
        return await underWatch(session.connection, session.patience, (alive) =>
          session.connection.call('embed', texts, kind, false, stop, alive),
        );
      } catch {
        stop?.throwIfAborted();
        session.close();
        opening = Promise.resolve(undefined);
        return await mine.embed(texts, kind, false, stop);
      }
    },
    close() {
      ended.abort();
      void opening?.then((session) => session?.close());
    },
  };
}

async function opened(
  opening: Promise<Session | undefined>,
  stop: AbortSignal | undefined,
): Promise<Session | undefined> {
  // A stop is not held up by a worker that only opens.
  const stopped = new Promise<undefined>((resolve) => {
    stop?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const session = await Promise.race([opening, stopped]);
  stop?.throwIfAborted();
  return session;
}
