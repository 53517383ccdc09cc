import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, foldedTerms, isStopWord, stem, tokenize } from '../../../src/words/terms.ts';
import { heapInUse } from '../heap.ts';

const terms = (text: string) => tokenize(text).map(({ term }) => term);

/** Cuts a text, with the processor time of it: other programs on a busy machine do not add to that. */
function measure(text: string): { tokens: number; milliseconds: number } {
  const before = process.cpuUsage();
  const tokens = tokenize(text).length;
  const { user, system } = process.cpuUsage(before);
  return { tokens, milliseconds: (user + system) / 1000 };
}

describe('tokenize', () => {
  test('folds case, accents and full-width letters', () => {
    expect(terms('Poincaré ＢＥＲＴ Ångström Straße')).toEqual(['poincar', 'bert', 'angstrom', 'strass']);
    expect(terms('DεpS β-VAE')).toEqual(['dεps', 'βvae', 'β', 'vae']);
  });

  test('keeps names with digits, and hyphenated words whole and in parts', () => {
    expect(terms('3DGS')).toEqual(['3dgs']);
    expect(terms('GPT-4')).toEqual(['gpt4', 'gpt', '4']);
    expect(terms('Llama 3.1, v2.5.')).toEqual(['llama', '3.1', 'v2.5']);
    expect(terms('state-of-the-art')).toEqual(['stateoftheart', 'state', 'of', 'the', 'art']);
    expect(terms('end. Start')).toEqual(['end', 'start']);
    expect(terms("Kepler's model's")).toEqual(['kepler', 'model']);
  });

  test('reads Chinese by characters and pairs, with spaced words beside it', () => {
    expect(terms('压缩模型')).toEqual(['压', '压缩', '缩', '缩模', '模', '模型', '型']);
    expect(terms('使用MLP模型')).toContain('mlp');
    expect(terms('한국어')).toContain('한국');
  });

  test('places are those of the words in the text as given', () => {
    const text = 'Ünïcode – GPT-4’s Splatting';
    const written = tokenize(text).map(({ start, end }) => text.slice(start, end));
    expect(written).toEqual(['Ünïcode', 'GPT-4’s', 'GPT', '4’s', 'Splatting']);
  });

  test('any text: places within bounds, in order, of something; terms are folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let last = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(text.length);
          expect(token.term.length).toBeGreaterThan(0);
          expect(text.slice(token.start, token.end)).toBe(token.written);
          last = token.start;
        }
      }),
    );
  });

  // Long enough for a square to show, and short enough for one to end.
  test('a long line of hyphens or of one letter takes about as long as one of words', () => {
    const words = Array.from({ length: 2e4 }, (_, number) => `word${number}`).join(' ');
    const usual = measure(words);
    expect(usual.tokens).toBe(2e4);
    for (const [odd, tokens] of [
      ['-'.repeat(2e5), 0],
      ['a'.repeat(2e5), 1],
      // Six parts at a time, and those six as one.
      ['a-'.repeat(1e5), 1e5 + Math.ceil(1e5 / 6)],
    ] as const) {
      const found = measure(odd);
      expect(found.tokens).toBe(tokens);
      expect(found.milliseconds, odd.slice(0, 4)).toBeLessThan(20 * usual.milliseconds);
    }
  });
});

describe('stem', () => {
  test.each([
    ['networks', 'network'],
    ['mlps', 'mlp'],
    ['scenes', 'scene'],
    ['studies', 'study'],
    ['losses', 'loss'],
    ['indexes', 'index'],
    ['splatting', 'splat'],
    ['training', 'train'],
    ['planning', 'plan'],
  ])('%s and %s are one', (form, base) => expect(stem(form)).toBe(stem(base)));

  test.each(['pruned', 'pruning', 'prunes'])('%s is prune', (form) => expect(stem(form)).toBe(stem('prune')));
  test.each(['caches', 'cached', 'caching'])('%s is cache', (form) => expect(stem(form)).toBe(stem('cache')));

  test.each(['loss', 'bias', 'corpus', 'analysis', 'string', 'gpt4s', 'this', 'speed', 'εs'])(
    '%s stays',
    (word) => expect(stem(word)).toBe(word),
  );

  test('does not make different words one', () => {
    expect(stem('plane')).not.toBe(stem('plan'));
    expect(stem('quantization')).not.toBe(stem('quantized'));
    expect(stem('mass')).not.toBe(stem('mas'));
  });

  test('no word becomes empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => {
        expect(stem(word).length).toBeGreaterThan(0);
      }),
    );
  });
});

test('fold is its own end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (word) => {
      expect(fold(fold(word))).toBe(fold(word));
    }),
  );
});

test('the terms of a query, without stop words, each once', () => {
  expect(foldedTerms('The networks of a Network')).toEqual(['network']);
  expect(isStopWord('the')).toBe(true);
  expect(isStopWord('splat')).toBe(false);
});

test('remembers words and not the texts that they were found in', () => {
  const filler = 'a word or two '.repeat(10_000);
  const before = heapInUse();
  for (let seed = 0; seed < 50; seed++) tokenize(`${filler}unforgettableword${seed}of-it-all`.concat('.'));
  // All of them together would be seven millions.
  expect(heapInUse() - before).toBeLessThan(3_000_000);
});
