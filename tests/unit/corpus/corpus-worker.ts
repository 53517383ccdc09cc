/** The worker of large lists within this process: Node has no workers of browsers. Its code and its messages are the real ones. */
import { vi } from 'vitest';

export interface StartedWorker {
  onmessage?: (event: { data: unknown }) => void;
  onerror?: () => void;
  terminated: boolean;
  /** Once its code is here. */
  readonly ready: Promise<unknown>;
}

/** Takes the place of `Worker`; gives those that are started. One at a time is open. */
export function stubCorpusWorker(): StartedWorker[] {
  const started: StartedWorker[] = [];
  vi.stubGlobal(
    'Worker',
    class implements StartedWorker {
      onmessage?: (event: { data: unknown }) => void;
      onerror?: () => void;
      terminated = false;
      readonly ready: Promise<(event: { data: unknown }) => void>;
      constructor() {
        started.push(this);
        this.ready = load((data) => {
          if (!this.terminated) this.onmessage?.({ data });
        });
      }
      postMessage(data: unknown, transfer: ArrayBuffer[] = []): void {
        const sent = structuredClone(data, { transfer });
        void this.ready.then((listen) => listen({ data: sent }));
      }
      terminate(): void {
        this.terminated = true;
      }
    },
  );
  return started;
}

async function load(postMessage: (data: unknown) => void): Promise<(event: { data: unknown }) => void> {
  let listener: ((event: { data: unknown }) => void) | undefined;
  vi.stubGlobal('self', {
    addEventListener: (_: string, listen: (event: { data: unknown }) => void) => {
      listener = listen;
    },
    postMessage,
  });
  vi.resetModules();
  await import('../../../src/corpus/corpus.worker.ts');
  return listener as unknown as (event: { data: unknown }) => void;
}
