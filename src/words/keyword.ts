import { BM25_B, BM25_K1, idfOf, saturate } from './bm25.ts';
import { type Board, createBoard } from './board.ts';
import { createForms } from './forms.ts';
import { INDEX_FORMAT, type KeptIndex } from './kept.ts';
import { type TermUse, TOLD_TERMS, tellingTerms, weighTerms } from './like.ts';
import { type KeywordColumns, type KeywordMatch, type KeywordScores, listMatches } from './matches.ts';
import { createPostings, longer } from './postings.ts';
import { type QueryOptions, type QueryWord, readQuery } from './query.ts';
import { createSlots } from './slots.ts';
import { createTally, type NotedPaper } from './tally.ts';
import { createVocabulary, linesOf } from './vocabulary.ts';

export type { KeywordColumns, KeywordMatch, KeywordScores };
export { BM25_B, BM25_K1 };

/** An inverted index over titles, abstracts, authors, organisations and the reader's notes. */
export interface KeywordIndex {
  /** Adds papers, or replaces those with the same id. In slices of a few hundred a query can come between. */
  put(papers: readonly NotedPaper[]): void;
  /** Unknown ids are passed over. */
  remove(ids: Iterable<string>): void;
  search(query: string, options?: QueryOptions): KeywordScores;
  /**
   * Papers by the words that they share with some papers and not with others, best first, with the most telling of
   * those words. A paper has about 1 when it is like each of them as that one is like itself; unlike ones are below
   * 0. Unknown ids are passed over. What is only in the note of one of them tells nothing of its like.
   */
  like(liked: readonly string[], disliked?: readonly string[]): KeywordScores;
  searchColumns(query: string, options?: QueryOptions): KeywordColumns;
  /** @param telling see {@link QueryOptions}. */
  likeColumns(liked: readonly string[], disliked?: readonly string[], telling?: boolean): KeywordColumns;
  /** Slot of each paper, -1 for one that is not here. The same array for the same ids, while nothing changes. */
  slotsOf(ids: readonly string[]): Int32Array;
  slotOf(id: string): number | undefined;
  /** A word by its number, as it stands in some paper; numbers are below `formCount`. */
  form(number: number): string;
  formCount(): number;
  /** Rarity of a stemmed term, `ln(1 + (N - n + 0.5) / (n + 0.5))`: 0 for one in every paper of many. */
  idf(term: string): number;
  /** How many papers have a stemmed term. */
  papersWith(term: string): number;
  /** Number of papers. */
  size(): number;
  /** As it can be kept; shares its arrays. Undefined while papers of a kept index have not come yet. */
  dump(): KeptIndex | undefined;
  /**
   * Takes the place of all that is here. Its papers have to be put all the same, which costs next to nothing where
   * their words are the same.
   * @param ids of the papers that will come; the others are dropped.
   * @returns how many of these it has; undefined where it is of another format, and nothing was done.
   */
  load(kept: KeptIndex, ids: Iterable<string>): number | undefined;
}

/** The index is packed when this share of its slots, and at least this many, are of removed papers. */
const PACK_SHARE = 0.25;
const PACK_LEAST = 64;

export function createKeywordIndex(): KeywordIndex {
  let vocabulary = createVocabulary();
  let forms = createForms();
  let tally = createTally(vocabulary.put);
  let postings = createPostings();
  let slots = createSlots();
  /** Papers that have a term now: removed ones keep their entries until the index is packed. */
  let living: Uint32Array = new Uint32Array(1024);
  /** Papers went of which only the entries are known: `living` is counted anew before the next question. */
  let uncounted = false;

  const rarity = (having: number) => idfOf(having, slots.size());
  const papersWith = (term: number | undefined) => (term === undefined ? 0 : (living[term] ?? 0));

  function put(incoming: readonly NotedPaper[]): void {
    const fresh = incoming.filter((paper) => !slots.claim(paper));
    remove(fresh.map(({ id }) => id));
    for (const paper of fresh) {
      // The same paper twice in one slice: the later one stays.
      if (slots.of(paper.id) !== undefined) remove([paper.id]);
      add(paper);
    }
  }

  function add(paper: NotedPaper): void {
    const { terms, length } = tally.count(paper);
    const slot = slots.add(paper, length);
    for (const term of terms) {
      const { count, word } = tally.take(term);
      postings.add(term, slot, count, forms.put(word));
      if (term >= living.length) living = longer(living, term);
      living[term] = (living[term] as number) + 1;
    }
  }

  function remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const slot = slots.of(id);
      if (slot === undefined) continue;
      const paper = slots.paper(slot);
      slots.remove(slot);
      if (!paper) uncounted = true;
      // Counted again rather than kept: its terms would take as much memory as half of the postings.
      else
        for (const term of tally.count(paper).terms) {
          tally.take(term);
          living[term] = (living[term] as number) - 1;
        }
    }
    const dead = slots.count() - slots.size();
    if (dead >= PACK_LEAST && dead > slots.count() * PACK_SHARE) pack();
  }

  /** Reads the living papers again: the only way to be rid of words that nobody has any more. */
  function pack(): void {
    const kept = slots.all();
    if (!kept) return;
    vocabulary = createVocabulary();
    forms = createForms();
    tally = createTally(vocabulary.put);
    postings = createPostings();
    slots = createSlots();
    living = new Uint32Array(1024);
    uncounted = false;
    for (const paper of kept) add(paper);
  }

  function countLiving(): void {
    if (!uncounted) return;
    const { gone } = slots.sums();
    living = new Uint32Array(Math.max(living.length, postings.terms()));
    for (let term = 0; term < postings.terms(); term++) {
      let papers = 0;
      postings.visit(term, (page, start, count) => {
        for (let at = start; at < start + 2 * count; at += 2)
          papers += 1 - (gone[page[at] as number] as number);
      });
      living[term] = papers;
    }
    uncounted = false;
  }

  /**
   * Gives the board all that a word may stand for, and tells its rarity: that of the word itself where it is known,
   * else that of the papers that have any of the others. These are at least as many as have one of them, so that none is rarer
   * and the rarity, which is known last, is a factor of all.
   */
  function offerWord(board: Board, { alternatives, count }: QueryWord): number {
    const exact = alternatives.find(({ weight }) => weight === 1);
    const known = exact && rarity(papersWith(exact.term));
    // The surest first: the board keeps the share that it is told first.
    for (const { term, weight } of [...alternatives].sort((a, b) => b.weight - a.weight)) {
      // A rare word's common neighbour must not inherit its rarity.
      const value = weight * count * (known === undefined ? 1 : Math.min(known, rarity(papersWith(term))));
      const share = weight * count * (known ?? 1);
      postings.visit(term, (page, start, entries) => board.offer(page, start, entries, value, share));
    }
    const idf = known ?? rarity(board.opened());
    board.closeWord(known === undefined ? idf : 1);
    return idf;
  }

  function searchColumns(query: string, options: QueryOptions = {}): KeywordColumns {
    countLiving();
    const words = readQuery(query, vocabulary, papersWith, options);
    const board = createBoard(slots.count(), slots.sums(), options.telling);
    let mass = 0;
    for (const word of words) mass += word.count * offerWord(board, word);
    const coverage = board.covered;
    const matched = board.slots();
    for (let at = 0; at < matched.length; at++) {
      const slot = matched[at] as number;
      coverage[slot] = Math.min(1, (coverage[slot] as number) / mass);
    }
    return columnsOf(board, matched, coverage);
  }

  function usesOf(id: string): TermUse[] {
    const slot = slots.of(id);
    const paper = slot === undefined ? undefined : slots.paper(slot);
    if (slot === undefined || !paper) return [];
    const norm = slots.sums().norms[slot] as number;
    const { terms, own } = tally.count(paper);
    const uses = terms.map((term) => ({ term, count: tally.take(term).count }));
    return uses.slice(0, own).map(({ term, count }) => {
      return { term, count, idf: rarity(papersWith(term)), saturation: saturate(count, norm) };
    });
  }

  function likeColumns(
    liked: readonly string[],
    disliked: readonly string[] = [],
    telling = true,
  ): KeywordColumns {
    countLiving();
    const known = (ids: readonly string[]) =>
      ids.filter((id) => slots.of(id) !== undefined).map((id) => weighTerms(usesOf(id)));
    const terms = tellingTerms(known(liked), known(disliked));
    const board = createBoard(slots.count(), slots.sums(), telling);
    for (const [index, [term, weight]] of terms.entries()) {
      board.tell(index < TOLD_TERMS && weight > 0);
      postings.visit(term, (page, start, count) => board.add(page, start, count, weight));
    }
    const coverage = new Float64Array(board.scores.length);
    for (let slot = 0; slot < coverage.length; slot++) {
      coverage[slot] = Math.min(1, Math.max(0, board.scores[slot] as number));
    }
    return columnsOf(board, board.slots(), coverage);
  }

  function columnsOf(board: Board, matched: Uint32Array, coverage: Float64Array): KeywordColumns {
    const { scores, forms } = board;
    return { papers: slots.size(), slots: matched, scores, coverage, forms };
  }

  const form = (number: number) => forms.get(number);

  function having(term: string): number {
    countLiving();
    return papersWith(vocabulary.find(term));
  }

  return {
    put,
    remove,
    search: (query, options) => listMatches(searchColumns(query, options), slots.idOf, form),
    like: (liked, disliked) => listMatches(likeColumns(liked, disliked), slots.idOf, form),
    searchColumns,
    likeColumns,
    slotsOf: (ids) => slots.slotsOf(ids),
    slotOf: slots.of,
    form,
    formCount: () => forms.size(),
    idf: (term) => rarity(having(term)),
    papersWith: having,
    size: () => slots.size(),
    dump() {
      const papers = slots.dump();
      if (!papers) return undefined;
      countLiving();
      const { pages, ...rest } = postings.dump();
      return {
        format: INDEX_FORMAT,
        vocabulary: vocabulary.dump(),
        forms: forms.list().join('\n'),
        slots: papers,
        postings: rest,
        pages,
        living: living.slice(0, postings.terms()),
      };
    },
    load(kept, ids) {
      if (kept.format !== INDEX_FORMAT) return undefined;
      // All of it, or none where a part is no such thing.
      const parts = [
        createVocabulary(kept.vocabulary),
        createForms(linesOf(kept.forms)),
        createPostings({ ...kept.postings, pages: kept.pages }),
        createSlots(kept.slots),
      ] as const;
      [vocabulary, forms, postings, slots] = parts;
      tally = createTally(vocabulary.put);
      living = kept.living;
      uncounted = false;
      const wanted = new Set(ids);
      const had = kept.slots.ids.filter((id) => id !== '');
      const gone = had.filter((id) => !wanted.has(id));
      remove(gone);
      return had.length - gone.length;
    },
  };
}
