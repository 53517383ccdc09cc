import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Corpus, openCorpus } from '../../../src/corpus/corpus.ts';
import { type StartedWorker, stubCorpusWorker } from './corpus-worker.ts';

let started: StartedWorker[];
beforeEach(() => {
  started = stubCorpusWorker();
});
afterEach(async () => {
  await Promise.all(started.map(({ ready }) => ready));
  vi.unstubAllGlobals();
});

const ask = (corpus: Corpus) => corpus.search(new Float32Array(64), 10, new AbortController().signal);
const open = (text: string) => openCorpus(text, 'http://127.0.0.1:9/list.json', [], () => {});

it('a description that cannot be opened is told of at each question', async () => {
  const corpus = open('{}');
  for (let n = 0; n < 2; n++)
    await expect(ask(corpus)).rejects.toThrow('The description of this list cannot be used');
});

it('a worker that stopped is not waited for, neither by the question at hand nor by the next', async () => {
  const corpus = open('{}');
  const asked = ask(corpus);
  started[0]?.onerror?.();
  await expect(asked).rejects.toThrow('stopped. Reload the page.');
  await expect(ask(corpus)).rejects.toThrow('stopped. Reload the page.');
});

it('a question that a list is closed over ends', async () => {
  const corpus = open('{}');
  const asked = ask(corpus);
  corpus.close();
  await expect(asked).rejects.toThrow('The list was closed.');
  expect(started.map(({ terminated }) => terminated)).toEqual([true]);
});
