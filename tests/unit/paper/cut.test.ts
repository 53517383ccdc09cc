import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutText } from '../../../src/paper/cut.ts';

it('a text is cut between signs and never inside of one', () => {
  expect(cutText('abcdef', 3)).toBe('abc');
  expect(cutText('abc', 3)).toBe('abc');
  // A letter and its mark, a family, a flag.
  expect(cutText('ae\u0301b', 2)).toBe('a');
  expect(cutText('a👩‍👩‍👧b', 4)).toBe('a');
  expect(cutText('🇩🇪🇫🇷', 6)).toBe('🇩🇪');
  expect(cutText('面向小型', 2)).toBe('面向');
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(60), (text, length) => {
      const cut = cutText(text, length);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(length);
      const edges = [...segmenter.segment(text)].map(({ index }) => index);
      expect([...edges, text.length]).toContain(cut.length);
    }),
  );
});
