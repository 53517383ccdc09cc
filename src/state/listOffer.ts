import { splitHash } from './address.ts';

/** Under this name an address carries where a list is: `?list=lists/week.json`, before the `#` or in it. */
const PARAMETER = 'list';

/**
 * Where the page's address says that a list is; with `hashOnly` only what stands behind the `#`. The parameter then stands before the `#`, where it stays until
 * {@link dropListParameter}: a reload asks again. The page for adding papers is open.
 */
export function readListParameter(hashOnly: boolean): string | undefined {
  const [path, inHash] = splitHash(location.hash);
  const [inner, outer] = [new URLSearchParams(inHash), new URLSearchParams(location.search)];
  const written = inner.get(PARAMETER) ?? (hashOnly ? null : outer.get(PARAMETER));
  if (!written) return undefined;
  inner.delete(PARAMETER);
  inner.delete('paper');
  inner.set('page', 'add');
  outer.set(PARAMETER, written);
  history.replaceState(history.state, '', `${location.pathname}?${outer}${path || '#/'}?${inner}`);
  return written;
}

/** Takes it out of the address: it has been answered. */
export function dropListParameter(): void {
  const outer = new URLSearchParams(location.search);
  if (!outer.has(PARAMETER)) return;
  outer.delete(PARAMETER);
  const search = outer.toString();
  history.replaceState(
    history.state,
    '',
    `${location.pathname}${search ? `?${search}` : ''}${location.hash}`,
  );
}
