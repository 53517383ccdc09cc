import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countParts, createTextCoder, type PartCounts } from '../../../src/words/textCoder.ts';

const SAMPLES = [
  'We propose a model, the first of its kind, that learns from few examples (see below). It is 3.5 times as fast.',
  'We show that a model of the world learns from the examples of the first kind. The model is fast; naïve ones are not.',
  'Wir zeigen, dass das Modell schneller lernt – und zwar aus wenigen Beispielen. 模型 学习 模型 学习.',
];

function coderOf(texts: readonly string[]) {
  const counts: PartCounts = new Map();
  for (const text of texts) countParts(text, counts);
  return createTextCoder(counts);
}

const coder = coderOf([...SAMPLES, ...SAMPLES]);
/** As whoever holds a text reads it. */
const kept = (text: string, { encode, decode } = coder) => {
  const code = encode(text);
  return code === undefined ? text : decode(code);
};

describe('a text as numbers of words', () => {
  test('any text comes back as it was, known words and strange signs in any order', () => {
    const anySign = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
    const hostile = fc.constantFrom(
      ...[
        '\0',
        '\ud83d\ude00',
        '\ud800',
        '\udc00',
        '\ufffd',
        '\ufeff',
        '\u00ff',
        '\u00a0',
        '\u007f',
        '\u0080',
      ],
      ...['  ', '\n', '\t ', 'x'.repeat(300), '模'.repeat(200), '\u00ff'.repeat(130), ' '.repeat(128)],
    );
    const known = fc.constantFrom(...SAMPLES.flatMap((text) => text.split(/(?= )/)));
    const part = fc.oneof(known, known, hostile, anySign, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        expect(kept(text)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('by any dictionary, also one of a single word, of none, and of more than two bytes can number', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => `w${at} w${at}`).join(' ');
    for (const samples of [[], ['a a'], [many, many]]) {
      const another = coderOf(samples);
      for (const text of [...SAMPLES, '', ' ', many.slice(0, 16_000), many.slice(-16_000)])
        expect(kept(text, another)).toBe(text);
    }
  });

  test('a text of words that are known takes less than half, in signs of one byte', () => {
    for (const text of SAMPLES.slice(0, 2)) {
      const code = coder.encode(text) as string;
      expect(code.length).toBeLessThan(text.length / 2);
      expect(/^[\0-\u00ff]*$/.test(code)).toBe(true);
      expect(coder.decode(code)).toBe(text);
    }
  });

  test('what would not grow shorter, or is very long, has no code', () => {
    for (const text of ['', 'q', 'xyzzy plugh', '量子计算', 'a'.repeat(100_000)])
      expect(coder.encode(text)).toBeUndefined();
  });

  test('half a surrogate pair among known words is not lost', () => {
    const text = `${SAMPLES[0]} \ud83d ${SAMPLES[0]}`;
    expect(kept(text)).toBe(text);
    expect(kept(text.replace('\ud83d', '\ufffd'))).toBe(text.replace('\ud83d', '\ufffd'));
  });
});
