/** A large list in the worker that reads it, without the site around it; driven by large-list.ts. */
import { openCorpus } from '../../../src/corpus/corpus.ts';

/** Of one question, and of the one before it, which opens the list. */
export interface Answered {
  /** Milliseconds. */
  readonly took: number;
  readonly opening: number;
  readonly papers: number;
}

const large = {
  /** Asks `vector` in a list that was opened by another question: nothing else is held. */
  async ask(base: string, other: readonly number[], vector: readonly number[]): Promise<Answered> {
    const text = await (await fetch(`${base}list.json`)).text();
    const corpus = openCorpus(text, base, [], () => {});
    const { signal } = new AbortController();
    const time = async (asked: readonly number[]) => {
      const begun = performance.now();
      const { records } = await corpus.search(Float32Array.from(asked), 10, signal);
      return [performance.now() - begun, records.length] as const;
    };
    const [opening] = await time(other);
    const [took, papers] = await time(vector);
    corpus.close();
    return { took, opening, papers };
  },
};

export type LargePage = typeof large;
Object.assign(globalThis, { large });
