/** The pure parts of tags, the reading list and selecting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesOf } from '../../../src/state/readingList.ts';
import { rangeOf } from '../../../src/state/selection.ts';
import { cleanTag, tagKey, withoutTag, withRenamed, withTag } from '../../../src/state/tags.ts';

describe('tags', () => {
  it('are one word in any case and with any accents, as the reader spelt it', () => {
    expect(tagKey('  Séminaire ')).toBe(tagKey('#seminaire'));
    expect(withTag(['Séminaire'], 'SEMINAIRE')).toEqual(['Séminaire']);
    expect(withTag(['a'], ' to  quote ')).toEqual(['a', 'to quote']);
    expect(withTag(['a'], ' # ')).toEqual(['a']);
    expect(withoutTag(['Séminaire', 'بحث'], 'seminaire')).toEqual(['بحث']);
    expect(cleanTag('x'.repeat(500))).toHaveLength(60);
    // What folding leaves nothing of is still a tag of its own.
    expect(tagKey("'")).not.toBe('');
  });
  it('are renamed in their place, and joined where the new name is there already', () => {
    expect(withRenamed(['a', 'b', 'c'], 'B', 'x')).toEqual(['a', 'x', 'c']);
    expect(withRenamed(['a', 'b', 'c'], 'b', 'C')).toEqual(['a', 'C']);
    expect(withRenamed(['a', 'b'], 'a', 'A')).toEqual(['A', 'b']);
    expect(withRenamed(['a'], 'z', 'y')).toEqual(['a']);
    expect(withRenamed(['a'], 'a', ' ')).toEqual(['a']);
  });
});

describe('the reading list', () => {
  it('brings a paper to any place, whatever numbers there are', () => {
    const places = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(places, fc.nat(12), fc.nat(14), (numbers, which, to) => {
        const placed = numbers
          .sort((a, b) => a - b)
          .map((later, at) => ({ paper: `p${String(at).padStart(2, '0')}`, later }));
        const paper = placed[which % placed.length]?.paper as string;
        const changes = new Map(movesOf(placed, paper, to).map((one) => [one.paper, one.later]));
        const after = placed
          .map((one) => ({ paper: one.paper, later: changes.get(one.paper) ?? one.later }))
          .sort((a, b) => a.later - b.later || (a.paper < b.paper ? -1 : 1))
          .map((one) => one.paper);
        const others = placed.map((one) => one.paper).filter((id) => id !== paper);
        expect(after).toEqual(others.toSpliced(Math.min(to, others.length), 0, paper));
      }),
    );
  });
  it('writes one number where there is room, and all where there is none', () => {
    const placed = [1, 2, 3].map((later) => ({ paper: `p${later}`, later }));
    expect(movesOf(placed, 'p3', 1)).toEqual([{ paper: 'p3', later: 1.5 }]);
    expect(movesOf(placed, 'p1', 0)).toEqual([]);
    expect(movesOf(placed, 'gone', 0)).toEqual([]);
    const full = [1, 1, 1].map((later, at) => ({ paper: `p${at}`, later }));
    expect(movesOf(full, 'p2', 1)).toHaveLength(3);
  });
});

it('a range is what lies between two rows, whichever comes first', () => {
  const listed = ['a', 'b', 'c', 'd'];
  expect(rangeOf(listed, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(listed, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(listed, undefined, 'c')).toEqual(['c']);
  expect(rangeOf(listed, 'gone', 'c')).toEqual(['c']);
});
