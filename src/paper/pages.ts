import { httpUrl } from './addresses.ts';
import { wellFormed } from './cut.ts';
import { plain } from './latex.ts';
import { MOST_LINKS } from './limits.ts';
import type { Paper, PaperLink } from './paper.ts';

/**
 * The paper's pages outside, each address once: its own where it has an arXiv id, otherwise searches by
 * its title; then its own links; then the addresses written in its abstract.
 */
export function pagesOf(paper: Paper): PaperLink[] {
  const written = addressesIn(paper.abstract).map((url) => ({ label: shorten(url), url }));
  const pages = [
    ...(paper.arxivId ? homes(paper.arxivId) : []),
    ...(paper.doi ? [{ label: 'DOI', url: doiUrl(paper.doi) }] : []),
    ...(paper.arxivId ? [] : searches(paper.title)),
    ...(paper.links ?? []),
  ];
  const seen = new Set<string>();
  return [...pages, ...written].filter(({ url }) => {
    const key = url.replace(/\/$/, '');
    return httpUrl(url) !== undefined && !seen.has(key) && seen.add(key);
  });
}

/** The paper's own page, where it has one: that of arXiv, of its DOI, or the first of its links. */
export function homeOf({ arxivId, doi, links }: Paper): string | undefined {
  if (arxivId) return homes(arxivId)[0]?.url;
  return doi ? doiUrl(doi) : links?.[0]?.url;
}

function doiUrl(doi: string): string {
  return `https://doi.org/${wellFormed(doi).split('/').map(encodeURIComponent).join('/')}`;
}

function homes(arxivId: string): PaperLink[] {
  const id = wellFormed(arxivId).split('/').map(encodeURIComponent).join('/');
  return [
    { label: 'arXiv', url: `https://arxiv.org/abs/${id}` },
    { label: 'PDF', url: `https://arxiv.org/pdf/${id}` },
    { label: 'Hugging Face', url: `https://huggingface.co/papers/${id}` },
    { label: 'alphaXiv', url: `https://www.alphaxiv.org/abs/${id}` },
  ];
}

function searches(title: string): PaperLink[] {
  // A title cut inside a pair of surrogates would make encodeURIComponent throw.
  const query = encodeURIComponent(plain(title).replace(/\p{Surrogate}/gu, ''));
  return [
    { label: 'Search arXiv', url: `https://arxiv.org/search/?query=${query}&searchtype=title` },
    { label: 'Search Hugging Face', url: `https://huggingface.co/papers?q=${query}` },
    { label: 'Search Google Scholar', url: `https://scholar.google.com/scholar?q=${query}` },
  ];
}

/** As the links of a record. Characters. */
const LONGEST_ADDRESS = 2_000;

/**
 * Web addresses in an abstract as its source wrote it: LaTeX escapes undone, and without the full stop,
 * comma or bracket that belongs to the sentence. Ends at `{`, for `\href{…}{…}` and what is left of it.
 */
function addressesIn(abstract: string): string[] {
  const found: string[] = [];
  for (const [written] of abstract.matchAll(/https?:\/\/(?:\\[%_&#$~]|[^\s\\<>"'{}|^`])+/gi)) {
    // A line of signs without a space is no address, and costs a look for each of them.
    if (written.length > LONGEST_ADDRESS) continue;
    const url = httpUrl(withoutSentence(written.replace(/\\([%_&#$~])/g, '$1')));
    if (url) found.push(url);
    if (found.length === MOST_LINKS) break;
  }
  return found;
}

function withoutSentence(address: string): string {
  const trimmed = address.replace(/(?<![.,;:!?*])[.,;:!?*]+$/, '');
  const closing = /[)\]]$/.exec(trimmed)?.[0];
  if (!closing) return trimmed;
  const opening = closing === ')' ? '(' : '[';
  const open = trimmed.split(opening).length < trimmed.split(closing).length;
  return open ? withoutSentence(trimmed.slice(0, -1)) : trimmed;
}

/** `https://github.com/yyyykf/RAP` -> `github.com/yyyykf/RAP`. */
function shorten(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
