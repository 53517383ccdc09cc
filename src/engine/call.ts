/**
 * Calls across a port: the page names a function of the worker's table and gets
 * a promise. Arguments are cloned, but two kinds are carried by hand: an
 * AbortSignal becomes a signal on the other side, and a function becomes a
 * callback. Everything in `transfer(value, list)` is moved, not copied.
 */
import { EngineError, type EngineErrorCode } from './error.ts';

/** A Worker, a worker's own scope or a MessagePort. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  start?(): void;
}

type Argument = { value: unknown } | { callback: number } | { signal: true; aborted: boolean };

interface Request {
  readonly id: number;
  readonly name: string;
  readonly given: readonly Argument[];
}

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code?: EngineErrorCode;
}

type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly callback: number; readonly values: readonly unknown[] }
  | { readonly broken: string };

const moved = new WeakMap<object, Transferable[]>();

/** Marks buffers of a value to be moved with it; returns the value. */
export function transfer<T extends object>(value: T, list: Transferable[]): T {
  moved.set(value, list);
  return value;
}

function movedIn(values: readonly unknown[]): Transferable[] {
  return values.flatMap((value) =>
    typeof value === 'object' && value !== null ? (moved.get(value) ?? []) : [],
  );
}

type Given<T, Name extends keyof T> = T[Name] extends (...given: infer G) => unknown ? G : never;
type Answer<T, Name extends keyof T> = T[Name] extends (...given: never[]) => infer R ? Awaited<R> : never;

/** The page's end; T is the type of the table that the worker serves. */
export interface Connection<T> {
  /**
   * Calls a function of the table.
   * @throws what the function threw, by name; the signal's reason once it is aborted; an EngineError
   * `crashed` when the worker stops.
   */
  call<Name extends keyof T & string>(name: Name, ...given: Given<T, Name>): Promise<Answer<T, Name>>;
  /** Resolves when the other side is gone, with the sentence that all pending calls were rejected with. */
  readonly ended: Promise<EngineError>;
  /** Rejects everything pending. Does not stop the worker itself. */
  close(error?: EngineError): void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly callbacks: readonly ((...values: unknown[]) => unknown)[];
  readonly release: () => void;
}

/** @param who starts the sentence told when the other side stops: `The worker that runs the model`. */
export function connect<T extends object>(port: Port, who: string): Connection<T> {
  const pending = new Map<number, Pending>();
  let last = 0;
  let end: EngineError | undefined;
  let tellEnd: (error: EngineError) => void = () => {};
  const ended = new Promise<EngineError>((resolve) => {
    tellEnd = resolve;
  });

  const settle = (id: number): Pending | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    call?.release();
    return call;
  };
  const close = (error = new EngineError('closed', `${who} was closed.`)): void => {
    if (end) return;
    end = error;
    for (const id of [...pending.keys()]) settle(id)?.reject(error);
    tellEnd(error);
  };
  const crash = (detail: string): void => {
    const cause = detail ? ` (${detail})` : '';
    close(new EngineError('crashed', `${who} stopped unexpectedly${cause}. Try again, or reload the page.`));
  };

  port.addEventListener('message', (event) => {
    const reply = event.data as Reply;
    if ('broken' in reply) crash(reply.broken);
    else if ('values' in reply) {
      // A throw in the caller's callback is the caller's failure: it ends the call, not this listener.
      try {
        pending.get(reply.id)?.callbacks[reply.callback]?.(...reply.values);
      } catch (error) {
        port.postMessage({ cancel: reply.id }, []);
        settle(reply.id)?.reject(error);
      }
    } else if ('failure' in reply) settle(reply.id)?.reject(revive(reply.failure));
    else settle(reply.id)?.resolve(reply.value);
  });
  port.addEventListener('error', (event) => crash((event as unknown as { message?: string }).message ?? ''));
  port.addEventListener('messageerror', () => crash('a message could not be read'));
  port.start?.();

  return {
    ended,
    close,
    call(name, ...given) {
      return new Promise((resolve, reject) => {
        if (end) return reject(end);
        const id = ++last;
        const callbacks: ((...values: unknown[]) => unknown)[] = [];
        let signal: AbortSignal | undefined;
        const packed = (given as readonly unknown[]).map((value): Argument => {
          if (typeof value === 'function') return { callback: callbacks.push(value as () => unknown) - 1 };
          if (!(value instanceof AbortSignal)) return { value };
          signal = value;
          return { signal: true, aborted: value.aborted };
        });
        if (signal?.aborted) return reject(signal.reason);
        const stop = (): void => {
          port.postMessage({ cancel: id }, []);
          settle(id)?.reject(signal?.reason);
        };
        signal?.addEventListener('abort', stop);
        const release = (): void => signal?.removeEventListener('abort', stop);
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject, callbacks, release });
        try {
          port.postMessage({ id, name, given: packed } satisfies Request, movedIn(given));
        } catch (error) {
          settle(id)?.reject(error);
        }
      });
    },
  };
}

/** The worker's end: answers calls of the functions in a table until the port closes. */
export function serve(port: Port, table: object): void {
  const running = new Map<number, AbortController>();

  async function answer({ id, name, given }: Request): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const values = given.map((argument) => {
      if ('signal' in argument) return controller.signal;
      if ('value' in argument) return argument.value;
      return (...values: unknown[]) =>
        port.postMessage({ id, callback: argument.callback, values } satisfies Reply, movedIn(values));
    });
    try {
      const call = (table as Record<string, unknown>)[name];
      if (typeof call !== 'function') throw new TypeError(`the worker has no function ${name}`);
      const value: unknown = await call.apply(table, values);
      port.postMessage({ id, value } satisfies Reply, movedIn([value]));
    } catch (error) {
      // Told, never thrown on: a throw in an async handler of a worker is silent.
      port.postMessage({ id, failure: describe(error) } satisfies Reply, []);
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener('message', (event) => {
    const message = event.data as Request | { cancel: number };
    if ('cancel' in message) running.get(message.cancel)?.abort();
    else void answer(message);
  });
  port.addEventListener('messageerror', () => {
    port.postMessage({ broken: 'a message could not be read' } satisfies Reply, []);
  });
  port.start?.();
}

function describe(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return error instanceof EngineError ? { name, message, code: error.code } : { name, message };
}

function revive({ name, message, code }: Failure): Error {
  if (code) return new EngineError(code, message);
  if (name === 'AbortError') return new DOMException(message, name);
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A worker's table as the page calls it: every function gives a promise. */
export type Remote<T> = {
  readonly [Name in keyof T as T[Name] extends (...given: never[]) => unknown ? Name : never]: (
    ...given: Given<T, Name>
  ) => Promise<Answer<T, Name>>;
};

/** Lets a connection be called by the names of its table. */
export function remoteOf<T extends object>(connection: Connection<T>): Remote<T> {
  return new Proxy({} as Remote<T>, {
    get: (_, name) => {
      // Promises look for `then`: a remote is not one.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...given: unknown[]) => connection.call(name as never, ...(given as never));
    },
  });
}
