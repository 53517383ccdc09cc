import { describe, expect, it } from 'vitest';
import { nearestField } from '../../../src/words/fields.ts';
import { parseQuestion } from '../../../src/words/question.ts';

const KNOWN = ['title', 'author', 'org', 'topic', 'cat', 'like', 'after', 'before', 'has', 'is', 'sort'];

describe('a filter with a slip in its name', () => {
  it.each([
    ['auhtor', 'author'],
    ['authors', 'author'],
    ['autor', 'author'],
    ['tilte', 'title'],
    ['topics', 'topic'],
    ['act', 'cat'],
    ['ogr', 'org'],
    ['befor', 'before'],
    ['category', 'cat'],
    ['year', 'after'],
  ])('%s is taken for %s', (typed, meant) => {
    expect(nearestField(typed, KNOWN)).toBe(meant);
  });

  it.each(['attention', 'bert', 'art', 'bat', 'lora', 'gpt', 'rag', 'llava', 'hat', 'sam'])(
    '%s is a word of a title',
    (typed) => {
      expect(nearestField(typed, KNOWN)).toBeUndefined();
    },
  );

  it('is explained once it is whole, and its words rank all the same', () => {
    const { problems, text, filters } = parseQuestion('auhtor:lecun world models ');
    expect(problems).toEqual(['There is no filter auhtor:; did you mean author:?']);
    expect([text, filters]).toEqual(['auhtor:lecun world models ', []]);
    expect(parseQuestion('auhtor:lec').problems).toEqual([]);
  });

  it.each(['attention: is it all you need ', 'SAM:segment anything ', 'titles: a study ', 'https://a.b/c '])(
    'is not seen in a question: %s',
    (typed) => {
      expect(parseQuestion(typed).problems).toEqual([]);
    },
  );
});

describe('an arXiv category', () => {
  it.each(['cat:cs.CV ', 'cat:cs ', 'cat:hep-th ', 'cat:cond-mat.stat-mech '])('is read: %s', (typed) => {
    expect(parseQuestion(typed).filters.map(({ condition }) => condition)).toEqual([
      { kind: 'cat', value: typed.trim().slice(4) },
    ]);
  });
  it('is explained where it is none, but not while it is being typed', () => {
    expect(parseQuestion('cat:7 ').problems[0]).toContain('cat: wants an arXiv category');
    expect(parseQuestion('cat:7').problems).toEqual([]);
  });
});
