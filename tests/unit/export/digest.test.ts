import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, digestToHtml, digestToMail, digestToMarkdown } from '../../../src/export/digest.ts';
import type { Paper } from '../../../src/paper/paper.ts';

const paper = (title: string, more: Partial<Paper> = {}): Paper => ({
  id: title,
  title,
  abstract: '',
  ...more,
});
const digest = (papers: readonly Paper[], more = 0, name = '3DGS'): Digest => ({
  title: 'Week 11, 9 to 15 March 2026',
  sections: [{ name, papers, more, moreUrl: 'https://sheaf.example/#/week/2026-W11?q=topic%3A%223DGS%22' }],
});
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></h1><iframe src="javascript:alert(1)">',
  '[click](javascript:alert(1))',
  'A title\r\n# of two lines\u2028and three',
  '&lt;b&gt; & © `code` *star*',
  'Half a pair \ud83d of letters',
  'x\r\nBcc: someone@example.org\r\n\r\nbody',
];
const bodyOf = (mailto: string) => new URLSearchParams(mailto.slice('mailto:?'.length)).get('body') ?? '';

describe('a digest', () => {
  const good = paper('Splats', {
    arxivId: '2401.04925',
    authors: ['Ann Lee', 'Bo Ek', 'Cy Oh', 'Di Um'],
    date: '2026-03-10',
    abstract: `${'Long words here. '.repeat(40)}`,
  });

  it('is a whole page of HTML, with links to the papers and to the rest', () => {
    const html = digestToHtml(digest([good], 7));
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<h1>Papers by topic: Week 11, 9 to 15 March 2026</h1>');
    expect(html).toContain('<a href="https://arxiv.org/abs/2401.04925" rel="noreferrer">Splats</a>');
    expect(html).toContain('Ann Lee, Bo Ek, Cy Oh … · Mar 10, 2026');
    expect(html).toContain('>7 more</a>');
    expect(html.length).toBeLessThan(2_600);
    expect(digestToHtml(digest([]))).toContain('<p>No paper.</p>');
  });

  it.each(HOSTILE)('is no place for what %j would do', (text) => {
    const hostile = paper(text, {
      abstract: text,
      authors: [text],
      links: [{ label: text, url: 'javascript:alert(1)' }],
    });
    const html = digestToHtml(digest([hostile, good], 1, text));
    const tags = [...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, tag]) => tag?.toLowerCase());
    expect(new Set(tags)).toEqual(
      new Set('!doctype html head meta title style body h1 h2 h3 a p'.split(' ')),
    );
    const links = [...html.matchAll(/<a ([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(links.every((link) => /^href="https:[^"]*" rel="noreferrer"$/.test(link ?? ''))).toBe(true);

    const markdown = digestToMarkdown(digest([hostile, good], 1, text));
    expect(markdown).not.toMatch(/(?<!\\)[<](?!https:)/);
    expect(markdown).not.toMatch(/(?<!\\)\]\((?!<https:)/);
    expect(markdown.match(/^#/gm)).toHaveLength(2);

    const mail = digestToMail(digest([hostile, good], 1, text));
    expect(mail).toMatch(/^mailto:\?subject=[^&\r\n ]*&body=[^&\r\n <>"]*$/);
    expect(bodyOf(mail)).toContain('- Splats\r\n  https://arxiv.org/abs/2401.04925');
  });

  it('is a letter that programs take: cut at a whole paper, and says so', () => {
    const papers = Array.from({ length: 60 }, (_, n) =>
      paper(`Paper number ${n} of many`, { arxivId: `2401.${10_000 + n}` }),
    );
    const mail = digestToMail(digest(papers));
    expect(mail.length).toBeLessThanOrEqual(1_800);
    const body = bodyOf(mail);
    const written =
      body.match(/^- Paper number \d+ of many\r\n {2}https:\/\/arxiv\.org\/abs\/2401\.\d{5}\r$/gm)?.length ??
      0;
    expect(written).toBeGreaterThan(5);
    expect(body).toContain(`${60 - written} papers more did not fit into this letter.`);
    const few = bodyOf(digestToMail(digest(papers.slice(0, 2))));
    expect(few).not.toContain('did not fit');
  });

  it('is never longer, whatever the titles are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), { maxLength: 12 }),
        fc.string({ maxLength: 200 }),
        (titles, name) => {
          const mail = digestToMail(
            digest(
              titles.map((title) => paper(title)),
              0,
              name,
            ),
          );
          expect(mail.length).toBeLessThanOrEqual(1_800);
          const written = bodyOf(mail).match(/^- /gm)?.length ?? 0;
          const left = Number(/([\d,]+) papers? more did not fit/.exec(bodyOf(mail))?.[1] ?? 0);
          expect(written + left).toBeGreaterThanOrEqual(titles.length);
        },
      ),
    );
  });
});
