import { describe, expect, it } from 'vitest';
import { citationMeta, coinsOf } from '../../../src/export/coins.ts';
import type { Paper } from '../../../src/paper/paper.ts';

const paper: Paper = {
  id: 'arxiv:2401.04925',
  title: 'Splats & <b>mixers</b>: 50\\% "better"',
  abstract: 'An abstract.',
  date: '2026-03-10',
  authors: ['Ludwig van der Berg', 'Zoë Müller', 'OpenAI'],
  arxivId: '2401.04925',
};
const bare: Paper = {
  id: 'title:bare',
  title: 'Bare',
  abstract: '',
  organization: 'NVIDIA',
  date: '2026',
};

/** As a resolver reads a context object: pairs of the query form. */
const pairs = (text: string) => [...new URLSearchParams(text)];

describe('COinS', () => {
  it('is a context object of OpenURL 1.0 in key and value form', () => {
    expect(pairs(coinsOf(paper))).toEqual([
      ['ctx_ver', 'Z39.88-2004'],
      ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:journal'],
      ['rft.genre', 'preprint'],
      ['rft.atitle', 'Splats & <b>mixers</b>: 50% "better"'],
      ['rft.jtitle', 'arXiv'],
      ['rft.date', '2026-03-10'],
      ['rft.aulast', 'van der Berg'],
      ['rft.aufirst', 'Ludwig'],
      ['rft.au', 'Müller, Zoë'],
      ['rft.au', 'OpenAI'],
      ['rft_id', 'info:doi/10.48550/arXiv.2401.04925'],
      ['rft_id', 'https://arxiv.org/abs/2401.04925'],
    ]);
  });

  it('is no preprint where it has appeared', () => {
    const appeared = { ...paper, venue: 'SIGGRAPH', pages: '12-34', doi: '10.1145/1' };
    const said = new URLSearchParams(coinsOf(appeared));
    expect(['rft.genre', 'rft.jtitle', 'rft.pages'].map((name) => said.get(name))).toEqual([
      'article',
      'SIGGRAPH',
      '12-34',
    ]);
    expect(said.getAll('rft_id')[0]).toBe('info:doi/10.1145/1');
    expect(citationMeta(appeared)).toContainEqual(['citation_journal_title', 'SIGGRAPH']);
  });

  it('has no sign of its own form, nor of a tag, left in a value', () => {
    const hostile = { ...paper, title: 'a&rft.genre=book=+#%\u0000"><script>', authors: ['x&y=z'] };
    const text = coinsOf(hostile);
    expect(text).toMatch(/^[\w.!~*'()%&=-]+$/);
    expect(new URLSearchParams(text).getAll('rft.genre')).toEqual(['preprint']);
    expect(new URLSearchParams(text).get('rft.atitle')).toBe('a&rft.genre=book=+#%\u0000"><script>');
  });

  it('says what it can where little is known, half a pair of surrogates too', () => {
    expect(pairs(coinsOf(bare))).toEqual([
      ['ctx_ver', 'Z39.88-2004'],
      ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:journal'],
      ['rft.genre', 'article'],
      ['rft.atitle', 'Bare'],
      ['rft.date', '2026'],
      ['rft.aucorp', 'NVIDIA'],
    ]);
    expect(new URLSearchParams(coinsOf({ ...bare, title: 'Half \ud83d' })).get('rft.atitle')).toBe(
      'Half \ufffd',
    );
  });
});

describe('citation metadata', () => {
  it('names what Zotero and Google Scholar read, each author once', () => {
    expect(citationMeta(paper)).toEqual([
      ['citation_title', 'Splats & <b>mixers</b>: 50% "better"'],
      ['citation_author', 'van der Berg, Ludwig'],
      ['citation_author', 'Müller, Zoë'],
      ['citation_author', 'OpenAI'],
      ['citation_publication_date', '2026/03/10'],
      ['citation_arxiv_id', '2401.04925'],
      ['citation_doi', '10.48550/arXiv.2401.04925'],
      ['citation_abstract_html_url', 'https://arxiv.org/abs/2401.04925'],
      ['citation_public_url', 'https://arxiv.org/abs/2401.04925'],
      ['citation_pdf_url', 'https://arxiv.org/pdf/2401.04925'],
      ['citation_abstract', 'An abstract.'],
    ]);
    expect(citationMeta(bare)).toEqual([
      ['citation_title', 'Bare'],
      ['citation_author', 'NVIDIA'],
      ['citation_publication_date', '2026'],
    ]);
  });

  it('prefers an identifier of the publisher, and writes no name that Zotero would read as two', () => {
    const meta = citationMeta({ ...paper, doi: '10.1/x', authors: ['Jan Willem van der Berg'] });
    expect(meta).toContainEqual(['citation_doi', '10.1/x']);
    expect(meta).toContainEqual(['citation_author', 'Jan Willem van der Berg']);
  });
});
