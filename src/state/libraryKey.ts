import type { Paper } from '../paper/paper.ts';
import { contentKey } from '../paper/text.ts';

/** Papers whose text is read in one go: some 5 ms. */
const SLICE_PAPERS = 1_000;

/**
 * A key of all papers with their texts, in whatever order: what was made of them is known by it. Of many papers made
 * in slices, between which the page answers, and of keys of theirs: put into one string a hundred thousand texts take 130 MB.
 * @throws {DOMException} an AbortError when stopped.
 */
export async function libraryKey(papers: readonly Paper[], signal?: AbortSignal): Promise<string> {
  const keys: string[] = [];
  for (const { id, title, abstract } of papers) {
    if (keys.length > 0 && keys.length % SLICE_PAPERS === 0) {
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    keys.push(contentKey(`${id}\n${title}\n${abstract}`));
  }
  return contentKey(keys.sort().join(''));
}
