import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, parseQuestion, withoutPart } from '../../../src/words/question.ts';

const conditions = (typed: string) =>
  parseQuestion(typed).filters.map(({ condition, not }) => (not ? { not: condition } : condition));

describe('a question', () => {
  it.each([
    '3D Gaussian splatting compression',
    'MLP-Mixer: an all-MLP architecture',
    'state-of-the-art - a survey',
    'https://arxiv.org/abs/2401.04925',
    'what is: a mixer',
    'e.g. 2:1 sparsity',
  ])('of free words only is them: %s', (typed) => {
    const { text, filters, sort, problems } = parseQuestion(typed);
    expect([text, filters, sort, problems]).toEqual([typed, [], undefined, []]);
  });

  it('knows every filter', () => {
    const all =
      'splat title:mixer author:"Yann LeCun" org:NVIDIA topic:"3D g" after:2026-03 before:2026-03-10 comments:>3 ' +
      'upvotes:0 has:code has:abstract is:unread -is:starred -diffusion -"mesh based" "radiance fields" sort:newest';
    const wanted: (Condition | { not: Condition })[] = [
      { kind: 'title', value: 'mixer' },
      { kind: 'author', value: 'Yann LeCun' },
      { kind: 'org', value: 'NVIDIA' },
      { kind: 'topic', value: '3D g' },
      { kind: 'after', date: '2026-03' },
      { kind: 'before', date: '2026-03-10' },
      { kind: 'comments', comparison: '>', number: 3 },
      { kind: 'upvotes', comparison: '=', number: 0 },
      { kind: 'has', what: 'code' },
      { kind: 'has', what: 'abstract' },
      { kind: 'is', what: 'unread' },
      { not: { kind: 'is', what: 'starred' } },
      { not: { kind: 'word', word: 'diffusion' } },
      { not: { kind: 'phrase', phrase: 'mesh based' } },
      { kind: 'phrase', phrase: 'radiance fields' },
    ];
    expect(conditions(all)).toEqual(wanted);
    const { text, sort, problems } = parseQuestion(all);
    expect([text, sort?.by, problems]).toEqual(['splat radiance fields ', 'newest', []]);
  });

  it.each([
    ['splat', 'splat'],
    ['splat ', 'splat '],
    ['is:unread splat', 'splat'],
    ['splat is:unread', 'splat '],
    ['"two words', 'two words '],
    ['is:unread', ''],
    ['  ', ''],
  ])('says whether the last word is being typed: %j', (typed, text) => {
    expect(parseQuestion(typed).text).toBe(text);
  });

  it.each([
    'is:',
    'is:unr',
    'has:c',
    'after:2026-',
    'after:20',
    'before:2026-0',
    'comments:',
    'comments:>',
    'sort:n',
    'title:',
    '"',
    '-',
  ])('waits for what is half typed: %s', (typed) => {
    const { filters, problems } = parseQuestion(`mixer ${typed}`);
    expect([filters, problems]).toEqual([[], []]);
  });

  it.each([
    ['is:lovely', 'is: knows unread, read, starred and later, not “lovely”.'],
    ['has:wings', 'has: knows code, abstract and note, not “wings”.'],
    [
      'sort:beauty',
      'sort: knows best, newest, oldest, comments, upvotes, discussed, trending and topics, not “beauty”.',
    ],
    [
      'after:yesterday',
      'after: wants a date, such as after:2026-03 or after:2026-03-10, or a time ago, such as after:7d.',
    ],
    [
      'before:2026-13',
      'before: wants a date, such as before:2026-03 or before:2026-03-10, or a time ago, such as before:7d.',
    ],
    ['comments:many', 'comments: wants a number, such as comments:>3 or comments:0.'],
  ])('explains what is wrong and goes on without it: %s', (typed, sentence) => {
    const { text, filters, problems } = parseQuestion(`mixer ${typed}`);
    expect([text, filters, problems]).toEqual(['mixer ', [], [sentence]]);
  });

  it.each(['after:2026-3 x', 'is:s x', 'comments:> x', 'has:cod x', '-sort:newest x'])(
    'explains what is typed to its end and wrong: %s',
    (typed) => {
      const { filters, problems } = parseQuestion(typed);
      expect([filters, problems.length]).toEqual([[], 1]);
    },
  );

  it.each(['title:mlp -', 'title:mlp "', '-', '"', 'title:mlp “'])(
    'waits for what has only begun: %s',
    (typed) => {
      expect(parseQuestion(typed).text.trim()).toBe('');
    },
  );

  it('takes the quotes of phones, and a minus before anything', () => {
    expect(conditions('“radiance fields” -foo:bar')).toEqual([
      { kind: 'phrase', phrase: 'radiance fields' },
      { not: { kind: 'word', word: 'foo:bar' } },
    ]);
    expect(parseQuestion('“what if”').phrasesOnly).toBe(true);
    expect(parseQuestion('splat "what if"').phrasesOnly).toBe(false);
  });

  it('loses a filter that is taken away, and nothing else', () => {
    const typed = 'splat is:unread "radiance fields" after:2026';
    const parts = parseQuestion(typed).filters;
    expect(parts.map((part) => withoutPart(typed, part))).toEqual([
      'splat "radiance fields" after:2026',
      'splat is:unread after:2026',
      'splat is:unread "radiance fields"',
    ]);
  });

  it('is read from anything, and its parts stand where they say', () => {
    const piece = fc.constantFrom(
      'is:',
      'unread',
      '"',
      '-',
      ' ',
      'title:',
      'after:',
      '2026-03',
      'comments:>',
      '3',
      'é',
      '：',
      '日本',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        let last = 0;
        for (const { start, end } of parseQuestion(text).filters) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
