import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { parseName } from './names.ts';

/** Words that begin a title and tell nothing of it. */
const SMALL_WORDS = new Set(
  'a an and as at by for from how in is of on or the to towards toward via what when why with'.split(' '),
);

/** A key for each paper, as people cite: `muller2026splatting`; several alike get a letter, `…b`. ASCII letters and digits. */
export function citationKeys(papers: readonly Paper[]): string[] {
  const used = new Map<string, number>();
  const taken = new Set<string>();
  return papers.map((paper) => {
    const base = keyOf(paper);
    let key = base;
    for (let n = used.get(base) ?? 0; taken.has(key); n++) {
      key = base + letters(n + 1);
      used.set(base, n + 1);
    }
    taken.add(key);
    return key;
  });
}

function keyOf({ authors, organization, date, title }: Paper): string {
  const first = authors?.[0] ? parseName(authors[0]) : undefined;
  const who = first
    ? 'literal' in first
      ? first.literal
      : first.family
    : (organization ?? '').split(' ')[0];
  const words = plain(title)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(ascii);
  const word = words.find((one) => one.length > 1 && !SMALL_WORDS.has(one)) ?? '';
  return `${ascii(who ?? '')}${date?.slice(0, 4) ?? ''}${word}` || 'paper';
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** 1 -> b, 25 -> z, 26 -> ba. */
function letters(n: number): string {
  const last = String.fromCharCode(97 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26)) + last;
}
