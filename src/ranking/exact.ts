import { parseArxivId, titleKey } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';

/** A title's beginning names its paper from this many words on, if it is the only one. */
const TITLE_BEGINNING_WORDS = 3;

/** The library's order, and what names its papers. */
export interface Order {
  readonly ids: readonly string[];
  /** `titleKey` of each paper's title and its arXiv id, in the library's order. */
  readonly titleKeys: readonly string[];
  readonly arxivIds: readonly (string | undefined)[];
}

const titleKeysMade = new WeakMap<Paper, string>();

export function createOrder(papers: readonly Paper[]): Order {
  return {
    ids: papers.map(({ id }) => id),
    titleKeys: papers.map(titleKeyOf),
    arxivIds: papers.map(({ arxivId }) => arxivId),
  };
}

/** Remembered: a library of which one paper changes has a new order. */
function titleKeyOf(paper: Paper): string {
  const key = titleKeysMade.get(paper) ?? titleKey(paper.title);
  titleKeysMade.set(paper, key);
  return key;
}

/** Papers that the query names, by their place. */
export function exactMatches(
  { titleKeys, arxivIds }: Omit<Order, 'ids'>,
  text: string,
): Map<number, 'title' | 'identifier'> {
  const found = new Map<number, 'title' | 'identifier'>();
  const arxivId = parseArxivId(text);
  if (arxivId !== undefined) {
    arxivIds.forEach((id, index) => {
      if (id === arxivId) found.set(index, 'identifier');
    });
    return found;
  }
  const key = titleKey(text);
  if (key === '') return found;
  const sorted = sortedPlaces(titleKeys);
  const titleAt = (at: number) => titleKeys[sorted[at] as number] as string;
  const first = firstFrom(sorted.length, (at) => titleAt(at) >= key);
  for (let at = first; at < sorted.length && titleAt(at) === key; at++)
    found.set(sorted[at] as number, 'title');
  if (found.size > 0 || text.split(/\s+/).length < TITLE_BEGINNING_WORDS) return found;
  // What begins with the key stands right behind it: one, and the next does not.
  const begins = (at: number) => at < sorted.length && titleAt(at).startsWith(key);
  if (begins(first) && !begins(first + 1)) found.set(sorted[first] as number, 'title');
  return found;
}

const sortedOf = new WeakMap<readonly string[], Uint32Array>();

/** Places in the order of their titles, made once for a library: a look at each of 100,000 would cost ten milliseconds. */
function sortedPlaces(titleKeys: readonly string[]): Uint32Array {
  const known = sortedOf.get(titleKeys);
  if (known) return known;
  const places = [...titleKeys.keys()].sort((a, b) => {
    const [x, y] = [titleKeys[a] as string, titleKeys[b] as string];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  const sorted = Uint32Array.from(places);
  sortedOf.set(titleKeys, sorted);
  return sorted;
}

/** The first of `count` numbers for which something holds that then holds for all behind it; `count` for none. */
function firstFrom(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
