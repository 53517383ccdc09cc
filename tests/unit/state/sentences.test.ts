import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it, vi } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import type { Meaning } from '../../../src/state/meaning.ts';
import type { Search } from '../../../src/state/search.ts';
import { createSentences } from '../../../src/state/sentences.ts';
import { createMatrix } from '../../../src/vector/matrix.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const paper = (id: string, abstract: string): Paper => ({ id, title: id, abstract });
const FIRST = paper('first', 'Apples are red. Pears are green.');
const SECOND = paper('second', 'A much longer beginning about nothing. Pears again. The end.');

/** A model for which a text is about pears or not. */
const vectorOf = (text: string) => (/pear/i.test(text) ? [1, 0] : [0, 1]);

describe('the nearest sentence', () => {
  it('is never that of the paper or of the query before', async () => {
    const [shown, show] = createSignal(FIRST);
    const [vector, ask] = createSignal(Float32Array.from([1, 0]));
    const waiting: (() => void)[] = [];
    const meaning = {
      modelId: () => 'm',
      embedSentences: async (texts: readonly string[]) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return createMatrix(Float32Array.from(texts.flatMap(vectorOf)), 2);
      },
    } as unknown as Meaning;
    const search = { queryVector: vector } as unknown as Search;
    const [nearest, dispose] = createRoot((dispose) => [
      createSentences(meaning, search).nearest(shown),
      dispose,
    ]);
    const said = () => {
      const span = nearest();
      return span && shown().abstract.slice(span.start, span.end);
    };
    const answer = () => vi.waitFor(() => expect(waiting.splice(0).map((tell) => tell()).length).toBe(1));

    expect(said()).toBeUndefined();
    await answer();
    await vi.waitFor(() => expect(said()).toBe('Pears are green.'));
    show(SECOND);
    expect(said()).toBeUndefined();
    await answer();
    await vi.waitFor(() => expect(said()).toBe('Pears again.'));
    ask(Float32Array.from([0, 1]));
    expect(said()).toBeUndefined();
    await vi.waitFor(() => expect(said()).toMatch(/^(?:A much longer|The end)/));
    dispose();
  });
});
