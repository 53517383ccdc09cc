import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey } from '../paper/text.ts';
import { laterTexts } from '../texts/later.ts';
import { escapeMarkup, wholePairs } from './markup.ts';

/** What a feed says of itself. */
export interface FeedHead {
  /** `3DGS`. */
  readonly title: string;
  /** The day of writing, ISO 8601: when a feed without papers was updated. */
  readonly today: string;
  /** Where the feed lies, absolute; absent for a file, which has no address. */
  readonly self?: string | undefined;
  /** The page that shows the same papers, absolute or relative to the feed. */
  readonly site?: string | undefined;
  /** The page of a paper on that site, likewise. */
  readonly pageOf?: ((paper: Paper) => string) | undefined;
}

/**
 * Atom (RFC 4287). Titles and abstracts are plain text, escaped; ids are the arXiv page's address, or made of the
 * paper's id, so that they stay the same wherever the feed lies. A paper without a page of its own has that of the
 * site, or none: its abstract is then the content.
 */
export function toAtom(papers: readonly Paper[], head: FeedHead): string {
  const { title, self, site } = head;
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${escapeMarkup(self ?? uuidOf(`feed ${title}`))}</id>`,
    `  <title>${escapeMarkup(title)}</title>`,
    `  <updated>${newest(papers, head.today)}</updated>`,
    // Entries whose authors nobody named need one of the feed.
    `  <author><name>${escapeMarkup(laterTexts.out.unnamedAuthors)}</name></author>`,
    '  <generator>Sheaf</generator>',
    ...(self ? [`  ${link('self', self, 'application/atom+xml')}`] : []),
    ...(site ? [`  ${link('alternate', site, 'text/html')}`] : []),
    ...papers.map((paper) => entry(paper, head)),
    '</feed>',
  ];
  return `${lines.join('\n')}\n`;
}

function entry(paper: Paper, { pageOf }: FeedHead): string {
  const [home, page] = [homeOf(paper), pageOf?.(paper)];
  const others = (paper.links ?? []).filter(({ url }) => url !== home);
  const abstract = plain(paper.abstract);
  // Without a page to go to, Atom wants content.
  const told = home || page ? 'summary' : 'content';
  const lines = [
    `<id>${escapeMarkup(idOf(paper))}</id>`,
    `<title>${escapeMarkup(plain(paper.title))}</title>`,
    ...(home || page ? [link('alternate', (home ?? page) as string)] : []),
    ...(home && page ? [link('related', page, 'text/html')] : []),
    ...others.map(({ url, label }) => link('related', url, undefined, label)),
    ...(paper.date ? [`<published>${moment(paper.date)}</published>`] : []),
    // Atom wants one of every entry.
    `<updated>${updatedOf(paper) ?? moment(NO_DATE)}</updated>`,
    ...authorsOf(paper).map((name) => `<author><name>${escapeMarkup(name)}</name></author>`),
    ...(abstract || told === 'content' ? [`<${told}>${escapeMarkup(abstract)}</${told}>`] : []),
  ];
  return ['  <entry>', ...lines.map((line) => `    ${line}`), '  </entry>'].join('\n');
}

function link(rel: string, href: string, type?: string, title?: string): string {
  const attributes = Object.entries({ rel, type, href, title })
    .flatMap(([name, value]) => (value ? [` ${name}="${escapeMarkup(value)}"`] : []))
    .join('');
  return `<link${attributes}/>`;
}

/** JSON Feed 1.1. Its addresses are absolute: where the site has none, the file has none. */
export function toJsonFeed(papers: readonly Paper[], head: FeedHead): string {
  const { title, self, site, pageOf } = head;
  const items = papers.map((paper) => {
    const url = absolute(homeOf(paper)) ?? absolute(pageOf?.(paper));
    const authors = authorsOf(paper);
    const updated = updatedOf(paper);
    return {
      id: idOf(paper),
      ...(url ? { url } : {}),
      title: wholePairs(plain(paper.title)),
      content_text: wholePairs(plain(paper.abstract)),
      ...(paper.date ? { date_published: moment(paper.date) } : {}),
      ...(updated ? { date_modified: updated } : {}),
      ...(authors.length > 0 ? { authors: authors.map((name) => ({ name: wholePairs(name) })) } : {}),
    };
  });
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: wholePairs(title),
    ...(absolute(site) ? { home_page_url: site } : {}),
    ...(absolute(self) ? { feed_url: self } : {}),
    items,
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

function absolute(url: string | undefined): string | undefined {
  return url && /^https?:/.test(url) ? url : undefined;
}

function authorsOf({ authors, organization }: Paper): readonly string[] {
  const named = authors?.filter((name) => name.trim() !== '') ?? [];
  return named.length > 0 ? named : organization ? [organization] : [];
}

function idOf({ id, arxivId }: Paper): string {
  return arxivId ? (homeOf({ arxivId } as Paper) as string) : uuidOf(id);
}

/** The same for the same text: a UUID of the free form (version 8), since a list has no domain to make ids of. */
function uuidOf(text: string): string {
  const digits = contentKey(text) + contentKey(`${text} again`);
  const [a, b, c, d, e] = [0, 8, 13, 17, 20].map((start, at) =>
    digits.slice(start, start + ([8, 4, 3, 3, 12][at] as number)),
  );
  return `urn:uuid:${a}-${b}-8${c}-8${d}-${e}`;
}

/** The same at every writing, so that nothing comes anew to the readers of a feed. */
const NO_DATE = '1970-01-01';

/** When a list last showed it, which is when it came to its readers; for want of a date, when it came here. */
function updatedOf({ listed, date, added }: Paper): string | undefined {
  const day = listed ?? date ?? added?.slice(0, NO_DATE.length);
  return day && moment(day);
}

/** Of the papers, not of the clock: what has not changed is not new. */
function newest(papers: readonly Paper[], today: string): string {
  if (papers.length === 0) return moment(today);
  const all = papers.flatMap((paper) => updatedOf(paper) ?? []).sort();
  return all.at(-1) ?? moment(NO_DATE);
}

/** `2026-03` is known no better, but feeds know only moments: its beginning. */
function moment(date: string): string {
  return `${date}${'-01-01'.slice(date.length - 'YYYY'.length)}T00:00:00Z`;
}
