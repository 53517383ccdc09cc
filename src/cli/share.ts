import { createEncoder, type Embedded } from '../engine/encoder.ts';
import type { Paper } from '../paper/paper.ts';
import { createCollection } from '../ranking/collection.ts';
import { createMatrix } from '../vector/matrix.ts';
import { askCollection, type Ranked } from './ask.ts';
import { createCellShare } from './cell-share.ts';
import { type ModelFolder, requestModel } from './model-folder.ts';
import { nodeRuntime } from './node-runtime.ts';
import type { Question } from './questions.ts';

/** The functions that each process serves. */
export type Share = ReturnType<typeof createShare>;

/** One process's share of the work: the encoder and the collection of the site, and nothing besides. */
export function createShare() {
  const encoder = createEncoder(nodeRuntime);
  const collection = createCollection();

  return {
    ...createCellShare(),

    /** @throws {EngineError | CommandError} naming the file that is wrong. */
    async openModel(model: ModelFolder, signal?: AbortSignal): Promise<void> {
      await encoder.open(await requestModel(model), undefined, signal);
    },

    /** Unit rows of papers' texts [texts, dimensions], in their order. */
    embedPapers: (texts: readonly string[], signal?: AbortSignal): Promise<Embedded> =>
      encoder.embed(texts, 'document', false, signal),

    putPapers: (papers: readonly Paper[]): void => collection.putPapers(papers),

    /** Vectors of all the papers put, and what the model measures them against. */
    setVectors(ids: readonly string[], vectors: Float32Array, dimensions: number): void {
      const background = encoder.background();
      collection.setBackground(background && createMatrix(background, dimensions));
      collection.setVectors(ids, createMatrix(vectors, dimensions));
    },

    /** Best first, at most `top`. */
    async ask(question: Question, top: number, signal?: AbortSignal): Promise<Ranked[]> {
      const embedQuery = async (text: string): Promise<Float32Array> =>
        (await encoder.embed([text], 'query', true, signal)).vectors;
      return await askCollection(collection, embedQuery, question, top);
    },
  };
}
