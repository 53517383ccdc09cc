import type { Span } from '../paper/text.ts';
import { isStopWord, tokenize } from '../words/terms.ts';
import type { Hit } from './hit.ts';

/**
 * Where a plain text has one of the words (of a query, or those of a hit's `keyword.words`), in any of their
 * forms: `networks` for `network`. Spans are in order and never overlap; neighbours are left apart.
 */
export function matchSpans(text: string, words: readonly string[]): Span[] {
  const wanted = new Set(
    words
      .flatMap((word) => tokenize(word))
      .filter(({ word }) => !isStopWord(word))
      .map(({ term }) => term),
  );
  const spans: { start: number; end: number }[] = [];
  for (const { term, start, end } of tokenize(text)) {
    if (!wanted.has(term)) continue;
    const last = spans.at(-1);
    // A hyphenated word comes before its parts, which lie inside it; pairs of Chinese characters overlap.
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

/**
 * Where a note answers the question with a word that the paper's own text does not have, or by its meaning
 * (then from its beginning); undefined where the paper itself answers.
 */
export function reasonInNote(
  own: string,
  note: string,
  { keyword, meaning }: Pick<Hit, 'keyword' | 'meaning'>,
): Span | undefined {
  for (const word of keyword?.words ?? []) {
    const [place] = matchSpans(note, [word]);
    if (place && matchSpans(own, [word]).length === 0) return place;
  }
  return meaning?.byNote ? { start: 0, end: 0 } : undefined;
}
