let coming: Promise<typeof import('./second.ts')> | undefined;

/**
 * The code of what works on the papers: a file that the page fetches beside the first one. Asked for at the start, so that a press
 * finds it here. Rejects where it does not come: browsers remember that, and only a reload tries again.
 */
export function loadSecond(): Promise<typeof import('./second.ts')> {
  coming ??= import('./second.ts');
  return coming;
}
