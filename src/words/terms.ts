/** A word of a text as search knows it. */
export interface Token {
  /** What is compared: folded and stemmed, `network` for `Networks`. */
  readonly term: string;
  /** Folded but not stemmed, `networks`: what a half-typed word is the beginning of. */
  readonly word: string;
  /** As it stands in the text, `Networks`. */
  readonly written: string;
  /** Place in the text as given, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The hyphenated word as one (`gpt4` of `GPT-4`); its parts follow as tokens of their own. */
  readonly joined?: true;
}

/** Words that say nothing about a paper. Short on purpose: a dropped word cannot be searched for. */
const STOP_WORDS = new Set(
  (
    'a about also an and any are as at be been but by can could do does for from had has have how i if in into is it its ' +
    'may more most no not of on or our over should some such than that the their them then there these they this those to ' +
    'too under up via was we were what when where which while who why will with would you your'
  ).split(' '),
);

/** Whether a folded word is too common to search by. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Letters and digits with their marks; a full stop inside a number (`3.5`) and an apostrophe inside a word stay. */
const PART = String.raw`[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?<=\p{N})\.\p{N}+|['\u2019]\p{L}+)*`;
/** Parts joined by one hyphen: `GPT-4`, `state-of-the-art`. No more than six, so that a line of dashes costs nothing. */
const WORDS = new RegExp(`${PART}(?:[-\u2010\u2011]${PART}){0,5}`, 'gu');
const PARTS = new RegExp(PART, 'gu');
/** Whatever stands between spaces and plain punctuation: cheap to find, taken apart once and remembered. */
const CHUNKS = /[\p{L}\p{N}\p{M}]+(?:[.'\u2019\u2010\u2011-][\p{L}\p{N}\p{M}]+)*/gu;

/** Scripts written without spaces: searched by characters and pairs of them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]+/gu;
const HAS_UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Letters that Unicode does not take apart into a letter and its mark. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/** Without accents and case, compatibility forms (full width, superscript) as plain ones. */
export function fold(word: string): string {
  if (/^[a-z0-9]+$/.test(word)) return word;
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđı]/g, (letter) => WHOLE_LETTERS[letter] as string)
    .replace(/['\u2019]s$/, '')
    .replace(/['\u2019]/g, '')
    .normalize('NFC');
}

/**
 * Abstracts repeat their words: remembering how each is taken apart makes reading them three times as fast. What was
 * not met again since so many others came is forgotten.
 */
const MEMORY_CHUNKS = 25_000;
const LONGEST_REMEMBERED = 100;
let met = new Map<string, readonly Token[]>();
let metBefore = met;

/**
 * The words of a plain text, in order. A hyphenated word gives itself joined (`gpt4`) and then
 * its parts (`gpt`, `4`); a run of Chinese, Japanese or Korean gives its characters and pairs.
 * Stop words are among them (`isStopWord`).
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  visitTokens(text, (token, offset) => {
    const { term, word, written } = token;
    const start = offset + token.start;
    const end = offset + token.end;
    tokens.push({ term, word, written, start, end, ...(token.joined ? { joined: true } : {}) });
  });
  return tokens;
}

/**
 * The same without making a token a word, for whole libraries: the visited token is shared
 * between places, and its own stand `offset` before those in the text.
 */
export function visitTokens(text: string, visit: (token: Token, offset: number) => void): void {
  CHUNKS.lastIndex = 0;
  for (let match = CHUNKS.exec(text); match; match = CHUNKS.exec(text)) {
    const { index } = match;
    // A visitor may read another text: the place is put back.
    const next = CHUNKS.lastIndex;
    for (const token of analyze(match[0])) visit(token, index);
    CHUNKS.lastIndex = next;
  }
}

/** The folded, stemmed terms of a query, each once, without stop words. */
export function foldedTerms(text: string): string[] {
  const tokens = tokenize(text).filter(({ word }) => !isStopWord(word));
  return [...new Set(tokens.map(({ term }) => term))];
}

/** Tokens of one chunk, at places relative to it. */
function analyze(found: string): readonly Token[] {
  const known = met.get(found);
  if (known) return known;
  const chunk = ofItsOwn(found);
  const tokens = metBefore.get(found) ?? takeApart(chunk);
  if (met.size >= MEMORY_CHUNKS) [met, metBefore] = [new Map(), met];
  // A chunk of fifty thousand signs comes once, and would be held for long.
  if (chunk.length <= LONGEST_REMEMBERED) met.set(chunk, tokens);
  return tokens;
}

function takeApart(chunk: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of chunk.matchAll(WORDS)) {
    const written = match[0];
    const inside = HAS_UNSPACED.test(written) ? unspacedTokens(written) : spacedTokens(written);
    addShifted(tokens, inside, match.index);
  }
  return tokens;
}

/** From here on V8 keeps a part of a text as a view of it. */
const SHORTEST_VIEW = 13;

/**
 * The same letters in memory of their own: as a view, a word that is remembered would hold the whole text that it
 * was first found in, which of a hundred thousand abstracts is half of them. Joining copies.
 */
function ofItsOwn(word: string): string {
  return word.length < SHORTEST_VIEW ? word : [word.slice(0, 1), word.slice(1)].join('');
}

function spacedTokens(written: string): Token[] {
  const parts: Token[] = [];
  for (const match of written.matchAll(PARTS)) {
    const part = match[0];
    const word = fold(part);
    const [start, end] = [match.index, match.index + part.length];
    if (word) parts.push({ term: stem(word), word, written: part, start, end });
  }
  if (parts.length < 2) return parts;
  const word = parts.map((part) => part.word).join('');
  return [{ term: stem(word), word, written, start: 0, end: written.length, joined: true }, ...parts];
}

function unspacedTokens(written: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  for (const run of written.matchAll(UNSPACED)) {
    addShifted(tokens, spacedTokens(written.slice(from, run.index)), from);
    const characters = [...run[0]];
    let at = run.index;
    characters.forEach((character, index) => {
      const next = characters[index + 1];
      for (const gram of next === undefined ? [character] : [character, character + next]) {
        const word = fold(gram);
        tokens.push({ term: word, word, written: gram, start: at, end: at + gram.length });
      }
      at += character.length;
    });
    from = run.index + run[0].length;
  }
  addShifted(tokens, spacedTokens(written.slice(from)), from);
  return tokens;
}

/** One by one: a hundred thousand arguments at once are more than a call takes. */
function addShifted(tokens: Token[], more: readonly Token[], by: number): void {
  for (const token of more) tokens.push({ ...token, start: token.start + by, end: token.end + by });
}

/** Words whose ending only looks like one. */
const UNSTEMMED = new Set([
  'bias',
  'lens',
  'series',
  'species',
  'during',
  'something',
  'nothing',
  'everything',
]);

/**
 * The word without a plural, -ed or -ing ending: steps 1a, 1b and 5a of Porter's algorithm and no more,
 * so that `quantization` and `quantized` stay two words but `pruning`, `pruned` and `prunes` are one.
 * Words with digits or letters beyond a to z stay as they are.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word) || UNSTEMMED.has(word)) return word;
  return withoutFinalE(withoutVerbEnding(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (!word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function withoutVerbEnding(word: string): string {
  if (word.endsWith('eed')) return word;
  const ending = /(?:ing|ed)$/.exec(word)?.[0];
  if (!ending) return word;
  const rest = word.slice(0, -ending.length);
  // `string`, `spring`, `red`, `bed`: what is left must be a word, with a vowel and three letters.
  if (rest.length < 3 || !/[aeiouy]/.test(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (/([^aeiouylsz])\1$/.test(rest)) return rest.slice(0, -1);
  return syllables(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

function withoutFinalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const rest = word.slice(0, -1);
  const count = syllables(rest);
  return count > 1 || (count === 1 && !endsShort(rest)) ? rest : word;
}

/** Porter's measure: how often a vowel is followed by a consonant. */
function syllables(word: string): number {
  return word.match(/[aeiouy]+[^aeiouy]+/g)?.length ?? 0;
}

/** Consonant, vowel, consonant at the end, the last not w, x or y: `prun`, `scal`. */
function endsShort(word: string): boolean {
  return /[^aeiou][aeiouy][^aeiouwxy]$/.test(word);
}
