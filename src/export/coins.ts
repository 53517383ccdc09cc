import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { wholePairs } from './markup.ts';
import { invertName, parseName } from './names.ts';

/**
 * What the title of a `<span class="Z3988">` says of a paper (COinS): an OpenURL 1.0 context object in its key and
 * value form, by which Zotero and others know it. Not escaped for HTML: it is to be set as a property.
 */
export function coinsOf(paper: Paper): string {
  const { arxivId, date, organization, venue, pages, authors = [] } = paper;
  const [home, doi] = [homeOf(paper), doiOf(paper)];
  const names = authors.map(parseName);
  const first = names[0];
  const pairs: [key: string, value: string | undefined][] = [
    ['ctx_ver', 'Z39.88-2004'],
    ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:journal'],
    ['rft.genre', arxivId && !venue ? 'preprint' : 'article'],
    ['rft.atitle', plain(paper.title)],
    ['rft.jtitle', venue ?? (arxivId && 'arXiv')],
    ['rft.pages', pages],
    ['rft.date', date],
    // Of the first author the form wants the parts; the others come whole.
    [
      'rft.aulast',
      first && 'family' in first ? [first.particle, first.family].filter(Boolean).join(' ') : '',
    ],
    ['rft.aufirst', first && 'family' in first ? first.given : ''],
    ...names
      .slice(first && 'family' in first ? 1 : 0)
      .map((name): [string, string] => ['rft.au', invertName(name)]),
    ['rft.aucorp', authors.length > 0 ? undefined : organization],
    ['rft_id', doi && `info:doi/${doi}`],
    ['rft_id', home],
  ];
  return pairs
    .flatMap(([key, value]) => (value ? [`${key}=${encodeURIComponent(wholePairs(value))}`] : []))
    .join('&');
}

/**
 * What `<meta name="citation_…">` of a paper's page says, by name and content, as Google Scholar asked for it and
 * Zotero reads it.
 */
export function citationMeta(paper: Paper): [name: string, content: string][] {
  const { arxivId, date, organization, authors = [] } = paper;
  const people = authors.length > 0 ? authors.map(citedName) : [organization];
  const fields: [name: string, content: string | undefined][] = [
    ['citation_title', plain(paper.title)],
    ...people.map((name): [string, string | undefined] => ['citation_author', name]),
    ['citation_publication_date', date?.replaceAll('-', '/')],
    ['citation_journal_title', paper.venue],
    ['citation_arxiv_id', arxivId],
    ['citation_doi', doiOf(paper)],
    ['citation_abstract_html_url', homeOf(paper)],
    ['citation_public_url', homeOf(paper)],
    ['citation_pdf_url', arxivId && `https://arxiv.org/pdf/${arxivId}`],
    ['citation_abstract', plain(paper.abstract)],
  ];
  return fields.flatMap(([name, content]) => (content ? [[name, content] as [string, string]] : []));
}

/** `van der Berg, Jan Willem` would be read as two people: with several words on both sides it stays as written. */
function citedName(written: string): string {
  const name = parseName(written);
  const inverted = invertName(name);
  if (/\S\s+\S.*,.*\S\s+\S/.test(inverted) && 'family' in name) {
    return [name.given, name.particle, name.family].filter(Boolean).join(' ');
  }
  return inverted;
}

/** Its own, or the one that arXiv has registered for it. */
function doiOf({ doi, arxivId }: Paper): string | undefined {
  return doi ?? (arxivId && `10.48550/arXiv.${arxivId}`);
}
