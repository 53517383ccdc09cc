import { type Accessor, createSignal } from 'solid-js';
import { EngineError } from '../engine/error.ts';
import { type Failure, type FailureKind, failureOf } from './failure.ts';

/** One plain sentence for the reader, with at most one way out. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'told' | 'warning';
  readonly action?: { readonly label: string; run(): void };
  /** Of a warning that tells of a failure. */
  readonly failure?: Failure;
  /** Of several about the same only the latest is shown: an older way back would undo what is gone already. */
  readonly about?: string;
}

/** What the place of a failure knows better than its error. */
interface Told {
  readonly kind?: FailureKind;
  readonly text?: string;
  readonly action?: Notice['action'];
  /** The reader has put it away. */
  readonly onDismiss?: () => void;
}

export interface Notices {
  readonly shown: Accessor<readonly Notice[]>;
  /** Of what has been done: goes by itself after a while. */
  tell(text: string, action?: Notice['action'], about?: string): void;
  /** Of what can be done: stays until it is answered. */
  offer(text: string, action: NonNullable<Notice['action']>): void;
  warn(text: string, action?: Notice['action']): void;
  /** Of what may end by itself: gives how to take it away. */
  hold(text: string): () => void;
  /** Tells of an error by the catalogue of failures; `told` where its own sentence is not the whole of it. */
  fail(error: unknown, told?: Told): void;
  dismiss(id: number): void;
}

/** How long what has been done is shown, milliseconds: time to read two sentences and to press Undo. */
const SHOWN = 12_000;

export function createNotices(): Notices {
  const [shown, setShown] = createSignal<readonly Notice[]>([]);
  let next = 1;
  const onDismissed = new Map<number, () => void>();
  const add = (notice: Omit<Notice, 'id'>) => {
    const { text, about } = notice;
    const id = next++;
    setShown((list) => [
      // The same sentence twice tells nothing new.
      ...list.filter((other) => other.text !== text && (about === undefined || other.about !== about)),
      { id, ...notice },
    ]);
    return id;
  };
  const dismiss = (id: number) => {
    setShown((list) => list.filter((notice) => notice.id !== id));
    onDismissed.get(id)?.();
    onDismissed.delete(id);
  };
  return {
    shown,
    tell(text, action, about) {
      const id = add({ kind: 'told', text, ...(action ? { action } : {}), ...(about ? { about } : {}) });
      setTimeout(() => dismiss(id), SHOWN);
    },
    offer: (text, action) => void add({ kind: 'told', text, action }),
    warn: (text, action) => void add({ kind: 'warning', text, ...(action ? { action } : {}) }),
    hold(text) {
      const id = add({ kind: 'warning', text });
      return () => dismiss(id);
    },
    fail(error, { kind, text, action, onDismiss } = {}) {
      const failure = failureOf(error, kind, text);
      const id = add({ kind: 'warning', text: failure.happened, failure, ...(action ? { action } : {}) });
      if (onDismiss) onDismissed.set(id, onDismiss);
    },
    dismiss,
  };
}

/** What went wrong, for a text of its own: our own errors are written for readers, others are named. */
export function sentenceOf(error: unknown): string {
  const sentence = error instanceof Error ? error.message || error.name : String(error);
  const { kind, safe, next } = failureOf(error);
  return kind.startsWith('store-') ? `${sentence} ${safe} ${next}` : sentence;
}

/** Nobody answered, or not to the end. */
export function isForNetwork(error: unknown): boolean {
  return error instanceof EngineError && (error.code === 'unreachable' || error.code === 'cut-short');
}

/**
 * True for the error that an aborted signal throws, and for what a worker says that gave way to another while it
 * was asked: a stop is not a failure.
 */
export function isStop(error: unknown): boolean {
  if (error instanceof EngineError) return error.code === 'closed';
  return error instanceof DOMException && error.name === 'AbortError';
}
