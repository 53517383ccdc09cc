import { type Accessor, createSignal } from 'solid-js';
import { EngineError } from '../engine/error.ts';

/** One plain sentence for the reader, with at most one way out. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'told' | 'warning';
  readonly action?: { readonly label: string; run(): void };
  /** Of several about the same only the latest is shown: an older way back would undo what is gone already. */
  readonly about?: string;
}

export interface Notices {
  readonly shown: Accessor<readonly Notice[]>;
  /** Of what has been done: goes by itself after a while. */
  tell(text: string, action?: Notice['action'], about?: string): void;
  /** Of what can be done: stays until it is answered. */
  offer(text: string, action: NonNullable<Notice['action']>): void;
  /** @param onDismiss the reader has put it away. */
  warn(text: string, action?: Notice['action'], onDismiss?: () => void): void;
  /** Of what may end by itself: gives how to take it away. */
  hold(text: string): () => void;
  dismiss(id: number): void;
}

/** How long what has been done is shown, milliseconds: time to read two sentences and to press Undo. */
const SHOWN = 12_000;

export function createNotices(): Notices {
  const [shown, setShown] = createSignal<readonly Notice[]>([]);
  let next = 1;
  const onDismissed = new Map<number, () => void>();
  const add = (kind: Notice['kind'], text: string, action?: Notice['action'], about?: string) => {
    // The same sentence twice tells nothing new.
    const id = next++;
    setShown((list) => [
      ...list.filter((notice) => notice.text !== text && (about === undefined || notice.about !== about)),
      { id, kind, text, ...(action ? { action } : {}), ...(about ? { about } : {}) },
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
      const id = add('told', text, action, about);
      setTimeout(() => dismiss(id), SHOWN);
    },
    offer: (text, action) => void add('told', text, action),
    warn(text, action, onDismiss) {
      const id = add('warning', text, action);
      if (onDismiss) onDismissed.set(id, onDismiss);
    },
    hold(text) {
      const id = add('warning', text);
      return () => dismiss(id);
    },
    dismiss,
  };
}

/** What went wrong, as a sentence: our own errors are written for readers, others are named. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return String(error);
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
