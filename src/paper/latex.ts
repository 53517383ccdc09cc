/** Commands whose argument is the text itself. */
const WRAPPERS =
  'emph|textit|textbf|texttt|textsc|textrm|textsf|text|mathrm|mathbf|mathcal|mathbb|underline|url|footnote';

/**
 * A space as Python's `\s` and `str.split()` know it; JavaScript's `\s` has U+FEFF more, and U+0085 and
 * the separators U+001C to U+001F less.
 */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const SPACES = new RegExp(`${SPACE}+`);

/** In this order: later rules rely on what earlier ones took away. Twin of `_LATEX` in models/training/text.py. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`\\(?:${WRAPPERS})${SPACE}*\{([^{}]*)\}`, 'g'), '$1'],
  [new RegExp(String.raw`\\href${SPACE}*\{[^{}]*\}${SPACE}*\{([^{}]*)\}`, 'g'), '$1'],
  [/\\([%_&#$])/g, '$1'],
  [/\\[,;:! ]/g, ' '],
  [/~/g, ' '],
  [/``|''/g, '"'],
  [/\\([A-Za-z]+)/g, '$1'],
  [/[{}$\\]/g, ''],
];

/**
 * LaTeX as people write it in titles and abstracts -> the words a reader would say, on one line.
 * Exact twin of `plain` in models/training/text.py: the model was trained on what that one gives,
 * so a change here without the same change there moves every vector.
 */
export function plain(text: string): string {
  let words = text;
  for (const [pattern, replacement] of RULES) words = words.replace(pattern, replacement);
  return words
    .split(SPACES)
    .filter((word) => word !== '')
    .join(' ');
}
