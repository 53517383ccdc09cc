/**
 * Where terms occur: a list of papers a term, in typed arrays alone, so that a hundred thousand abstracts (eight
 * million entries) take 90 MB and can be kept as they are. A list is a chain of chunks, each half as long again as the
 * one before: most terms have one paper, some have all.
 */
export interface Postings {
  /** Behind what the term has: slots must not fall. */
  add(term: number, slot: number, count: number, form: number): void;
  /** The stretches in which a term's entries lie. */
  visit(term: number, visit: Visit): void;
  /** Number of terms: they are numbered from 0. */
  terms(): number;
  /** As it can be kept; shares its arrays. */
  dump(): PostingsDump;
}

/** `count` entries of two numbers each in `page`, from `start` on: the slot, and what {@link countOf} and {@link formOf} read. */
export type Visit = (page: Uint32Array, start: number, count: number) => void;

export interface PostingsDump {
  readonly pages: readonly Uint32Array[];
  readonly used: number;
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  readonly fills: Uint32Array;
}

/** Ten bits for the weighted count in halves, the rest for the form. What is counted more often says nothing more. */
const COUNT_BITS = 10;
const MOST_HALVES = 2 ** COUNT_BITS - 1;

/** The weighted count of a term in a paper: a multiple of a half, since a title's word counts 2.5. */
export const countOf = (packed: number): number => (packed & MOST_HALVES) / 2;
/** The number of the word as it stands in the paper. */
export const formOf = (packed: number): number => packed >>> COUNT_BITS;

/** Numbers of 32 bits a page: 256 KiB. */
const PAGE_BITS = 16;
const PAGE = 2 ** PAGE_BITS;
/** A chunk begins with where the next one is (0: none) and how many entries it has room for. */
const HEADER = 2;
const MOST_ENTRIES = 4096;
/** Twice as long ones would leave a quarter of all room empty, these a sixth. */
const GROWTH = 1.5;

export function createPostings(from?: PostingsDump): Postings {
  const pages: Uint32Array[] = from ? [...from.pages] : [];
  // Address 0 is none.
  let used = from?.used ?? 1;
  let heads = from?.heads ?? new Uint32Array(1024);
  let tails = from?.tails ?? new Uint32Array(1024);
  /** Entries in a term's last chunk. */
  let fills = from?.fills ?? new Uint32Array(1024);
  let terms = heads.length;
  if (!from) terms = 0;

  function add(term: number, slot: number, count: number, form: number): void {
    if (term >= heads.length) {
      [heads, tails, fills] = [longer(heads, term), longer(tails, term), longer(fills, term)];
    }
    if (term >= terms) terms = term + 1;
    let tail = tails[term] as number;
    let fill = fills[term] as number;
    let page = pages[tail >>> PAGE_BITS] as Uint32Array;
    const room = tail === 0 ? 0 : (page[(tail & (PAGE - 1)) + 1] as number);
    if (fill === room) {
      const next = allocate(room === 0 ? 1 : Math.min(MOST_ENTRIES, Math.ceil(GROWTH * room)));
      if (tail === 0) heads[term] = next;
      else page[tail & (PAGE - 1)] = next;
      tails[term] = next;
      tail = next;
      fill = 0;
      page = pages[tail >>> PAGE_BITS] as Uint32Array;
    }
    const place = (tail & (PAGE - 1)) + HEADER + 2 * fill;
    page[place] = slot;
    page[place + 1] = (form << COUNT_BITS) | Math.min(MOST_HALVES, Math.round(2 * count));
    fills[term] = fill + 1;
  }

  /** A chunk never lies on two pages. */
  function allocate(entries: number): number {
    const size = HEADER + 2 * entries;
    if ((used & (PAGE - 1)) + size > PAGE) used = pages.length * PAGE;
    while (pages.length * PAGE < used + size) pages.push(new Uint32Array(PAGE));
    const address = used;
    used += size;
    (pages[address >>> PAGE_BITS] as Uint32Array)[(address & (PAGE - 1)) + 1] = entries;
    return address;
  }

  function visit(term: number, visitChunk: Visit): void {
    if (term >= terms) return;
    const tail = tails[term] as number;
    for (let at = heads[term] as number; at !== 0; ) {
      const page = pages[at >>> PAGE_BITS] as Uint32Array;
      const offset = at & (PAGE - 1);
      const count = at === tail ? (fills[term] as number) : (page[offset + 1] as number);
      visitChunk(page, offset + HEADER, count);
      at = page[offset] as number;
    }
  }

  return {
    add,
    visit,
    terms: () => terms,
    dump: () => ({
      pages,
      used,
      heads: heads.slice(0, terms),
      tails: tails.slice(0, terms),
      fills: fills.slice(0, terms),
    }),
  };
}

/** With room for a place, and as much again. */
export function longer<T extends Uint32Array | Float64Array>(array: T, place: number): T {
  const more = new (array.constructor as new (length: number) => T)(2 * (place + 1));
  more.set(array);
  return more;
}
