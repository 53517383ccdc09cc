import { contentKey } from '../paper/text.ts';
import { lengthNorm } from './bm25.ts';
import { longer } from './postings.ts';
import type { NotedPaper } from './tally.ts';

/** Papers by their place in the index. A slot is used once: that of a paper that is gone stays empty. */
export interface Slots {
  /** @param length weighted number of words. */
  add(paper: NotedPaper, length: number): number;
  remove(slot: number): void;
  /** The slot of a paper that is here. */
  of(id: string): number | undefined;
  idOf(slot: number): string;
  /** Undefined for one that is gone, and for one that is known from a kept index and has not come yet. */
  paper(slot: number): NotedPaper | undefined;
  /** Takes a paper whose words are in the kept index already; false where they are not, or others. */
  claim(paper: NotedPaper): boolean;
  /** Number of papers that are here, and of slots. */
  size(): number;
  count(): number;
  /** Papers that are here, in the order they were put; undefined while some have not come yet. */
  all(): NotedPaper[] | undefined;
  /** 1 for a slot whose paper is gone, and BM25's length correction; until the next change. */
  sums(): { readonly gone: Uint8Array; readonly norms: Float64Array };
  /** Slot of each paper, -1 for one that is not here. The same array for the same ids, while nothing changes. */
  slotsOf(ids: readonly string[]): Int32Array;
  /** As it can be kept; undefined while some papers have not come yet. */
  dump(): SlotsDump | undefined;
}

export interface SlotsDump {
  /** Empty for a slot whose paper is gone. */
  readonly ids: readonly string[];
  /** Keys of the papers' words. */
  readonly keys: readonly string[];
  readonly lengths: Float64Array;
}

export function createSlots(from?: SlotsDump): Slots {
  const count = from?.ids.length ?? 0;
  const ids: string[] = [...(from?.ids ?? [])];
  const papers: (NotedPaper | undefined)[] = new Array(count).fill(undefined);
  const slotOf = new Map<string, number>();
  /** Of each paper's words, made while they are read anyway: see `wordsKey`. */
  const keys: string[] = [...(from?.keys ?? [])];
  /** Slots whose papers have not come yet. */
  const expected = new Set<number>();
  let lengths = from?.lengths ?? new Float64Array(1024);
  let total = 0;
  let sums: ReturnType<Slots['sums']> | undefined;
  let placed: { readonly ids: readonly string[]; readonly slots: Int32Array } | undefined;
  for (const [slot, id] of ids.entries()) {
    if (id === '') continue;
    slotOf.set(id, slot);
    expected.add(slot);
    total += lengths[slot] as number;
  }
  const changed = () => {
    sums = undefined;
    placed = undefined;
  };
  const isHere = (slot: number) => slotOf.get(ids[slot] as string) === slot;

  return {
    add(paper, length) {
      const slot = ids.push(paper.id) - 1;
      papers.push(paper);
      keys.push(wordsKey(paper));
      if (slot >= lengths.length) lengths = longer(lengths, slot);
      lengths[slot] = length;
      slotOf.set(paper.id, slot);
      total += length;
      changed();
      return slot;
    },
    remove(slot) {
      slotOf.delete(ids[slot] as string);
      expected.delete(slot);
      papers[slot] = undefined;
      keys[slot] = '';
      total -= lengths[slot] as number;
      changed();
    },
    of: (id) => slotOf.get(id),
    idOf: (slot) => ids[slot] as string,
    paper: (slot) => papers[slot],
    claim(paper) {
      const slot = slotOf.get(paper.id);
      if (slot === undefined || !expected.has(slot) || keys[slot] !== wordsKey(paper)) return false;
      expected.delete(slot);
      papers[slot] = paper;
      return true;
    },
    size: () => slotOf.size,
    count: () => ids.length,
    all: () => (expected.size > 0 ? undefined : papers.filter((paper) => paper !== undefined)),
    sums() {
      const average = total / Math.max(1, slotOf.size);
      if (sums) return sums;
      const gone = new Uint8Array(ids.length);
      const norms = new Float64Array(ids.length);
      for (let slot = 0; slot < ids.length; slot++) {
        if (!isHere(slot)) gone[slot] = 1;
        norms[slot] = lengthNorm(lengths[slot] as number, average);
      }
      sums = { gone, norms };
      return sums;
    },
    slotsOf(asked) {
      if (placed?.ids !== asked) {
        placed = { ids: asked, slots: Int32Array.from(asked, (id) => slotOf.get(id) ?? -1) };
      }
      return placed.slots;
    },
    dump() {
      if (expected.size > 0) return undefined;
      return {
        ids: ids.map((id, slot) => (papers[slot] ? id : '')),
        keys: [...keys],
        lengths: lengths.slice(0, ids.length),
      };
    },
  };
}

/** Notices a change of what is searched of a paper. */
function wordsKey({ title, abstract, organization = '', authors = [], note = '' }: NotedPaper): string {
  return contentKey([title, abstract, organization, ...authors, note].join('\n'));
}
