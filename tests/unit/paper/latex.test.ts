import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain } from '../../../src/paper/latex.ts';

/** Left as written, right what `plain` of models/training/text.py gave for it. */
const CASES: readonly (readonly [string, string])[] = [
  ['', ''],
  ['  two\t words \n', 'two words'],
  ['by +2.44\\% on Caltech-101', 'by +2.44% on Caltech-101'],
  ['at~https://a.b/S_M{https://a.b/S\\_M.', 'at https://a.b/S_Mhttps://a.b/S_M.'],
  ['and {superior performance}', 'and superior performance'],
  ['\\textbf{bold} and \\emph {leaning}', 'bold and leaning'],
  ['\\textbf{\\emph{nested}}', 'textbfnested'],
  ['\\href{https://a.b}{the page}', 'the page'],
  ['\\url{https://a.b}', 'https://a.b'],
  ['$\\alpha$-divergence, $O(n^2)$', 'alpha-divergence, O(n^2)'],
  ["``quoted'' words", '"quoted" words'],
  ['a\\,b\\;c\\:d\\!e\\ f', 'a b c d e f'],
  ['A\\&B \\# 3 \\$5', 'A&B # 3 5'],
  ['\\times 10', 'times 10'],
  ['a \\\\ b', 'a b'],
  ['no\u00a0break\u2009thin', 'no break thin'],
  ['DεpS: Delayed ε-Shrinking', 'DεpS: Delayed ε-Shrinking'],
  ['\ufeffmark', '\ufeffmark'],
  ['a\u0085b\u001cc', 'a b c'],
];

it.each(CASES)('%j reads %j', (written, read) => {
  expect(plain(written)).toBe(read);
});

it('leaves one line without the characters of LaTeX', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const words = plain(text);
      expect(words).not.toMatch(/[{}$\\~\n\t]| {2}|^ | $/);
      expect(plain(words)).toBe(words.replaceAll("''", '"').replaceAll('``', '"'));
    }),
  );
});
