/** Sees one sign where a reader does: a letter with its marks, a flag, a family. Absent in old browsers. */
const segmenter = typeof Intl !== 'undefined' && 'Segmenter' in Intl ? new Intl.Segmenter() : undefined;
/** What may belong to the sign before it begins here; a cut between two of the others is safe, and most are. */
const FIRST_JOINING = 0x300;

/** The beginning of a text, at most so many UTF-16 units, never ending inside of a sign. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  if (text.charCodeAt(length) < FIRST_JOINING && text.charCodeAt(length - 1) < FIRST_JOINING)
    return text.slice(0, length);
  const at = segmenter?.segment(text).containing(length)?.index ?? length;
  return text.slice(0, at);
}

/** Without halves of surrogate pairs, which `encodeURIComponent` throws at: `toWellFormed`, which old browsers lack. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
