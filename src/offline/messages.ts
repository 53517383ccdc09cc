/** What the service worker tells its pages. */
export type WorkerMessage =
  /** While it installs. */
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'failed'; readonly path: string; readonly reason: 'full' | 'broken' }
  /** The newest build did not come up: this page is of the one before. */
  | { readonly type: 'withdrawn' };

/** What a page tells a worker. */
export type PageMessage =
  /** To one that waits: the reader has said yes. */
  | { readonly type: 'activate' }
  /** The page came up; `script` is the address of its own, by which its build is known. */
  | { readonly type: 'up'; readonly script: string };
