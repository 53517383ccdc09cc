import type { FeedHead } from '../export/feeds.ts';
import { escapeMarkup } from '../export/markup.ts';
import type { TopicSpec } from '../source/topics.ts';

/** What a published site says of itself. */
export interface SiteFacts {
  readonly title: string;
  /** Absolute, with a slash at its end; absent where it is not known. */
  readonly url: string | undefined;
  readonly topics: readonly TopicSpec[];
  /** What the page proposes to ask. */
  readonly questions: readonly string[];
  /** Models whose vectors lie beside the list. */
  readonly models: readonly string[];
}

/** Where a feed lies, without its ending. */
export const ALL_FEED = 'feeds/papers';
export const topicFeed = (topic: string): string => `feeds/topics/${topic}`;

/** The built page with what this site has: its name, its questions, its feeds, its vectors, its search. */
export function publishPage(html: string, facts: SiteFacts): string {
  const { title, url, topics, questions, models } = facts;
  const feed = (path: string, name: string): string[] => [
    tag('link', { rel: 'alternate', type: 'application/atom+xml', title: name, href: `./${path}.atom` }),
    tag('link', { rel: 'alternate', type: 'application/feed+json', title: name, href: `./${path}.json` }),
  ];
  const tags = [
    tag('meta', { name: 'application-name', content: title }),
    tag('meta', { name: 'sheaf-vectors', content: models.join(' ') }),
    ...questions.map((content) => tag('meta', { name: 'sheaf-question', content })),
    ...feed(ALL_FEED, title),
    ...topics.flatMap(({ id, name }) => feed(topicFeed(id), feedTitle(name, title))),
    ...(url
      ? [
          tag('link', {
            rel: 'search',
            type: 'application/opensearchdescription+xml',
            title,
            href: './opensearch.xml',
          }),
        ]
      : []),
  ];
  return html
    .replace(/ *<meta name="sheaf-question"[^>]*>\n/g, '')
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeMarkup(title)}</title>`)
    .replace('</head>', () => `${tags.map((one) => `    ${one}\n`).join('')}  </head>`);
}

export function feedTitle(topic: string, title: string): string {
  return `${topic} · ${title}`;
}

/** The head of a feed at a path of the site. */
export function feedHead(
  path: string,
  title: string,
  url: string | undefined,
  today: string,
  ending: string,
): FeedHead {
  // Relative to the feed, where the site's own address is not known.
  const site = url ?? '../'.repeat(path.split('/').length - 1);
  return {
    title,
    today,
    self: url && `${url}${path}.${ending}`,
    site,
    pageOf: ({ id }) => `${site}#/?${new URLSearchParams({ paper: id })}`,
  };
}

/** The manifest with the site's name, as it stands below an icon on a home screen. */
export function publishManifest(text: string, title: string): string {
  const manifest = JSON.parse(text) as Record<string, unknown>;
  return `${JSON.stringify({ ...manifest, name: title, short_name: title }, null, 2)}\n`;
}

/** A search engine that browsers can add. They want an absolute address: only a site that knows its own has this file. */
export function openSearch(title: string, url: string): string {
  // Longer names are refused by browsers.
  const name = [...title].slice(0, 16).join('').trim();
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
    `  <ShortName>${escapeMarkup(name)}</ShortName>`,
    `  <Description>${escapeMarkup(`Papers of ${title}, by what they mean`)}</Description>`,
    '  <InputEncoding>UTF-8</InputEncoding>',
    `  <Image width="192" height="192" type="image/png">${escapeMarkup(`${url}icon-192.png`)}</Image>`,
    `  <Url type="text/html" method="get" template="${escapeMarkup(`${url}#/?q=`)}{searchTerms}"/>`,
    `  <Url type="application/opensearchdescription+xml" rel="self" template="${escapeMarkup(`${url}opensearch.xml`)}"/>`,
    '</OpenSearchDescription>',
    '',
  ].join('\n');
}

function tag(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`);
  return `<${name}${written.join('')} />`;
}
