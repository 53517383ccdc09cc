import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidesRead, windowOf, withSort, withUnread, withWindow } from '../../../src/words/change.ts';
import { parseQuestion } from '../../../src/words/question.ts';

describe('a question', () => {
  it('is changed as a reader would have typed it', () => {
    expect(withSort('', 'trending')).toBe('sort:trending');
    expect(withSort('splat sort:newest org:a sort:best', 'topics')).toBe('splat org:a sort:topics');
    expect(withSort('sort:newest splat', undefined)).toBe('splat');
    expect(withWindow('splat after:2026-03 is:read', '7d')).toBe('splat is:read after:7d');
    expect(withWindow('after:7d', undefined)).toBe('');
    expect(withUnread('mixer', true)).toBe('mixer is:unread');
    expect(withUnread('mixer -is:read is:unread', false)).toBe('mixer');
    expect(withSort('"radiance fie', 'newest')).toBe('sort:newest "radiance fie');
  });

  it('says what its controls show', () => {
    expect(windowOf(parseQuestion('a after:30d'))).toBe('30d');
    expect(windowOf(parseQuestion('a after:2026'))).toBe('2026');
    expect(windowOf(parseQuestion('a -after:30d'))).toBeUndefined();
    expect(windowOf(parseQuestion('after:7d after:30d'))).toBeUndefined();
    expect(hidesRead(parseQuestion('-is:read'))).toBe(true);
    expect(hidesRead(parseQuestion('is:starred'))).toBe(false);
  });

  it('keeps its words and its other filters', () => {
    const part = fc.constantFrom(
      'splat',
      '"exact words"',
      '-word',
      'org:x',
      'is:starred',
      'sort:newest',
      'a:b',
      '“open',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const typed = parts.join(' ');
        const before = parseQuestion(typed);
        for (const change of [
          (text: string) => withSort(text, 'trending'),
          (text: string) => withWindow(text, '7d'),
          (text: string) => withUnread(text, true),
        ]) {
          const once = change(typed);
          expect(change(once)).toBe(once);
          const after = parseQuestion(once);
          expect(after.text.trim()).toBe(before.text.trim());
          const kept = (question: typeof before) =>
            question.filters
              .filter(
                ({ condition }) =>
                  condition.kind !== 'after' && !(condition.kind === 'is' && condition.what === 'unread'),
              )
              .map(({ condition, not }) => ({ condition, not }));
          expect(kept(after)).toEqual(kept(before));
        }
        expect(parseQuestion(withSort(typed, 'trending')).sort?.by).toBe('trending');
        expect(hidesRead(parseQuestion(withUnread(typed, true)))).toBe(true);
        expect(windowOf(parseQuestion(withWindow(typed, '7d')))).toBe('7d');
      }),
    );
  });
});
