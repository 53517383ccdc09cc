/** Accent commands of LaTeX, and the combining mark that each is. */
const MARKS: Readonly<Record<string, string>> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
  d: '\u0323',
  b: '\u0331',
};

const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ß',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  i: 'ı',
  j: 'ȷ',
};

/** `\"u`, `\"{u}`, `{\"u}`, `\c c`, `\v{s}`, `\'{\i}`. */
const ACCENT =
  /\{?\\(?:(["'`^~=.])\s*|([uvHckrdb])(?:\s+|(?=\{)))(?:\{\s*(\\[ij]|\p{L})\s*\}|(\\[ij](?![a-zA-Z])|\p{L}))(\})?/gu;
const LETTER =
  /\{\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])\s*\}|\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?:\{\}|\s+|(?![a-zA-Z]))/g;

/** Accents and special letters of LaTeX as the letters that they are; everything else stays as it is. */
export function decodeLetters(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(ACCENT, (whole, sign, command, braced, bare, close) => {
      const mark = MARKS[sign ?? command] ?? '';
      const letter = (braced ?? bare).replace(/^\\/, '');
      const made = (letter + mark).normalize('NFC');
      // A brace that was opened before the command is closed after it, or belongs to something longer.
      const opened = whole.startsWith('{');
      return opened === (close !== undefined) ? made : `${opened ? '{' : ''}${made}${close ?? ''}`;
    })
    .replace(LETTER, (_, inBraces, bare) => LETTERS[inBraces ?? bare] ?? '');
}
