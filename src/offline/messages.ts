/** What the service worker tells its pages while it installs. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'failed'; readonly path: string; readonly reason: 'full' | 'broken' };

/** What a page tells a worker that waits: the reader has said yes. */
export const ACTIVATE = 'activate';
