import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulasOf } from '../../../src/paper/formulas.ts';
import { plain } from '../../../src/paper/latex.ts';

const sources = (text: string) => formulasOf(text).map(({ source }) => source);

describe('formulas of a text', () => {
  it.each([
    ['Bounds of $O(n \\log n)$ hold', ['O(n \\log n)']],
    ['We use \\(x^2\\) and \\[y\\] and $$z$$.', ['x^2', 'y', 'z']],
    ['$\\alpha$-divergence of $n$ points', ['\\alpha', 'n']],
    ['a 5$\\times$ speed-up, $95\\%$ right', ['\\times', '95\\%']],
    ['From $x$to $y$,', ['x', 'y']],
  ])('are found: %s', (text, expected) => {
    expect(sources(text)).toEqual(expected);
  });

  it.each([
    'It costs $5 to $10 a day.',
    'A budget of $20,000 and US$100 more, or $3M–$5M.',
    'between $1 and $2; \\$5 and \\$6',
    'with $5 for the small model and 10$ for the large',
    'one dollar $ alone, and another $ alone',
    'a bracket \\( that is never closed',
    '$$ $$ and $ $',
  ])('are no prices: %s', (text) => {
    expect(sources(text)).toEqual([]);
  });

  it('stand where their words stand in the plain text', () => {
    const text = 'We show  $\\mathcal{O}(n)$ for \\emph{all} $n$.\nThen \\(a_1\\), done.';
    const whole = plain(text);
    expect(formulasOf(text).map(({ start, end }) => whole.slice(start, end))).toEqual([
      plain('$\\mathcal{O}(n)$'),
      'n',
      plain('\\(a_1\\)'),
    ]);
  });

  it('lie in the plain text of any text, in order and apart', () => {
    const part = fc.constantFrom('$', '$$', '\\(', '\\)', ' ', 'x', '\\alpha', '{', '}', '5', '\\$', 'word ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let last = 0;
        for (const { start, end } of formulasOf(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(plain(text).length);
          last = end;
        }
      }),
    );
  });

  it('are looked for in time in a text that is made of their signs', () => {
    const begun = performance.now();
    for (const sign of ['$', '\\(', '$$ a', '$a ', '\\[x', '$a$ ', '$ab cd ef '])
      formulasOf(sign.repeat(2_000));
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

it('brackets that are never closed cost no look through all of the text each', () => {
  // Its square is more than a minute's work.
  expect(sources(`${'\\('.repeat(300_000)} and $x$`)).toEqual(['x']);
  expect(sources('\\[a \\\\ b\\\\\\] and \\(c \\(d\\)')).toEqual(['a \\\\ b\\\\', 'd']);
  expect(sources(`${'\\['.repeat(300_000)} and $x$`)).toEqual(['x']);
});
