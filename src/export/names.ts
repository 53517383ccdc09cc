/** A person as bibliographies want one; a name of one word, or of an organisation, is literal. */
export type Name =
  | { readonly family: string; readonly given: string; readonly particle?: string }
  | { readonly literal: string };

/** Words between given and family name that belong to the latter. */
const PARTICLES = new Set(
  'af al ap bin da dal de del della den der des di do dos du el ibn la le ten ter van vom von zu zum zur'.split(
    ' ',
  ),
);
/** Written in one with the family name first: taking such a name apart would turn it round. */
const FAMILY_FIRST = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** `Ludwig van der Berg` -> Berg, Ludwig, van der; `Müller, Zoë` as it says. */
export function parseName(written: string): Name {
  const name = written.trim().replace(/\s+/g, ' ');
  if (FAMILY_FIRST.test(name)) return { literal: name };
  const [before = '', after] = name.split(/\s*,\s*/, 2);
  if (after) return { family: before, given: after };
  const words = name.split(' ');
  let start = words.length - 1;
  if (start < 1) return { literal: name };
  while (start > 1 && PARTICLES.has((words[start - 1] as string).toLowerCase())) start--;
  const given = words.slice(0, start).join(' ');
  const particle = words.slice(start, -1).join(' ');
  return { family: words.at(-1) as string, given, ...(particle ? { particle } : {}) };
}

/** `van der Berg, Ludwig`, as BibTeX and RIS write it. */
export function invertName(name: Name): string {
  if ('literal' in name) return name.literal;
  return `${name.particle ? `${name.particle} ` : ''}${name.family}, ${name.given}`;
}
