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
  for (let at = 0; at < 200_000; at += 100) {
    const text = Array.from({ length: 100 }, (_, word) => `word${at + word}`).join(' ');
    expect(read(text)).toEqual(expected(text));
  }
  expect(read('model word7 word199999')).toEqual(expected('model word7 word199999'));
});
