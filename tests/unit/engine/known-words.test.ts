import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rememberWords } from '../../../src/engine/known-words.ts';

/** Other pieces for other words, of different numbers. */
const piecesOf = (word: string): number[] =>
  Array.from({ length: 1 + (word.length % 3) }, (_, at) =>
    [...word].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0) + at) % 1_000_003, 7),
  );

/** The plain way. */
const expected = (text: string) => text.split(/\s+/).filter(Boolean).flatMap(piecesOf);

const SPACES = [...'\t\n\v\f\r \u00a0\u1680\u2000\u2005\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'];
const NO_SPACES = [...'\u001f\u0085\u180e\u200b\u2060', '\ud83e', '\udd9c', '🦜'];

test('words are those between spaces, and those seen before have the pieces that they had', () => {
  const read = rememberWords(piecesOf);
  const part = fc.oneof(
    fc.constantFrom('a', 'ab', 'ba', 'the', 'model', 'É', ...NO_SPACES),
    fc.constantFrom(...SPACES),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.integer({ min: 60, max: 70 }).map((length) => 'x'.repeat(length)),
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
      (text) => {
        expect(read(text)).toEqual(expected(text));
        expect(read(text)).toEqual(expected(text));
      },
    ),
  );
});

test('every code that JavaScript has for a space parts words, and no other', () => {
  const read = rememberWords(piecesOf);
  for (let code = 0; code < 0x10000; code++) {
    const text = `ab${String.fromCharCode(code)}ba`;
    expect(read(text).length, code.toString(16)).toBe(expected(text).length);
  }
});

test('a word is read once, a long one each time, and more words than are remembered change nothing', () => {
  let reads = 0;
  const read = rememberWords((word) => {
    reads++;
    return piecesOf(word);
  });
  read('model model model');
  expect(reads).toBe(1);
  const long = 'x'.repeat(65);
  read(`${long} ${long}`);
  expect(reads).toBe(3);
  // Of four signs, of forty, and each of as many pieces as signs: words, letters and pieces run out in turn.
  for (const [more, pieces] of [
    ['', piecesOf],
    ['y'.repeat(36), piecesOf],
    ['', (word: string) => [...word].map((letter) => letter.charCodeAt(0))],
  ] as const) {
    const again = rememberWords(pieces);
    const wordAt = (at: number) => at.toString(36).padStart(4, '0') + more;
    for (let at = 0; at < 150_000; at += 100) {
      const words = Array.from({ length: 100 }, (_, word) => wordAt(at + word));
      expect(again(words.join(' '))).toEqual(words.flatMap(pieces));
    }
    expect(again(`${wordAt(7)} ${wordAt(149_999)}`)).toEqual([wordAt(7), wordAt(149_999)].flatMap(pieces));
  }
});

test('a piece without a number is handed on as it is, each time', () => {
  const read = rememberWords(() => [3, undefined as unknown as number]);
  expect(read('a')).toEqual([3, undefined]);
  expect(read('a')).toEqual([3, undefined]);
});
