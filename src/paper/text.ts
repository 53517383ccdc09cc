import { plain } from './latex.ts';
import type { Paper } from './paper.ts';

/** The text of a paper that the model sees: title, then abstract, as plain words. */
export function embeddedText(paper: Pick<Paper, 'title' | 'abstract'>): string {
  const title = plain(paper.title);
  const abstract = plain(paper.abstract);
  if (abstract === '') return title;
  return `${title}${/[.!?]$/.test(title) ? ' ' : '. '}${abstract}`;
}

/** Part of a text, in UTF-16 units: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Twin of SENTENCE_END in models/training/text.py. */
const SENTENCE_END = /(?<=[.!?])\s+(?=[A-Z0-9"'([])/g;

/**
 * A full stop that ends no sentence: `et al.`, `Fig.`, an initial. The training text is cut there too, which
 * only makes its queries shorter; a reader would be shown half a sentence.
 */
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:e\.g|i\.e|et al|a\.k\.a|w\.r\.t|figs?|eqs?|secs?|tabs?|refs?|vs|cf|resp|approx|dr|prof|mr|mrs|ms|st)\.$/iu;
/** `W. Liang` and `the U.S. law`, but not `ROUGE-L.` or `Q&A.`, which end sentences in this field. */
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
/** After one of these the letter was a name in a formula: "for every given X. This mirrors". */
const OPENER =
  /^(?:a|an|as|by|for|from|however|in|it|its|moreover|on|our|the|their|then|these|they|this|to|we|with)\b/i;
/** Longest abbreviation or opener with what stands beside it: no rule need see the whole text. */
const CONTEXT_CHARACTERS = 12;

/** The sentences of a plain text, in order, without the spaces between them; none for an empty text. */
export function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  for (const gap of text.matchAll(SENTENCE_END)) {
    if (gap.index >= end || gap.index <= start) continue;
    const before = text.slice(Math.max(0, gap.index - CONTEXT_CHARACTERS), gap.index);
    const after = text.slice(gap.index + gap[0].length, gap.index + gap[0].length + CONTEXT_CHARACTERS);
    if (ABBREVIATION.test(before) || (INITIAL.test(before) && !OPENER.test(after))) continue;
    spans.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  if (start < end) spans.push({ start, end });
  return spans;
}

/**
 * A stable key of a text, 16 hex digits: notices a changed abstract. Two FNV-like 32-bit halves with
 * different multipliers over UTF-16 units; for noticing change, not for security.
 */
export function contentKey(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
    high ^= low >>> 15;
  }
  low = mix(low ^ high);
  high = mix(high ^ low ^ text.length);
  // Joined, it takes 32 bytes; added up, V8 would keep both halves and what joins them, in 80.
  return [hex(high), hex(low)].join('');
}

/** Finalizer of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
