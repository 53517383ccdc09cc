import type { Span } from './text.ts';

/** Signs that make Markdown of a line, at its beginning. */
const LINE_SIGNS = /^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}[ \t]+|>[ \t]?)+/gm;
const RULES = /^[ \t]*(?:-[ \t]*){3,}$|^[ \t]*(?:\*[ \t]*){3,}$|^[ \t]*`{3,}.*$/gm;
/** `[words](address)` and `![words](address)`; the words are said, the address is not. */
const LINKS = /!?\[([^\][]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g;

/** A note, which is Markdown, as the words that it says, on one line: what is searched, and shown where it is found. */
export function plainNote(markdown: string): string {
  return markdown
    .replace(RULES, ' ')
    .replace(LINE_SIGNS, '')
    .replace(LINKS, '$1')
    .replace(/[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}/g, (signs, at: number, whole: string) =>
      // `snake_case` and `2*3` are words; what stands at the edge of one is a sign.
      isInside(whole, at, signs.length) ? signs : '',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function isInside(text: string, at: number, length: number): boolean {
  const [before, after] = [text[at - 1] ?? ' ', text[at + length] ?? ' '];
  return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
}

/** Signs that open or close something within a line. */
const TANGLES = /[*_[\]`<&!]/g;
/** Lines of quotes and lists: their reader moves all that it has found at the beginning of each. */
const CONTAINERS = /^[ \t]*(?:>|[-*+]\s|\d{1,9}[.)]\s)/gm;
const MOST_LINES = 5_000;
/** Markdown's reader looks at each such sign of a block from many of the others: what that may cost, in looks. */
const MOST_LOOKS = 4_000_000;
/** Quotes and lists in one another, on one line or by their indentation: each costs a look at all of them. */
const DEEPEST = 20;
const DEEP = new RegExp(
  String.raw`^(?:[ \t]*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))){${DEEPEST}}|^[ \t]{${4 * DEEPEST},}(?:>|[-*+]\s|\d{1,9}[.)]\s)`,
  'm',
);

/**
 * Whether a note is no writing but a knot of signs, which takes minutes to be read as Markdown, or lies in itself deeper
 * than a page can be drawn. It may have come in somebody's backup.
 */
export function isTangled(markdown: string): boolean {
  if (DEEP.test(markdown)) return true;
  if ((markdown.match(/\n|\r(?!\n)/g)?.length ?? 0) > MOST_LINES) return true;
  let looks = 2 * (markdown.match(CONTAINERS)?.length ?? 0) ** 2;
  for (const block of markdown.split(/\n[ \t]*\r?\n/)) {
    const signs = block.match(TANGLES)?.length ?? 0;
    looks += signs ** 2 + block.length;
    if (looks > MOST_LOOKS) return true;
  }
  return false;
}

/** What of a text is shown of a place in it, characters to either side. */
const AROUND = 80;

/** The words around a place in a text, whole ones, with a sign where something was left out. */
export function excerptAround(text: string, { start, end }: Span, around = AROUND): string {
  const from = start <= around ? 0 : text.indexOf(' ', start - around) + 1;
  const to = text.length - end <= around ? text.length : text.lastIndexOf(' ', end + around);
  const [first, last] = [Math.min(Math.max(0, from), start), Math.max(to, end)];
  return `${first > 0 ? '…' : ''}${text.slice(first, last)}${last < text.length ? '…' : ''}`;
}

/** Between two texts of one note that cannot be one. */
const BETWEEN = '\n\n---\n\n';

/**
 * Two edits of one text as one: both changes where they touch different places; where they touch the same one,
 * theirs and below it mine, so that no word is lost.
 */
export function mergeEdits(base: string, mine: string, theirs: string): string {
  if (theirs === base || theirs === mine) return mine;
  if (mine === base) return theirs;
  // Removed elsewhere while it is written here.
  if (theirs.trim() === '') return mine;
  const [a, b] = [editOf(base, mine), editOf(base, theirs)];
  if (a.start > b.end || (a.start === b.end && a.start > b.start)) return applyEdits(base, b, a);
  if (b.start > a.end || (b.start === a.end && b.start > a.start)) return applyEdits(base, a, b);
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}${BETWEEN}${mine}`;
}

/** What of a text was replaced, and by what. */
interface Edit extends Span {
  readonly by: string;
}

/** The one stretch outside of which two texts are alike. */
function editOf(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { start, end: before.length - tail, by: after.slice(start, after.length - tail) };
}

/** Two edits of which the first ends before the second begins. */
function applyEdits(base: string, first: Edit, second: Edit): string {
  return (
    base.slice(0, first.start) +
    first.by +
    base.slice(first.end, second.start) +
    second.by +
    base.slice(second.end)
  );
}
