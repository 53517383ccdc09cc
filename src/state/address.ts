import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { PeriodKind } from '../paper/calendar.ts';
import { wellFormed } from '../paper/cut.ts';

/** What the list shows. */
export type Place =
  | { readonly kind: 'all' }
  | { readonly kind: 'starred' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'new' }
  | { readonly kind: PeriodKind; readonly id: string }
  | { readonly kind: 'picked' }
  | { readonly kind: 'later' }
  | { readonly kind: 'tag'; readonly id: string }
  | { readonly kind: 'topic'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'similar'; readonly id: string };

export type PageName = (typeof PAGES)[number];

/** The whole state that a link carries. */
export interface Address {
  readonly place: Place;
  readonly query: string;
  /** Id of the open paper. */
  readonly paper?: string;
  /** A page in the place of the paper. */
  readonly page?: PageName;
  /** Of the page `shared`: the topic that the link carries, as `state/sharedTopic.ts` writes it. */
  readonly shared?: string;
}

/** Pages that open in the paper's place. */
const PAGES = ['map', 'add', 'export', 'model', 'about', 'dates', 'digest', 'topic', 'shared'] as const;
const PLACES = ['topic', 'group', 'similar', 'day', 'week', 'month', 'tag'] as const;
/** Places of which there is one. */
const SINGLE_PLACES = ['starred', 'unread', 'new', 'picked', 'later'] as const;

/** Fields of a topic that a link carries: see `sharedTopic.ts`. */
const SHARED_FIELDS = ['name', 'about', 'yes', 'no'];

/** What of an address is a shared topic, in one order, so that equal topics have equal addresses. */
function sharedPart(parameters: URLSearchParams): string {
  return new URLSearchParams([...parameters].filter(([name]) => SHARED_FIELDS.includes(name))).toString();
}

/**
 * Reads `#/topic/3dgs?q=splat&paper=title:rap`. Never throws: what it does not
 * know is left out, so that an old or mistyped link still opens the list.
 */
export function parseAddress(hash: string): Address {
  const [path, search] = splitHash(hash.replace(/^#\/?/, ''));
  const parameters = new URLSearchParams(search);
  const [kind = '', rawId = ''] = path.split('/', 2);
  const id = decode(rawId);
  const place = PLACES.find((name) => name === kind);
  const single = rawId === '' && SINGLE_PLACES.find((name) => name === kind);
  const page = PAGES.find((name) => name === parameters.get('page'));
  const paper = parameters.get('paper');
  return {
    place: place && id ? { kind: place, id } : { kind: single || 'all' },
    query: parameters.get('q') ?? '',
    ...(page ? { page } : paper ? { paper } : {}),
    ...(page === 'shared' ? { shared: sharedPart(parameters) } : {}),
  };
}

/** What stands before the first `?` and behind it: an address within a parameter may have more of them. */
export function splitHash(hash: string): [path: string, search: string] {
  const at = hash.indexOf('?');
  return at < 0 ? [hash, ''] : [hash.slice(0, at), hash.slice(at + 1)];
}

/** The inverse of {@link parseAddress}. */
export function formatAddress(address: Address): string {
  const { place, query, paper, page } = address;
  const parameters = new URLSearchParams();
  if (query) parameters.set('q', query);
  if (page) parameters.set('page', page);
  else if (paper) parameters.set('paper', paper);
  if (page === 'shared')
    for (const [name, value] of new URLSearchParams(address.shared)) parameters.append(name, value);
  const path = 'id' in place ? `${place.kind}/${encodeURIComponent(wellFormed(place.id))}` : place.kind;
  const search = parameters.toString();
  return `#/${path === 'all' ? '' : path}${search ? `?${search}` : ''}`;
}

export interface AddressBar {
  readonly address: Accessor<Address>;
  /**
   * Goes to what changes. `replace` leaves no step behind for Back: typing a
   * query or walking down the list is one step, not one a key.
   */
  go(change: Partial<Omit<Address, 'paper' | 'page'>> & Opened, options?: { replace?: boolean }): void;
  /** For an `href`, so that every link can be opened in another tab. */
  link(change: Partial<Omit<Address, 'paper' | 'page'>> & Opened): string;
  /** The address came by Back or Forward, not by something that was chosen. */
  returned(): boolean;
  /** Back if there is a step of ours to go back to, else to `otherwise`. */
  back(otherwise: Partial<Omit<Address, 'paper' | 'page'>> & Opened): void;
}

interface Opened {
  paper?: string | undefined;
  page?: PageName | undefined;
}

/** Binds the address to `location.hash` and the browser's history. */
export function createAddressBar(): AddressBar {
  const [address, setAddress] = createSignal(parseAddress(location.hash), {
    equals: (a, b) => formatAddress(a) === formatAddress(b),
  });
  let returned = false;
  /** Links go through the browser: a step that carries no state of ours is a new one. */
  const stamp = () => {
    if (history.state === null) history.replaceState({ depth: 0 }, '');
  };
  stamp();
  const follow = () => {
    const next = parseAddress(location.hash);
    // Both events come for one step; the second finds the first one's stamp.
    if (formatAddress(next) !== formatAddress(address())) returned = history.state !== null;
    stamp();
    setAddress(next);
  };
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  onCleanup(() => {
    removeEventListener('popstate', follow);
    removeEventListener('hashchange', follow);
  });

  const changed: (change: Parameters<AddressBar['go']>[0]) => Address = (change) => {
    const { paper, page, shared, ...kept } = { ...address(), ...change };
    const of = page === 'shared' && shared !== undefined ? { shared } : {};
    return { ...kept, ...of, ...(page ? { page } : paper ? { paper } : {}) };
  };
  const depth = () => Number((history.state as { depth?: number } | null)?.depth ?? 0);

  return {
    address,
    go(change, options = {}) {
      const next = changed(change);
      const hash = formatAddress(next);
      if (hash === formatAddress(address())) return;
      returned = false;
      if (options.replace) history.replaceState({ depth: depth() }, '', hash);
      else history.pushState({ depth: depth() + 1 }, '', hash);
      setAddress(next);
    },
    returned: () => returned,
    link: (change) => formatAddress(changed(change)),
    back(otherwise) {
      if (depth() > 0) history.back();
      else this.go(otherwise, { replace: true });
    },
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
