import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { citationKeys } from './keys.ts';
import { parseName } from './names.ts';

/** CSL-JSON, which Zotero and most others read: a list of items. Titles are plain text. */
export function toCsl(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  const items = papers.map((paper, at) => {
    const { title, abstract, arxivId, doi, venue, pages } = paper;
    const words = [...(paper.categories ?? []), ...(paper.keywords ?? [])];
    const url = homeOf(paper);
    return {
      id: keys[at],
      type: venue ? 'article-journal' : 'article',
      title: plain(title),
      ...authorsOf(paper),
      ...(paper.date ? { issued: { 'date-parts': [paper.date.split('-').map(Number)] } } : {}),
      ...(abstract.trim() ? { abstract: plain(abstract) } : {}),
      ...(arxivId ? { number: `arXiv:${arxivId}`, archive: 'arXiv', publisher: 'arXiv' } : {}),
      ...(venue ? { 'container-title': venue } : {}),
      ...(pages ? { page: pages } : {}),
      ...(doi ? { DOI: doi } : {}),
      ...(words.length > 0 ? { keyword: words.map((word) => word.replace(/[,;]/g, ' ')).join(', ') } : {}),
      ...(url ? { URL: url } : {}),
    };
  });
  return `${JSON.stringify(items, null, 2)}\n`;
}

function authorsOf({ authors, organization }: Paper) {
  if (!authors?.length) return organization ? { author: [{ literal: organization }] } : {};
  return {
    author: authors.map((written) => {
      const name = parseName(written);
      if ('literal' in name) return name;
      const { family, given, particle } = name;
      return { family, given, ...(particle ? { 'non-dropping-particle': particle } : {}) };
    }),
  };
}
