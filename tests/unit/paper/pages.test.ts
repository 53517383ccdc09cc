import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpUrl, parseDoi } from '../../../src/paper/addresses.ts';
import { createPaper } from '../../../src/paper/identity.ts';
import { homeOf, pagesOf } from '../../../src/paper/pages.ts';

describe('pagesOf', () => {
  it('names the pages of an arXiv id', () => {
    const paper = createPaper({ title: 'T', abstract: '', arxivId: '2401.04925' });
    expect(pagesOf(paper)).toEqual([
      { label: 'arXiv', url: 'https://arxiv.org/abs/2401.04925' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/2401.04925' },
      { label: 'Hugging Face', url: 'https://huggingface.co/papers/2401.04925' },
      { label: 'alphaXiv', url: 'https://www.alphaxiv.org/abs/2401.04925' },
    ]);
    const old = pagesOf(createPaper({ title: 'T', abstract: '', arxivId: 'math/0309136' }));
    expect(old[0]?.url).toBe('https://arxiv.org/abs/math/0309136');
  });

  it('searches by the plain title where there is no id', () => {
    const pages = pagesOf(createPaper({ title: "Rubik's \\emph{Cube}: 50\\% & more?", abstract: '' }));
    expect(pages.map(({ label }) => label)).toEqual([
      'Search arXiv',
      'Search Hugging Face',
      'Search Google Scholar',
    ]);
    const query = "Rubik's Cube: 50% & more?";
    expect(new URL(pages[0]?.url ?? '').searchParams.get('query')).toBe(query);
    expect(pages[1]?.url.startsWith('https://huggingface.co/papers?q=Rubik')).toBe(true);
    expect(new URL(pages[1]?.url ?? '').searchParams.get('q')).toBe(query);
    expect(new URL(pages[2]?.url ?? '').searchParams.get('q')).toBe(query);
  });

  it.each([
    ['Code at https://github.com/yyyykf/RAP.', ['https://github.com/yyyykf/RAP']],
    ['at~https://github.com/M/S_MLP{https://github.com/M/S\\_MLP.', ['https://github.com/M/S_MLP']],
    ['on https://github.com/R/Tiny-Models .', ['https://github.com/R/Tiny-Models']],
    [
      'at https://a.b/tree/tiny_pytorch, and https://c.d/tinynet.',
      ['https://a.b/tree/tiny_pytorch', 'https://c.d/tinynet'],
    ],
    [
      'Model: https://a.b/c Examples: https://a.b/#notebooks-links',
      ['https://a.b/c', 'https://a.b/#notebooks-links'],
    ],
    ['(see https://a.b/c).', ['https://a.b/c']],
    ['https://a.b/c_(d)', ['https://a.b/c_(d)']],
    ['[https://a.b/c]', ['https://a.b/c']],
    ['\\href{https://a.b/c}{here}', ['https://a.b/c']],
    ['https://a.b/c and again https://a.b/c/', ['https://a.b/c']],
    ['at www.powerinfer.ai/v2, javascript:alert(1), https://', []],
  ])('finds the addresses in %j', (abstract, urls) => {
    const found = pagesOf(createPaper({ title: 'T', abstract })).slice(3);
    expect(found.map(({ url }) => url)).toEqual(urls);
  });

  it('puts the paper’s own links before those it finds, each once', () => {
    const links = [
      { label: 'Code', url: 'https://a.b/c' },
      { label: 'Trap', url: 'javascript:alert(1)' },
    ];
    const paper = createPaper({ title: 'T', abstract: 'https://a.b/c https://www.e.f/g/', links });
    expect(pagesOf(paper).slice(3)).toEqual([
      { label: 'Code', url: 'https://a.b/c' },
      { label: 'e.f/g', url: 'https://www.e.f/g/' },
    ]);
  });

  it('gives http and https only, whatever a paper says', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('https://', 'javascript:', 'data:text/html,', '\\_', '{', '//', '\ud800'),
    );
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const abstract = parts.join('');
        const paper = { id: 'x', title: abstract, abstract, links: [{ label: 'l', url: abstract }] };
        for (const { url } of pagesOf(paper)) expect(['http:', 'https:']).toContain(new URL(url).protocol);
      }),
    );
  });
});

it.each([
  ['https://a.b', 'https://a.b/'],
  [' HTTP://A.B/c d ', 'http://a.b/c%20d'],
  ['//a.b', undefined],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['https://arxiv.org@evil.example/', undefined],
  ['https://[', undefined],
  ['', undefined],
])('httpUrl(%j) is %j', (text, url) => expect(httpUrl(text)).toBe(url));

describe('half a letter', () => {
  it('in a DOI makes it none, and throws in no page of a paper that has it', () => {
    expect(parseDoi('10.1234/a\ud800')).toBeUndefined();
    expect(parseDoi('10.1234/\u{1f600}')).toBe('10.1234/\u{1f600}');
    const paper = createPaper({ title: 'T', abstract: '', doi: '10.1234/\ud800' });
    expect(homeOf(paper)).toBe('https://doi.org/10.1234/%EF%BF%BD');
    expect(pagesOf(paper)[0]?.label).toBe('DOI');
  });
});
