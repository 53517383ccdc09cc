import { plain } from './latex.ts';
import type { Span } from './text.ts';

/** A formula in a text, by its place in what {@link plain} makes of the text. */
export interface Formula extends Span {
  /** LaTeX, without the signs around it. */
  readonly source: string;
  /** On a line of its own. */
  readonly display: boolean;
}

/**
 * A dollar that opens touches what follows, one that closes what is before it, and no digit comes next: not prices.
 * A bracket's end is looked for as far as the next one opens: of many that never close none costs a look at all of it.
 */
const FORMULA =
  /\\\((?<round>(?:[^\\]|\\[^()])+?)\\\)|\\\[(?<square>(?:[^\\]|\\[^[\]])+?)\\\]|(?<![\\$])\$\$(?<double>(?:[^$\\]|\\[\s\S])+?)\$\$|(?<![\\$])\$(?=[^\s$])(?<single>(?:[^$\\]|\\[\s\S])+?)(?<=[^\s\\])\$(?![\d$])/g;
/** Words one after another, and not {@link MATHEMATICS}: the text between two prices. */
const PROSE = /(?:\p{L}{2,}[,;]?\s+){2}/u;
const MATHEMATICS = /[\\^_={}<>+]/;
/** Longer is no formula of an abstract, but a bracket that was never closed. Characters. */
const LONGEST = 1_000;
/** More in one text are not set: each costs a look at the text before it. */
const MOST = 100;

/** The formulas of a title or an abstract, in order. */
export function formulasOf(text: string): Formula[] {
  if (!/\$|\\[([]/.test(text)) return [];
  const whole = plain(text);
  const found: Formula[] = [];
  let looked = 0;
  for (const match of text.matchAll(FORMULA)) {
    const { round, square, double, single } = match.groups ?? {};
    const source = (round ?? square ?? double ?? single ?? '').trim();
    if (source === '' || source.length > LONGEST || !closes(source)) continue;
    if (single !== undefined && !MATHEMATICS.test(single) && PROSE.test(single)) continue;
    const span = placeOf(text, whole, match.index, match.index + match[0].length);
    if (span) found.push({ ...span, source, display: (double ?? square) !== undefined });
    // Also those that have no place: `${}$` says nothing, and is looked for all the same.
    if (++looked === MOST) break;
  }
  return found;
}

/** Dollars within a bracket of the text around them are paired wrongly: `\textbf{A$^2$B}`. */
function closes(source: string): boolean {
  let open = 0;
  for (const sign of source.replace(/\\[\s\S]/g, '')) {
    if (sign === '{') open++;
    if (sign === '}' && --open < 0) return false;
  }
  return open === 0;
}

/** Where a stretch of the source stands in the plain text; undefined where it cannot be told. */
function placeOf(text: string, whole: string, from: number, to: number): Span | undefined {
  const before = plain(text.slice(0, from));
  const end = plain(text.slice(0, to)).length;
  const start = before.length + (whole[before.length] === ' ' ? 1 : 0);
  const said = plain(text.slice(from, to));
  return said !== '' && whole.startsWith(before) && whole.slice(start, end) === said
    ? { start, end }
    : undefined;
}
