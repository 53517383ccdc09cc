import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { type ListAddress, parseListAddress } from '../source/elsewhere.ts';
import { type AddressBar, splitHash } from './address.ts';

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

/** A list that waits for the reader's yes. */
export interface ListOffer {
  readonly offer: Accessor<ListAddress | undefined>;
  /** Takes it away. */
  answered(): void;
  /** Offers the list at an address that the reader has typed. */
  name(written: string): void;
}

/**
 * What the page's address names, now and when a link within the page is followed.
 * @param begin called before something else is offered.
 * @param refuse told of an address that cannot be asked.
 */
export function createListOffer(
  bar: AddressBar,
  begin: () => void,
  refuse: (error: unknown) => void,
): ListOffer {
  const [offer, setOffer] = createSignal<ListAddress>();
  const name = (written: string) => {
    begin();
    try {
      setOffer(parseListAddress(written, document.baseURI));
      return true;
    } catch (error) {
      refuse(error);
      return false;
    }
  };
  const look = (hashOnly: boolean) => {
    const written = readListParameter(hashOnly);
    if (written === undefined) return;
    if (!name(written)) dropListParameter();
    bar.go({ page: 'add' }, { replace: true });
  };
  look(false);
  // A link within the page; what stands before the `#` has been seen.
  const onHash = () => look(true);
  addEventListener('hashchange', onHash);
  onCleanup(() => removeEventListener('hashchange', onHash));
  return {
    offer,
    answered() {
      setOffer(undefined);
      dropListParameter();
    },
    name: (written) => void name(written),
  };
}
