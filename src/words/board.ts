import { saturate } from './bm25.ts';
import { countOf, formOf } from './postings.ts';

/** Which papers there are, as sums need it; by slot. */
export interface Lengths {
  /** 1 for a slot whose paper is gone. */
  readonly gone: Uint8Array;
  /** BM25's length correction, see `lengthNorm`. */
  readonly norms: Float64Array;
}

/** What words say of papers: sums by slot. Of the alternatives of one word only the best counts. */
export interface Board {
  readonly scores: Float64Array;
  readonly covered: Float64Array;
  /** Slots with a match, rising. */
  slots(): Uint32Array;
  /** A column a word that matched in some paper, in the order of the question; see `KeywordColumns`. */
  readonly forms: readonly Uint32Array[];
  /**
   * A stretch of a term's entries, as an alternative of the open word.
   * @param value that the term is worth where a paper is full of it.
   * @param share of the question that a paper has with it; of one word never more than before.
   */
  offer(page: Uint32Array, start: number, count: number, value: number, share: number): void;
  /** Papers that have an alternative of the open word. */
  opened(): number;
  /** @param factor of what was offered of the word. */
  closeWord(factor: number): void;
  /** A stretch of entries whose scores are added, which may be below 0. */
  add(page: Uint32Array, start: number, count: number, weight: number): void;
  /** Whether the words of what is added from here on are told: they are of one term. */
  tell(told: boolean): void;
}

/**
 * An empty board of `size` slots.
 * @param telling that it is kept which words matched: a number a word and slot, which takes most of the memory.
 */
export function createBoard(size: number, { gone, norms }: Lengths, telling = true): Board {
  const scores = new Float64Array(size);
  const covered = new Float64Array(size);
  const seen = new Uint8Array(size);
  const forms: Uint32Array[] = [];
  const wordScore = new Float64Array(size);
  const wordCovered = new Float64Array(size);
  let wordForm: Uint32Array | undefined;
  const open = new Uint32Array(size);
  let opened = 0;
  let told: Uint32Array | undefined;

  return {
    scores,
    covered,
    forms,
    slots() {
      let count = 0;
      const slots = new Uint32Array(size);
      for (let slot = 0; slot < size; slot++) if (seen[slot]) slots[count++] = slot;
      return slots.subarray(0, count);
    },
    offer(page, start, count, value, share) {
      wordForm ??= new Uint32Array(size);
      for (let at = start; at < start + 2 * count; at += 2) {
        const slot = page[at] as number;
        if (gone[slot]) continue;
        const packed = page[at + 1] as number;
        const score = value * saturate(countOf(packed), norms[slot] as number);
        const best = wordScore[slot] as number;
        if (best === 0) {
          open[opened++] = slot;
          wordCovered[slot] = share;
        }
        if (score > best) {
          wordScore[slot] = score;
          wordForm[slot] = formOf(packed);
        }
      }
    },
    opened: () => opened,
    closeWord(factor) {
      if (opened === 0) return;
      for (let index = 0; index < opened; index++) {
        const slot = open[index] as number;
        seen[slot] = 1;
        scores[slot] = (scores[slot] as number) + factor * (wordScore[slot] as number);
        covered[slot] = (covered[slot] as number) + factor * (wordCovered[slot] as number);
        wordScore[slot] = 0;
      }
      if (telling && wordForm) {
        forms.push(wordForm);
        wordForm = undefined;
      }
      opened = 0;
    },
    add(page, start, count, weight) {
      for (let at = start; at < start + 2 * count; at += 2) {
        const slot = page[at] as number;
        if (gone[slot]) continue;
        const packed = page[at + 1] as number;
        seen[slot] = 1;
        scores[slot] = (scores[slot] as number) + weight * saturate(countOf(packed), norms[slot] as number);
        if (told) told[slot] = formOf(packed);
      }
    },
    tell(wanted) {
      told = wanted && telling ? new Uint32Array(size) : undefined;
      if (told) forms.push(told);
    },
  };
}
