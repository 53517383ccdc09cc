import { expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { libraryKey } from '../../../src/state/libraryKey.ts';

const paper = (at: number, abstract = `text ${at}`): Paper => ({
  id: `p${at}`,
  title: `Title ${at}`,
  abstract,
  authors: [],
});
const papers = Array.from({ length: 2_500 }, (_, at) => paper(at));

it('is the same in any order, and another with one paper more, fewer or changed', async () => {
  const key = await libraryKey(papers);
  expect(await libraryKey([...papers].reverse())).toBe(key);
  const changed = papers.with(1_700, paper(1_700, 'text 1701'));
  const others = [papers.slice(1), [...papers, paper(2_500)], changed, [paper(1, 'x'), paper(2)], []];
  const keys = await Promise.all(others.map((each) => libraryKey(each)));
  expect(new Set([key, ...keys]).size).toBe(6);
});

it('lets others in, and stops when it is told to', async () => {
  const controller = new AbortController();
  const made = libraryKey(papers, controller.signal);
  controller.abort();
  await expect(made).rejects.toMatchObject({ name: 'AbortError' });
});
