import { httpUrl } from '../paper/addresses.ts';
import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { escapeMarkup, wholePairs } from './markup.ts';
import { escapeText } from './tables.ts';

/** What a topic has of a time: the best, and how many more there are. */
export interface DigestSection {
  readonly name: string;
  readonly papers: readonly Paper[];
  /** Papers of the topic that are not written down here. */
  readonly more: number;
  /** Where those stand, on the site. */
  readonly moreUrl: string;
}

export interface Digest {
  /** `Week 11, 9 to 15 March 2026`. */
  readonly title: string;
  readonly sections: readonly DigestSection[];
}

/** Characters of an abstract that a digest gives: what it is about, not the paper. */
const ABSTRACT_LENGTH = 300;

/** A whole file that needs nothing else and runs nothing: every text of it is escaped. */
export function digestToHtml({ title, sections }: Digest): string {
  const name = escapeMarkup(laterTexts.days.digest.fileTitle(oneLine(title)));
  const body = sections.flatMap((section) => [
    `<h2>${escapeMarkup(oneLine(section.name))}</h2>`,
    ...(section.papers.length === 0 ? [`<p>${escapeMarkup(laterTexts.days.digest.nothing)}</p>`] : []),
    ...section.papers.map(htmlOf),
    ...(section.more > 0
      ? [`<p>${linkTo(section.moreUrl, laterTexts.days.digest.more(section.more))}</p>`]
      : []),
  ]);
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Nobody is asked for anything, whatever a title says.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${name}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${name}</h1>`,
    ...body,
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

const STYLE =
  'body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 Georgia,serif;color:#1c1b19;background:#fdfcfa}' +
  'h1{font-size:1.5rem;line-height:1.3}h2{margin:2rem 0 .5rem;font-size:1.125rem;border-bottom:1px solid #e5e1d8}' +
  'h3{margin:1.25rem 0 0;font-size:1rem}p{margin:.25rem 0}.facts{font-size:.875rem;color:#6b6862}a{color:inherit}';

function htmlOf(paper: Paper): string {
  const { title, facts, abstract, url } = partsOf(paper);
  return [
    `<h3>${url ? linkTo(url, title) : escapeMarkup(title)}</h3>`,
    ...(facts ? [`<p class="facts">${escapeMarkup(facts)}</p>`] : []),
    ...(abstract ? [`<p>${escapeMarkup(abstract)}</p>`] : []),
  ].join('\n');
}

function linkTo(url: string, text: string): string {
  const safe = httpUrl(url);
  return safe
    ? `<a href="${escapeMarkup(safe)}" rel="noreferrer">${escapeMarkup(text)}</a>`
    : escapeMarkup(text);
}

/** To read as it is, or to paste where Markdown is understood. */
export function digestToMarkdown({ title, sections }: Digest): string {
  const lines = [`# ${escapeText(laterTexts.days.digest.fileTitle(oneLine(title)))}`, ''];
  for (const section of sections) {
    lines.push(`## ${escapeText(oneLine(section.name))}`, '');
    if (section.papers.length === 0) lines.push(escapeText(laterTexts.days.digest.nothing), '');
    for (const paper of section.papers) {
      const { title: name, facts, abstract, url } = partsOf(paper);
      const heading = escapeText(name);
      lines.push(url ? `- **[${heading}](<${markdownUrl(url)}>)**` : `- **${heading}**`);
      for (const text of [facts, abstract]) if (text) lines.push('', `  ${escapeText(text)}`);
      lines.push('');
    }
    const rest = httpUrl(section.moreUrl);
    if (section.more > 0) {
      const more = escapeText(laterTexts.days.digest.more(section.more));
      lines.push(rest ? `[${more}](<${markdownUrl(rest)}>)` : more, '');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function markdownUrl(url: string): string {
  return url.replaceAll('<', '%3C').replaceAll('>', '%3E');
}

/** Longest address that mail programs and the systems before them take whole, characters. */
const LONGEST_MAILTO = 1_800;

/** The address that opens a draft to nobody yet, cut at a whole paper with a line that says so. */
export function digestToMail({ title, sections }: Digest): string {
  const subject = laterTexts.days.digest.fileTitle(oneLine(title));
  // A subject is nobody's to fill the whole letter with.
  const head = `mailto:?subject=${encode(subject.slice(0, 120))}&body=`;
  const total = sections.reduce((sum, { papers }) => sum + papers.length, 0);
  const room = LONGEST_MAILTO - head.length - encode(`\n${laterTexts.days.digest.cut(total)}\n`).length;
  let body = '';
  let written = 0;
  for (const { name, papers } of sections) {
    let heading = `${body ? '\n' : ''}${oneLine(name)}\n`;
    for (const paper of papers) {
      const { title: line, url } = partsOf(paper);
      const next = `${heading}- ${line}\n${url ? `  ${url}\n` : ''}`;
      if (encode(body + next).length > room)
        return head + encode(`${body}\n${laterTexts.days.digest.cut(total - written)}\n`);
      body += next;
      heading = '';
      written++;
    }
  }
  return head + encode(body || laterTexts.days.digest.nothing);
}

/** Line ends as letters have them. */
function encode(text: string): string {
  return encodeURIComponent(wholePairs(text).replaceAll('\n', '\r\n'));
}

/** What is written of a paper, each on one line. */
function partsOf(paper: Paper) {
  const abstract = oneLine(plain(paper.abstract));
  const by = paper.authors?.length
    ? `${paper.authors.slice(0, 3).join(', ')}${paper.authors.length > 3 ? ' …' : ''}`
    : paper.organization;
  const home = homeOf(paper);
  return {
    title: oneLine(plain(paper.title)),
    facts: oneLine([by, paper.date && formatDate(paper.date)].filter(Boolean).join(' · ')),
    abstract: abstract.length > ABSTRACT_LENGTH ? `${cutAtWord(abstract)} …` : abstract,
    url: home && httpUrl(home),
  };
}

function cutAtWord(text: string): string {
  const cut = text.slice(0, ABSTRACT_LENGTH);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), ABSTRACT_LENGTH / 2));
}

/** Without line ends and what else is not seen. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
