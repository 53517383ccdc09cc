import { type Database, type Rows, StoreError } from './database.ts';
import type { DerivedSchema } from './names.ts';

/*
 * One tab reads papers for a model, the others wait and take what it keeps. Whose turn it is says a Web Lock; a tab
 * that died lets go of it by itself, one that the browser has frozen does not, so that it is taken from a tab of
 * which nothing is heard. What such a tab still writes when it wakes is refused by the number of its turn.
 */

/** The right to read papers for a model. */
export interface Turn {
  /** Compared inside each write. */
  readonly number: number;
  /** Aborted when the turn is over: by the one who asked for it, or since another tab has taken it. */
  readonly signal: AbortSignal;
}

export interface Turns {
  /** Waits for the turn, and works; again, when another tab took it away and it comes back. */
  inTurn<T>(model: string, signal: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** Calls back when another tab has kept vectors of a model. Returns how to stop. */
  onVectors(listener: (model: string) => void): () => void;
  /** Tells other tabs that vectors were kept. */
  tell(model: string): void;
  close(): void;
}

const LOCK = 'sheaf-reading';
const CHANNEL = 'sheaf-reading';
/** How often the tab whose turn it is says that it lives, milliseconds. */
const BEAT_MS = 2_000;
/** Silence after which its turn is taken, milliseconds: several beats, since a busy page is late. */
const SILENCE_MS = 10_000;

interface Said {
  readonly model: string;
  readonly what: 'lives' | 'kept';
}

export function createTurns(database: Database<DerivedSchema>): Turns {
  const shared = database.kind === 'indexeddb' && globalThis.navigator?.locks && globalThis.BroadcastChannel;
  const channel = shared ? new BroadcastChannel(CHANNEL) : undefined;
  const say = (model: string, what: Said['what']) => channel?.postMessage({ model, what } satisfies Said);
  const hear = (listener: (said: Said) => void) => {
    const onMessage = ({ data }: MessageEvent<Said>) => listener(data);
    channel?.addEventListener('message', onMessage);
    return () => channel?.removeEventListener('message', onMessage);
  };
  const numberOf = async (rows: Rows<DerivedSchema>, model: string) =>
    Number((await rows.get('turns', model))?.value ?? 0);
  const count = (model: string) =>
    database.change(['turns'], async (rows) => {
      const number = (await numberOf(rows, model)) + 1;
      rows.put('turns', { key: model, value: number });
      return number;
    });
  /** On a full disk nothing is counted and no vector kept, but papers are read all the same. */
  const begin = (model: string) =>
    count(model).catch(() => database.read(['turns'], (rows) => numberOf(rows, model)));

  /** One turn, from waiting for it to its end; `over` where another tab took it. */
  const once = async <T>(model: string, asked: AbortSignal, work: (turn: Turn) => Promise<T>) => {
    const mine = new AbortController();
    const end = () => mine.abort();
    asked.addEventListener('abort', end);
    let working: Promise<T> | undefined;
    let settled = false;
    const hold = async () => {
      heard();
      say(model, 'lives');
      const beat = setInterval(() => say(model, 'lives'), BEAT_MS);
      working = begin(model).then((number) => work({ number, signal: mine.signal }));
      return working.finally(() => {
        settled = true;
        clearInterval(beat);
      });
    };
    const name = `${LOCK} ${model}`;
    const waiting = new AbortController();
    const stopWaiting = () => waiting.abort();
    asked.addEventListener('abort', stopWaiting);
    const heard = watchSilence(model, hear, () => waiting.abort());
    try {
      asked.throwIfAborted();
      try {
        return { result: await navigator.locks.request(name, { signal: waiting.signal }, hold) };
      } catch (error) {
        if (working || asked.aborted || !waiting.signal.aborted) throw error;
        return { result: await navigator.locks.request(name, { steal: true }, hold) };
      }
    } catch (error) {
      // The lock was taken while the work went on; or the number of a later turn met the write first.
      const taken = (working && !settled) || (error instanceof StoreError && error.kind === 'replaced');
      mine.abort();
      await working?.catch(() => undefined);
      if (!taken || asked.aborted) throw error;
      return 'over' as const;
    } finally {
      heard();
      asked.removeEventListener('abort', end);
      asked.removeEventListener('abort', stopWaiting);
    }
  };

  return {
    async inTurn(model, signal, work) {
      if (!shared) return work({ number: 0, signal });
      for (;;) {
        const turn = await once(model, signal, work);
        if (turn !== 'over') return turn.result;
      }
    },
    onVectors: (listener) => hear(({ model, what }) => what === 'kept' && listener(model)) as () => void,
    tell: (model) => say(model, 'kept'),
    close: () => channel?.close(),
  };
}

/** Calls once when nothing was heard of a model's reader for long. Gives how to stop. */
function watchSilence(
  model: string,
  hear: (listener: (said: Said) => void) => () => void,
  onSilence: () => void,
): () => void {
  let timer = setTimeout(onSilence, SILENCE_MS);
  const stop = hear((said) => {
    if (said.model !== model) return;
    clearTimeout(timer);
    timer = setTimeout(onSilence, SILENCE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
