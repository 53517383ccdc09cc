/** How far an embedding run is. */
export interface EmbedProgress {
  readonly done: number;
  readonly total: number;
  /** Texts. */
  readonly perSecond: number;
  readonly secondsLeft: number;
}

/** Counts texts done, told by how far into the list they reach. */
export function createProgress(
  texts: readonly string[],
  onProgress?: (progress: EmbedProgress) => void,
): (done: number) => void {
  const start = performance.now();
  // Time goes with characters, not with texts: titles alone are ten times faster than abstracts.
  let left = texts.reduce((sum, text) => sum + text.length, 0);
  let read = 0;
  let last = 0;
  return (done) => {
    const now = texts.slice(last, done).reduce((sum, text) => sum + text.length, 0);
    read += now;
    left -= now;
    last = done;
    const seconds = Math.max(1e-3, (performance.now() - start) / 1000);
    const secondsLeft = read > 0 ? (left / read) * seconds : 0;
    onProgress?.({ done, total: texts.length, perSecond: done / seconds, secondsLeft });
  };
}
