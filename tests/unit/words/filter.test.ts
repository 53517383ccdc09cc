import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { passes, resolveDates } from '../../../src/words/filter.ts';
import { parseQuestion } from '../../../src/words/question.ts';
import { tokenize } from '../../../src/words/terms.ts';

const paper: Paper = {
  id: 'p',
  title: 'Splatting $\\alpha$-Networks: Gaussian fields',
  abstract: 'A naïve mixer, pre-trained on radiance fields.',
  date: '2026-03-10',
  authors: ['Zoë Müller', 'Yann LeCun', 'Shaun O’Neil', "Maria D'Angelo"],
  organization: 'NVIDIA Research',
  comments: 4,
  links: [{ label: 'Project', url: 'https://github.com/a/b' }],
  categories: ['cs.CV', 'cond-mat.stat-mech'],
};
const about = {
  has: (mark: string, id: string) => mark === 'starred' && id === 'p',
  tagsOf: () => [],
  topicsOf: () => ['3D Gaussian Splatting'],
  near: (asked: string) => new Set(asked === '2401.04925' ? ['p'] : []),
};
const passesFor = (typed: string, given: Paper = paper) =>
  passes(given, resolveDates(parseQuestion(typed).filters, '2026-03-12'), about);

describe('filters', () => {
  it.each([
    '"radiance fields"',
    '"radiance fie',
    '"fields" ',
    "author:o'neil ",
    'author:oneil ',
    'author:dangelo ',
    'author:mul',
    'title:netw',
    '"naive mixer"',
    '"pre-trained"',
    '"pre trained on"',
    '-diffusion',
    '-"fields radiance"',
    'title:network',
    'title:"gaussian fields"',
    'author:muller',
    'author:"yann lecun"',
    'org:nvidia',
    'topic:3d',
    'topic:"3d gaussian"',
    'after:2026-03-10',
    'after:2026',
    'after:2d',
    'after:1w',
    'before:1d',
    '-before:7D',
    'before:2026-03-11',
    'comments:>3',
    'comments:4',
    'comments:<=4',
    '-comments:<4',
    'has:code',
    'has:abstract',
    'is:starred',
    'is:unread',
    '-is:read',
    '-upvotes:>0',
    'cat:cs.CV',
    'cat:cs.cv',
    'cat:cs',
    'cat:cond-mat',
    'cat:cond',
    '-cat:cs.CL',
    'like:2401.04925',
    '-like:2401.00001',
  ])('lets it pass: %s', (typed) => {
    expect(passesFor(typed)).toBe(true);
  });

  it.each([
    '"fields radiance"',
    '"radiance field"',
    '"field" ',
    'author:mul ',
    '-mixers',
    'title:mixer',
    'author:"zoe lecun"',
    'org:google',
    'topic:mlp',
    'after:2026-03-11',
    'before:2026-03-10',
    'before:2026-03',
    'after:1d',
    'before:2d',
    '-after:3m',
    'comments:>4',
    'upvotes:0',
    'is:read',
    '-is:starred',
    'is:starred is:read',
    'cat:cs.CL',
    'cat:c ',
    'cat:stat',
    'like:2401.00001',
  ])('leaves it out: %s', (typed) => {
    expect(passesFor(typed)).toBe(false);
  });

  it('find a word wherever the whole comparison finds it', () => {
    const words = [
      "O'Neil",
      'oneil',
      'naïve',
      'naive',
      'x²',
      'x2',
      'Networks',
      'network',
      'GPT-4',
      'gpt4',
      'studies',
      'study',
      '日本',
    ];
    for (const asked of words)
      for (const written of words) {
        const bare = { ...paper, title: `Of ${written} — and more…`, abstract: '' };
        const same = tokenize(asked).some(
          ({ joined, term }) =>
            !joined && tokenize(written).length === 1 && tokenize(written)[0]?.term === term,
        );
        if (same && tokenize(asked).length === 1)
          expect(passesFor(`title:${asked} `, bare), `${asked} in ${written}`).toBe(true);
      }
  });

  it('know the reader’s own words: a tag whole, or by its beginning while it is typed', () => {
    const own = {
      ...about,
      tagsOf: () => ['Séminaire', 'to quote'],
      has: (mark: string) => mark === 'later',
    };
    const passesOwn = (typed: string) => passes(paper, parseQuestion(typed).filters, own);
    for (const typed of [
      'tag:seminaire ',
      'tag:"To Quote"',
      'tag:semi',
      '-tag:semi ',
      'is:later ',
      '-has:note ',
    ])
      expect(passesOwn(typed), typed).toBe(true);
    for (const typed of ['tag:semi ', '-tag:séminaire ', 'tag:quote ', '-is:later ', 'has:note '])
      expect(passesOwn(typed), typed).toBe(false);
  });

  it('are not met by what a paper does not have', () => {
    const bare: Paper = { id: 'q', title: 'Bare', abstract: ' ' };
    for (const typed of [
      'after:1900',
      'before:2100',
      'comments:0',
      'has:code',
      'has:abstract',
      'author:a',
      'org:a',
    ])
      expect(passesFor(typed, bare), typed).toBe(false);
  });
});
