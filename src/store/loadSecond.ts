let coming: Promise<typeof import('./second.ts')> | undefined;

/** Asked for when the store opens, so that it is here before anybody changes anything. Rejects where it does not come. */
export function loadSecond(): Promise<typeof import('./second.ts')> {
  coming ??= import('./second.ts');
  return coming;
}
