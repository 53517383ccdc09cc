import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptAround, mergeEdits, plainNote } from '../../../src/paper/note.ts';

describe('a note as plain words', () => {
  it.each([
    ['# Idea\n\nTry it **now**, see [the code](https://a.b/c "x").', 'Idea Try it now, see the code.'],
    ['- one\n- [ ] two\n1. three\n> four', 'one two three four'],
    ['snake_case and 2*3 and `code` and ~~gone~~', 'snake_case and 2*3 and code and gone'],
    ['![plot](p.png) _so_\n---\nend', 'plot so end'],
    ['فكرة **جيدة** و 想法', 'فكرة جيدة و 想法'],
    ['', ''],
  ])('%j', (markdown, words) => {
    expect(plainNote(markdown)).toBe(words);
  });
  it('says any line of signs in time', () => {
    const begun = performance.now();
    for (const sign of ['*', '_', '[', '> ', '- ', '`', '![', '#']) plainNote(sign.repeat(20_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('what is shown of a note', () => {
  const text = `${'before '.repeat(40)}here ${'after '.repeat(40)}`.trim();
  it('is whole words around the place, with a sign where something was left out', () => {
    const start = text.indexOf('here');
    const shown = excerptAround(text, { start, end: start + 4 }, 20);
    expect(shown).toBe('…before before here after after after…');
    expect(excerptAround('short', { start: 0, end: 5 })).toBe('short');
    expect(excerptAround(text, { start: 0, end: 0 }, 10)).toBe('before…');
    // Without a space to cut at it is not cut at all on that side.
    expect(excerptAround('a'.repeat(50), { start: 20, end: 25 }, 5)).toContain('aaaaa');
  });
});

describe('two edits of one note', () => {
  const base = 'One line.\nTwo lines.\nThree.';
  it('are both kept where they touch different places', () => {
    const mine = base.replace('One', 'My one');
    const theirs = base.replace('Three', 'Three and four');
    const both = 'My one line.\nTwo lines.\nThree and four.';
    expect(mergeEdits(base, mine, theirs)).toBe(both);
    expect(mergeEdits(base, theirs, mine)).toBe(both);
  });
  it('stand below each other where they touch the same', () => {
    const merged = mergeEdits('a word', 'a big word', 'a long word');
    expect(merged).toBe('a long word\n\n---\n\na big word');
    expect(mergeEdits('', 'mine', 'theirs')).toBe('theirs\n\n---\n\nmine');
    expect(mergeEdits('gone since', 'gone since, not', '')).toBe('gone since, not');
  });
  it('are one where one of them changed nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(mergeEdits(before, after, before)).toBe(after);
        expect(mergeEdits(before, before, after)).toBe(after);
        expect(mergeEdits(before, after, after)).toBe(after);
      }),
    );
  });
  it('lose no word that either added', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const line = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(line, fc.nat(8), fc.nat(8), (before, a, b) => {
        const put = (at: number, added: string) => before.split(' ').toSpliced(at, 0, added).join(' ');
        const merged = mergeEdits(before, put(a, 'MINE'), put(b, 'THEIRS'));
        expect(merged).toContain('MINE');
        expect(merged).toContain('THEIRS');
      }),
    );
  });
});
