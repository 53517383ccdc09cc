import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentKey, embeddedText, sentencesOf } from '../../../src/paper/text.ts';

describe('embeddedText', () => {
  it.each([
    ['Tiny nets', 'They learn.', 'Tiny nets. They learn.'],
    ['Do \\emph{tiny} nets learn?', '+2\\% they~do.', 'Do tiny nets learn? +2% they do.'],
    ['Tiny nets.', 'They learn.', 'Tiny nets. They learn.'],
    ['Tiny nets', ' ', 'Tiny nets'],
  ])('%j and %j', (title, abstract, text) => expect(embeddedText({ title, abstract })).toBe(text));
});

describe('sentencesOf', () => {
  const cut = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['', []],
    ['  ', []],
    ['One sentence', ['One sentence']],
    [' One. Two? "Three" is last! ', ['One.', 'Two?', '"Three" is last!']],
    ['A gain of 3.5 points. (1) It is fast.', ['A gain of 3.5 points.', '(1) It is fast.']],
    ['As in Orgad et al. (2025), we go on.', ['As in Orgad et al. (2025), we go on.']],
    [
      'Models, e.g. Wasserstein, i.e. WGAN. They work.',
      ['Models, e.g. Wasserstein, i.e. WGAN.', 'They work.'],
    ],
    ['See Fig. 3 and Eq. 4. It is 5 vs. 7.', ['See Fig. 3 and Eq. 4.', 'It is 5 vs. 7.']],
    ['By W. Liang and J. K. Rowling. We agree.', ['By W. Liang and J. K. Rowling.', 'We agree.']],
    ['A gain in ROUGE-L. That is much.', ['A gain in ROUGE-L.', 'That is much.']],
    ['For every given X. This mirrors it.', ['For every given X.', 'This mirrors it.']],
    ['Two aspects: (1). there is balance.', ['Two aspects: (1). there is balance.']],
    ['It ends at a.b/c . Then more.', ['It ends at a.b/c .', 'Then more.']],
  ])('%j', (text, sentences) => expect(cut(text)).toEqual(sentences));

  it('leaves out nothing but spaces', () => {
    const words = fc.constantFrom('We', 'e.g.', 'end.', 'What?', 'a', '3', '"Q', ' ', 'U.S.', 'é.', '(x)');
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const text = parts.join(' ');
        let place = 0;
        for (const { start, end } of sentencesOf(text)) {
          expect(text.slice(place, start).trim()).toBe('');
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          place = end;
        }
        expect(text.slice(place).trim()).toBe('');
      }),
    );
  });
});

describe('contentKey', () => {
  it('is the same on every machine', () => {
    // The store keeps these: another value re-embeds every library.
    expect(contentKey('')).toMatch(/^[0-9a-f]{16}$/);
    expect([contentKey(''), contentKey('Tiny nets')]).toMatchInlineSnapshot(`
      [
        "1210181e4a216c31",
        "1e2536375cffacfa",
      ]
    `);
  });

  it('tells apart texts that differ in one place', () => {
    const keys = new Set<string>();
    const text = 'Small networks learn well.';
    for (let place = 0; place < text.length; place++) {
      for (let code = 32; code < 1000; code++) {
        keys.add(contentKey(text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)));
      }
    }
    // The text itself arises once at each place.
    expect(keys.size).toBe(text.length * (1000 - 32) - (text.length - 1));
  });
});
