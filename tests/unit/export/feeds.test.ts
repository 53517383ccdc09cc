import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { type FeedHead, toAtom, toJsonFeed } from '../../../src/export/feeds.ts';
import { mergeLists } from '../../../src/paper/identity.ts';
import { plain } from '../../../src/paper/latex.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { readAny } from '../../../src/source/source.ts';

const head: FeedHead = { title: '3DGS & <more>', today: '2026-03-12' };
const site: FeedHead = {
  ...head,
  self: 'https://example.org/list/feeds/papers.atom',
  site: 'https://example.org/list/',
  pageOf: ({ id }) => `https://example.org/list/#/?paper=${encodeURIComponent(id)}`,
};
const splats: Paper = {
  id: 'arxiv:2401.04925',
  title: 'Splats &amp; <script>alert(1)</script> $\\alpha$',
  abstract: 'Less <b>storage</b> & "more" ]]> light.',
  authors: ['Zoë Müller', 'O’Neil & Sons <x>'],
  date: '2026-03-08',
  listed: '2026-03-10',
  arxivId: '2401.04925',
  links: [{ label: 'Code', url: 'https://example.org/code?a=1&b=2' }],
};
const bare: Paper = { id: 'title:bare', title: 'Bare', abstract: '', date: '2026-02' };

/** With the eyes of a feed reader: arrays for what may come more than once. */
const parse = (xml: string) => {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => ['entry', 'link', 'author'].includes(name),
  });
  return parser.parse(xml).feed;
};
const read = (text: string) => readAny(text, { today: '2026-03-12' });

describe('Atom', () => {
  it('has what RFC 4287 asks of a feed and of each entry', () => {
    const feed = parse(toAtom([splats, bare], site));
    expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(feed.id).toBe(site.self);
    expect(feed.title).toBe('3DGS & <more>');
    // The newest of its papers, whenever it was written.
    expect(feed.updated).toBe('2026-03-10T00:00:00Z');
    expect(feed.author[0].name).not.toBe('');
    expect(feed.link).toEqual([
      { '@rel': 'self', '@type': 'application/atom+xml', '@href': site.self },
      { '@rel': 'alternate', '@type': 'text/html', '@href': site.site },
    ]);
    const [first, second] = feed.entry;
    expect(first).toMatchObject({
      id: 'https://arxiv.org/abs/2401.04925',
      published: '2026-03-08T00:00:00Z',
      updated: '2026-03-10T00:00:00Z',
      summary: 'Less <b>storage</b> & "more" ]]> light.',
    });
    expect(first.title).toBe(plain(splats.title));
    expect(first.author.map(({ name }: { name: string }) => name)).toEqual(splats.authors);
    expect(first.link[0]).toEqual({ '@rel': 'alternate', '@href': 'https://arxiv.org/abs/2401.04925' });
    expect(first.link.map((link: Record<string, string>) => link['@href'])).toContain(
      'https://example.org/code?a=1&b=2',
    );
    expect(second).toMatchObject({ title: 'Bare', updated: '2026-02-01T00:00:00Z' });
    expect(second.id).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(second.link[0]['@href']).toBe(site.pageOf?.(bare));
  });

  it('has content where a paper has no page, and is the same text for the same papers', () => {
    const [entry] = parse(toAtom([bare], head)).entry;
    expect(entry.link).toBeUndefined();
    expect(entry).toHaveProperty('content');
    expect(toAtom([splats, bare], head)).toBe(toAtom([splats, bare], head));
    expect(toAtom([], head)).toContain('<updated>2026-03-12T00:00:00Z</updated>');
    const ids = [splats, bare, { ...bare, id: 'title:other' }].map((paper) =>
      toAtom([paper], head)
        .match(/<id>urn.*|abs.*/g)
        ?.at(-1),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('is not updated anew for papers without a date', async () => {
    const undated = { id: 'title:undated', title: 'Undated', abstract: '' };
    const later = { ...head, today: '2027-01-01' };
    expect(toAtom([undated], later)).toBe(toAtom([undated], head));
    expect(toJsonFeed([undated], later)).toBe(toJsonFeed([undated], head));
    expect(parse(toAtom([{ ...undated, added: '2026-03-09T10:00:00Z' }], later)).updated).toBe(
      '2026-03-09T00:00:00Z',
    );
    const { papers } = await read(toAtom([undated], head));
    expect(papers).toEqual([undated]);
  });

  it('comes back', async () => {
    const { papers, rejected, format } = await read(toAtom([splats, { ...bare, authors: ['Ann B'] }], site));
    expect([format, rejected]).toEqual(['atom', []]);
    expect(papers[0]).toMatchObject({
      id: splats.id,
      title: plain(splats.title),
      abstract: splats.abstract,
      authors: splats.authors,
      date: splats.date,
      arxivId: splats.arxivId,
    });
    // A paper that is here already learns nothing wrong from it.
    const merged = mergeLists([splats], papers.slice(0, 1)).changed;
    expect(merged.map(({ title, abstract, authors }) => [title, abstract, authors])).toEqual(
      merged.map(() => [splats.title, splats.abstract, splats.authors]),
    );
  });

  it('is XML and comes back whatever titles, names and abstracts hold', async () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '&amp;',
            '&lt;',
            '&#65;',
            '&#x26;',
            '<![CDATA[',
            ']]>',
            '<!--',
            '-->',
            '<?x?>',
            '"',
            "'",
            '&',
            '<',
            '\u2028',
            '🙂',
            '𝛼',
            'word',
            '\ufeff',
          ),
          fc.string({ unit: 'grapheme', maxLength: 4 }),
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join(' ').replace(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, ''));
    await fc.assert(
      fc.asyncProperty(text, text, async (words, abstract) => {
        const paper = { ...splats, title: `Title ${words}`, abstract: plain(abstract) };
        const { papers } = await read(toAtom([paper], head));
        const oneLine = (of: string) => of.replace(/\s+/g, ' ').trim();
        expect([papers[0]?.title, papers[0]?.abstract].map((of) => oneLine(of ?? ''))).toEqual(
          [plain(paper.title), plain(paper.abstract)].map(oneLine),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('has no sign that XML forbids', () => {
    const hostile = {
      ...bare,
      title: 'a\u0000b\u0008c\ud83dd\uffffe\u001bf\u{1f642}',
      authors: ['\u0001\udc00n'],
    };
    const xml = toAtom([hostile], { ...head, title: 'x\u0002' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(xml).not.toMatch(/\p{Surrogate}/u);
    expect(parse(xml).entry[0].title).toBe('abc\ufffdde f\u{1f642}'.replace(' ', ''));
    const json = toJsonFeed([hostile], head);
    expect(JSON.parse(json).items[0].title).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('JSON Feed', () => {
  it('has what version 1.1 asks', () => {
    const feed = JSON.parse(
      toJsonFeed([splats, bare], { ...site, self: 'https://example.org/list/feeds/papers.json' }),
    );
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: head.title,
      home_page_url: site.site,
      feed_url: 'https://example.org/list/feeds/papers.json',
    });
    expect(feed.items[0]).toEqual({
      id: 'https://arxiv.org/abs/2401.04925',
      url: 'https://arxiv.org/abs/2401.04925',
      title: plain(splats.title),
      content_text: plain(splats.abstract),
      date_published: '2026-03-08T00:00:00Z',
      date_modified: '2026-03-10T00:00:00Z',
      authors: [{ name: 'Zoë Müller' }, { name: 'O’Neil & Sons <x>' }],
    });
    expect(feed.items[1].url).toBe(site.pageOf?.(bare));
    expect(feed.items[1]).not.toHaveProperty('authors');
  });

  it('comes back', async () => {
    const full = { ...bare, abstract: 'Birds migrate.', authors: ['Ann B'] };
    const { papers, rejected, format } = await read(toJsonFeed([splats, full], head));
    expect([format, rejected]).toEqual(['json', []]);
    expect(papers[0]).toMatchObject({
      id: splats.id,
      title: plain(splats.title),
      abstract: splats.abstract,
      authors: splats.authors,
      date: splats.date,
      arxivId: splats.arxivId,
    });
    // Feeds know only moments.
    expect(papers[1]).toMatchObject({ title: 'Bare', abstract: 'Birds migrate.', date: '2026-02-01' });
  });

  it('has no address that is none where the site has none', () => {
    const feed = JSON.parse(toJsonFeed([bare], { ...head, site: '../', pageOf: () => '../#/x' }));
    expect(feed).not.toHaveProperty('home_page_url');
    expect(feed.items[0]).not.toHaveProperty('url');
  });
});
