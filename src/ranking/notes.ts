import type { Paper } from '../paper/paper.ts';
import type { Matrix } from '../vector/matrix.ts';
import type { NotedPaper } from '../words/tally.ts';
import { createVectorTable } from './vectors.ts';

/** What the reader wrote of a paper, as plain words. */
export interface PaperNote {
  readonly paper: string;
  readonly text: string;
}

/** Notes by paper, with their vectors where these have come. */
export interface NoteTable {
  /** A changed text has no vector until the new one comes; an empty one is none. */
  put(notes: readonly PaperNote[]): void;
  setVectors(ids: readonly string[], matrix: Matrix): void;
  clearVectors(): void;
  with(paper: Paper): NotedPaper;
  /**
   * Gives papers the similarity of their note where it is the higher one; the places of those, where there are any.
   * @param scores of the papers `ids`, changed in place.
   */
  raise(scores: Float32Array, query: Float32Array, ids: readonly string[]): ReadonlySet<number> | undefined;
}

/** @param hold gives a noted paper in the form in which the paper itself is held. */
export function createNoteTable(hold = (noted: NotedPaper, _paper: Paper): NotedPaper => noted): NoteTable {
  const texts = new Map<string, string>();
  const vectors = createVectorTable();
  return {
    put(notes) {
      for (const { paper, text } of notes) {
        vectors.remove(paper);
        if (text.trim()) texts.set(paper, text);
        else texts.delete(paper);
      }
    },
    setVectors: (ids, matrix) => vectors.put(ids, matrix, (id) => texts.has(id)),
    clearVectors: vectors.clear,
    with(paper) {
      const note = texts.get(paper.id);
      // A held paper's abstract is no property of its own.
      return note === undefined ? paper : hold({ ...paper, abstract: paper.abstract, note }, paper);
    },
    raise(scores, query, ids) {
      const raised = new Set<number>();
      const own = vectors.similarities(query, ids);
      for (let index = 0; own && index < own.length; index++) {
        const score = own[index] as number;
        if (!(score > (scores[index] as number))) continue;
        scores[index] = score;
        raised.add(index);
      }
      return raised.size > 0 ? raised : undefined;
    },
  };
}
