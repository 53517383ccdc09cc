import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { organizationName } from '../../../src/source/daily-page.ts';
import { readPapers, SourceError } from '../../../src/source/source.ts';
import { LISTED_FACTS } from '../../fixtures/daily-papers.ts';

const PAGE = readFileSync(new URL('../../fixtures/daily-papers.txt', import.meta.url), 'utf8');
const TODAY = '2026-11-23';
const ABSTRACT = `${'We study how small networks learn. '.repeat(12)}Code will follow.`;
const OTHER = `${'Another abstract says other things at length. '.repeat(10)}It ends.`;

function read(page: string, options: { today?: string; listed?: string } = {}) {
  return readPapers(page, { today: TODAY, ...options });
}

describe('the customer’s page', () => {
  const result = read(PAGE);

  it('gives 47 papers of March 10, 2026 and rejects nothing', () => {
    expect(result.format).toBe('daily-page');
    expect(result.listed).toBe('2026-03-10');
    expect(result.rejected).toEqual([]);
    expect(result.papers).toHaveLength(47);
    expect(LISTED_FACTS).toHaveLength(47);
    expect(new Set(result.papers.map(({ id }) => id)).size).toBe(47);
  });

  it.each(LISTED_FACTS.map((facts, index) => [facts.title, facts, index] as const))(
    '%s',
    (_, facts, index) => {
      const { first, last, length, ...fields } = facts;
      const paper = result.papers[index];
      if (!paper) throw new Error('no paper at this place');
      const { id, abstract, ...rest } = paper;
      expect(rest).toEqual({ ...fields, listed: '2026-03-10' });
      expect(id).toMatch(/^title:[a-z0-9]+$/);
      expect(abstract.startsWith(`${first} `)).toBe(true);
      expect(abstract.endsWith(` ${last}`)).toBe(true);
      expect(abstract).toHaveLength(length);
      expect(PAGE).toContain(`\n${abstract}\n`);
    },
  );

  it('keeps LaTeX and Greek as the page wrote them', () => {
    const strip = result.papers.find(({ title }) => title.startsWith('Strip-MLP'));
    expect(strip?.abstract).toContain('by +2.44\\% on Caltech-101 and +2.16\\% on CIFAR-100');
    expect(strip?.abstract).toContain('at~https://github.com/Med-Process/Strip_MLP{https');
    expect(result.papers.some(({ title }) => title.startsWith('DεpS: Delayed ε-Shrinking'))).toBe(true);
  });

  it('reads the same from a paste with other line ends, spaces and no blank lines', () => {
    const pastes = [
      PAGE.replaceAll('\n', '\r\n'),
      PAGE.replaceAll(/\n\n+/g, '\n'),
      PAGE.replaceAll('\n', '\n\n\n'),
      PAGE.replaceAll(/^ {2}• (\d+) authors$/gm, '\t•\u00a0$1\u00a0authors\u200b'),
      PAGE.replaceAll(/\n·\n/g, ' · '),
      `\ufeff${PAGE.replaceAll(/( \d+)$/gm, '\t$1')}`,
      `Hugging Face\nModels\nDatasets\nSpaces\nLog In\nSign Up\n${PAGE}\nPrevious\n1 2 3 … 10\nNext\nCompany\nTOS\nPrivacy\nAbout\nCareers\nWebsite\n© 2026 Hugging Face\n`,
    ];
    for (const paste of pastes) expect(read(paste)).toEqual(result);
  });

  it('passes over upvotes and submitters between the papers', () => {
    const between = PAGE.replaceAll(
      /^(?:\u00b7\n)?((?:Feb|Mar|Jul) \d+, \d{4}(?: \d+)?)$/gm,
      '·\n$1\n\nSubmitted by\n\ntaesiri\n\nUpvote\n\n128\n\n+3\n',
    );
    expect(between).not.toBe(PAGE);
    expect(read(between)).toEqual(result);
  });
});

describe('years', () => {
  const page = (heading: string, date: string) =>
    `Daily Papers\n\n${heading}\n\nTiny nets\n\n${ABSTRACT}\n\n• 4 authors\n·\n${date}\n`;

  it.each([
    // heading, today, the page's day, the paper's date, what it means
    ['Mar 10', '2026-11-23', '2026-03-10', 'Feb 23', '2026-02-23'],
    ['Mar 10', '2026-03-10', '2026-03-10', 'Mar 10', '2026-03-10'],
    ['Mar 10', '2026-03-09', '2025-03-10', 'Mar 11', '2024-03-11'],
    ['Jan 2', '2026-01-05', '2026-01-02', 'Dec 30', '2025-12-30'],
    ['Jan 2', '2026-01-05', '2026-01-02', 'Dec 30, 2019', '2019-12-30'],
    ['Mar 10, 2024', '2026-01-05', '2024-03-10', 'Feb 29', '2024-02-29'],
    ['Feb 29', '2026-01-05', '2024-02-29', 'March 1', '2023-03-01'],
  ])('%s read on %s is %s, and %s there is %s', (heading, today, listed, date, expected) => {
    const result = read(page(heading, date), { today });
    expect(result.listed).toBe(listed);
    expect(result.papers[0]).toMatchObject({ listed, date: expected, authorCount: 4 });
  });

  it('takes the reader’s word for the day of the list', () => {
    const result = read(page('Mar 10', 'Apr 2'), { listed: '2025-04-01' });
    expect(result.listed).toBe('2025-04-01');
    expect(result.papers[0]).toMatchObject({ listed: '2025-04-01', date: '2024-04-02' });
  });

  it('leaves out a day that no calendar has', () => {
    const paper = read(page('Mar 10', 'Feb 31, 2024 2')).papers[0];
    expect(paper).toMatchObject({ comments: 2, authorCount: 4 });
    expect(paper).not.toHaveProperty('date');
  });

  it('takes no paper’s date for the page’s', () => {
    const result = read(`Tiny nets\n${ABSTRACT}\n• 4 authors\n·\nFeb 23, 2025`);
    expect(result).not.toHaveProperty('listed');
    expect(result.papers[0]).toMatchObject({ date: '2025-02-23' });
    expect(result.papers[0]).not.toHaveProperty('listed');
  });
});

describe('what is missing', () => {
  it('rejects a title without abstract and an abstract without title, by line, and reads the rest', () => {
    const page = [
      'Daily Papers',
      'Mar 10',
      'A Paper with Nothing Below It',
      '• 4 authors',
      '·',
      'Feb 23',
      'Tiny nets',
      ABSTRACT,
      '• 2 authors',
      '·',
      'Feb 22 7',
      OTHER,
      '• 3 authors',
      'Wide nets',
      OTHER,
    ].join('\n');
    const { papers, rejected } = read(page);
    expect(rejected).toEqual([
      { place: 'line 3', reason: 'no abstract below the title “A Paper with Nothing Below It”' },
      { place: 'line 12', reason: 'an abstract without a title above it' },
    ]);
    expect(papers).toMatchObject([
      { title: 'Tiny nets', authorCount: 2, comments: 7, date: '2026-02-22' },
      { title: 'Wide nets', abstract: OTHER },
    ]);
    expect(papers[1]).not.toHaveProperty('authorCount');
  });

  it('tells an abstract of one sentence from a second title', () => {
    const short = 'We show in one sentence that small networks learn well.';
    const page = `Daily Papers\nMar 10\nOne title here\n${short}\n• 4 authors\nLost title of a paper\nTiny nets\n${ABSTRACT}`;
    const { papers, rejected } = read(page);
    expect(papers).toMatchObject([
      { title: 'One title here', abstract: short, authorCount: 4 },
      { title: 'Tiny nets', abstract: ABSTRACT },
    ]);
    expect(rejected.map(({ place }) => place)).toEqual(['line 6']);
  });

  it('reads an organisation without a date', () => {
    const { papers } = read(
      `Daily Papers\nTiny nets\n${ABSTRACT}\nnvidia NVIDIA\n·\nWide nets\n${OTHER}\n• 1 author`,
    );
    expect(papers).toMatchObject([
      { title: 'Tiny nets', organization: 'NVIDIA' },
      { title: 'Wide nets', authorCount: 1 },
    ]);
  });

  it('refuses an abstract that is none', () => {
    const { papers, rejected } = read(`Daily Papers\nTiny nets\n${'a '.repeat(30_000)}\nWide nets\n${OTHER}`);
    expect(papers).toHaveLength(1);
    expect(rejected).toEqual([
      { place: 'line 3', reason: 'an abstract of 59999 characters, more than 50000' },
    ]);
  });

  it.each([
    ['prose', `Dear all,\n\n${ABSTRACT}\n\nBest wishes\n`],
    ['one line', 'hello'],
    ['a page without papers', 'Daily Papers\nMar 10\nPrevious\nNext\n'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(SourceError);
    expect(() => read(text)).toThrow(/^This text holds no papers/);
  });
});

it('reads lines in any order without an error of its own, and no line into two papers', () => {
  const lines = fc.constantFrom(
    'Daily Papers',
    'Mar 10',
    'Feb 31',
    'Feb 23 2',
    '• 4 authors',
    '·',
    '',
    'Zyphra Zyphra',
    'Submitted by',
    '128',
    'A Title of Four Words',
    'BLOOM',
    '{}',
    '\u200b',
    ABSTRACT,
    OTHER,
    'One sentence of eight words stands here alone.',
  );
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 30 }), (page) => {
      try {
        const { papers, rejected } = read(page.join('\n'));
        const abstracts = page.filter((line) => line.length > 300).length;
        expect(papers.filter(({ abstract }) => abstract.length > 300).length).toBeLessThanOrEqual(abstracts);
        expect(papers.length + rejected.length).toBeGreaterThan(0);
        for (const { place } of rejected) expect(page[Number(place.slice(5)) - 1]).not.toBe('');
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['Zyphra Zyphra', 'Zyphra'],
  ['MediaTek-Research MediaTek Research', 'MediaTek Research'],
  ['deepseek-ai DeepSeek', 'DeepSeek'],
  ['allenai Ai2', 'Ai2'],
  ['zai-org Z.ai', 'Z.ai'],
  ['MediaTek Research', 'MediaTek Research'],
  ['Carnegie-Mellon University', 'Carnegie-Mellon University'],
  ['Zyphra', 'Zyphra'],
])('%s is the organisation %s', (written, name) => {
  expect(organizationName(written)).toBe(name);
});
