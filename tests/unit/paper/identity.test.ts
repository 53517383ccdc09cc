import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPaper,
  fillGaps,
  isPlaceholder,
  mergeLists,
  mergePaper,
  parseArxivId,
  placeholderTitle,
  titleKey,
} from '../../../src/paper/identity.ts';
import type { Paper } from '../../../src/paper/paper.ts';

describe('titleKey', () => {
  it.each([
    ['Strip-MLP: Efficient Token Interaction', 'stripmlpefficienttokeninteraction'],
    ['  strip–mlp   \\emph{Efficient} token interaction. ', 'stripmlpefficienttokeninteraction'],
    ['DεpS: Delayed ε-Shrinking', 'dpsdelayedshrinking'],
    ['Café Über Naïve', 'cafeubernaive'],
    ['ﬁne-tuning', 'finetuning'],
    ['1984', '1984'],
    ['基于BERT的方法', '基于bert的方法'],
    ['Трансформеры 2', 'трансформеры2'],
    ['∞', '∞'],
    ['{}', '{}'],
    ['', ''],
  ])('%j -> %j', (title, key) => expect(titleKey(title)).toBe(key));

  it('tells titles of another script apart by their own letters', () => {
    expect(titleKey('基于BERT的方法')).not.toBe(titleKey('关于BERT的研究'));
  });

  it('is empty for no title alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(titleKey(title) === '').toBe(title.trim() === '');
      }),
    );
  });
});

describe('parseArxivId', () => {
  it.each([
    ['2401.04925', '2401.04925'],
    [' arXiv:2401.04925v2 ', '2401.04925'],
    ['0704.0001', '0704.0001'],
    ['math/0309136', 'math/0309136'],
    ['math.GT/0309136v1', 'math/0309136'],
    ['hep-th/9901001', 'hep-th/9901001'],
    ['https://arxiv.org/abs/2401.04925v2', '2401.04925'],
    ['http://www.arxiv.org/pdf/2401.04925v1.pdf', '2401.04925'],
    ['arxiv.org/abs/math/0309136v3', 'math/0309136'],
    ['https://huggingface.co/papers/2401.04925?q=x#y', '2401.04925'],
    ['https://www.alphaxiv.org/abs/2401.04925', '2401.04925'],
    ['https://doi.org/10.48550/arXiv.2401.04925', '2401.04925'],
  ])('%j is %s', (text, id) => expect(parseArxivId(text)).toBe(id));

  it.each([
    '',
    '2413.04925',
    '2401.123',
    'see 2401.04925',
    'https://example.org/abs/2401.04925',
    'https://arxiv.org.evil.example/abs/2401.04925',
    'math/0313136',
    'and/or',
    '3.14159',
  ])('%j is none', (text) => expect(parseArxivId(text)).toBeUndefined());
});

describe('createPaper', () => {
  it('names a paper by its arXiv id, else by its title', () => {
    expect(createPaper({ title: 'Tiny Nets', abstract: '', arxivId: '2401.04925' }).id).toBe(
      'arxiv:2401.04925',
    );
    expect(createPaper({ title: 'Tiny Nets', abstract: '' })).toEqual({
      id: 'title:tinynets',
      title: 'Tiny Nets',
      abstract: '',
    });
  });

  it('refuses a paper without a title', () => {
    expect(() => createPaper({ title: ' ', abstract: 'x' })).toThrow(RangeError);
  });
});

describe('mergePaper', () => {
  const kept = createPaper({
    title: 'Tiny Nets',
    abstract: 'Old.',
    date: '2026',
    comments: 2,
    links: [{ label: 'Code', url: 'https://a.b/' }],
    listed: '2026-03-10',
  });
  const incoming = createPaper({
    title: 'Tiny nets',
    abstract: 'New.',
    date: '2026-02-23',
    authors: ['Ada'],
    comments: 5,
    upvotes: 7,
    arxivId: '2602.00001',
    links: [
      { label: 'Repository', url: 'https://a.b/' },
      { label: 'Project', url: 'https://c.d/' },
    ],
  });

  it('fills gaps, takes what is newer and keeps the id', () => {
    expect(mergePaper(kept, incoming)).toEqual({
      ...incoming,
      id: 'title:tinynets',
      listed: '2026-03-10',
      links: [
        { label: 'Code', url: 'https://a.b/' },
        { label: 'Project', url: 'https://c.d/' },
      ],
    });
  });

  it('takes only what is missing from an older list', () => {
    const merged = mergePaper(kept, { ...incoming, listed: '2025-01-01' });
    expect(merged).toMatchObject({ title: 'Tiny Nets', abstract: 'Old.', comments: 2, upvotes: 7 });
    expect(merged.listed).toBe('2026-03-10');
  });

  it('loses nothing to an empty telling, and gives the same object back', () => {
    expect(mergePaper(kept, { id: 'x', title: '', abstract: '', authors: [], links: [] })).toBe(kept);
    expect(mergePaper(kept, structuredClone(kept))).toBe(kept);
  });
});

const TITLES = ['Tiny nets', 'TINY NETS.', 'Wide nets', 'Deep nets'];

/** Few titles and ids, so that papers meet; an arXiv id belongs to one title, a day to the whole list. */
const list: fc.Arbitrary<Paper[]> = fc
  .tuple(
    fc.constantFrom('2026-03-09', '2026-03-10'),
    fc.array(
      fc.record({
        title: fc.nat(TITLES.length - 1),
        number: fc.constantFrom(undefined, 1, 2),
        facts: fc.record(
          {
            date: fc.constantFrom('2026', '2026-02', '2026-02-23', '2025'),
            comments: fc.nat(3),
            authors: fc.constantFrom([], ['Ada'], ['Alan', 'Ada']),
            links: fc.constantFrom(
              [],
              [{ label: 'a', url: 'https://a.b/' }],
              [{ label: 'c', url: 'https://c.d/' }],
            ),
          },
          { requiredKeys: [] },
        ),
        abstract: fc.constantFrom('', 'One.', 'Two.'),
      }),
      { maxLength: 8 },
    ),
  )
  .map(([listed, records]) =>
    records.map(({ title, number, facts, abstract }) => {
      const arxivId = number ? { arxivId: `2601.000${Math.max(title, 1)}${number}` } : {};
      return createPaper({ title: TITLES[title] as string, abstract, ...facts, ...arxivId, listed });
    }),
  );

/** The library after a list came in, as the store would write it. */
function fold(library: readonly Paper[], incoming: readonly Paper[]): Paper[] {
  const papers = new Map(library.map((one) => [one.id, one]));
  for (const changed of mergeLists(library, incoming).changed) papers.set(changed.id, changed);
  return [...papers.values()];
}

describe('mergeLists', () => {
  const first = createPaper({ title: 'Tiny nets', abstract: 'A.' });
  const other = createPaper({ title: 'Wide nets', abstract: 'B.' });
  const known = { ...first, arxivId: '2601.00001' };

  it('says what came, what changed and what stayed', () => {
    const newer = createPaper({ title: 'TINY NETS', abstract: 'A.', comments: 1 });
    const third = createPaper({ title: 'Deep nets', abstract: 'C.' });
    const result = mergeLists([first, other], [newer, { ...other }, third]);
    expect(result).toEqual({
      changed: [{ ...first, title: 'TINY NETS', comments: 1 }, third],
      added: [third.id],
      merged: [first.id],
      unchanged: [other.id],
      ids: new Map([first, other, third].map(({ id }) => [id, id])),
    });
  });

  it('leaves what is kept where the other telling is only plainer', () => {
    const kept = { ...known, title: 'On $\\alpha$-nets', abstract: 'R\\&D', organization: 'NVIDIA' };
    const plainer = { ...known, title: 'On alpha-nets', abstract: 'R&D', authors: ['NVIDIA'] };
    expect(mergeLists([kept], [plainer]).changed).toEqual([]);
  });

  it('fills gaps and changes nothing else where it is asked to', () => {
    const old = { ...known, title: 'Old nets', abstract: 'Old.', comments: 9, authors: ['Ann Lee'] };
    const { changed } = mergeLists([{ ...known, comments: 1 }], [old], fillGaps);
    expect(changed).toEqual([{ ...known, comments: 1, authors: ['Ann Lee'] }]);
    expect(mergeLists(changed, [old], fillGaps).changed).toEqual([]);
  });

  it('gives a paper another id where its own is of another paper', () => {
    const kept = { ...known, id: 'title:foo' };
    const other = { ...known, id: 'title:foo', title: 'Other', arxivId: '2601.00009' };
    const { changed, added, ids } = mergeLists([kept], [other]);
    expect(changed).toEqual([{ ...other, id: 'arxiv:2601.00009' }]);
    expect([added, ids.get('title:foo')]).toEqual([['arxiv:2601.00009'], 'arxiv:2601.00009']);
  });

  it('says under which id each is kept', () => {
    const twin = createPaper({ title: 'Little nets', abstract: '', arxivId: '2601.00001' });
    expect([...mergeLists([known], [twin]).ids]).toEqual([['arxiv:2601.00001', known.id]]);
  });

  it('folds duplicates within a list', () => {
    const twin = createPaper({ title: 'tiny  nets', abstract: 'A.', arxivId: '2601.00001' });
    const result = mergeLists([], [first, twin, twin]);
    expect(result.added).toEqual([first.id]);
    expect(result.changed).toEqual([{ ...first, title: 'tiny  nets', arxivId: '2601.00001' }]);
  });

  it('keeps two arXiv ids apart under one title, and joins one arXiv id under two', () => {
    const same = createPaper({ title: 'Tiny nets', abstract: 'Other.', arxivId: '2601.00002' });
    expect(mergeLists([known], [same]).added).toEqual(['arxiv:2601.00002']);
    const renamed = createPaper({ title: 'Small nets', abstract: 'A.', arxivId: '2601.00001' });
    expect(mergeLists([known], [renamed]).changed).toEqual([{ ...known, title: 'Small nets' }]);
  });

  it('finds a renamed paper by the title that named it first', () => {
    const renamed = { ...first, title: 'Small nets' };
    expect(mergeLists([renamed], [{ ...first }]).merged).toEqual([first.id]);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(list, list, (kept, incoming) => {
        const library = fold([], kept);
        const merged = fold(library, incoming);
        const again = mergeLists(merged, structuredClone(incoming));
        expect(again.changed).toEqual([]);
        expect(again.added).toEqual([]);
        expect(mergeLists(merged, structuredClone(merged)).changed).toEqual([]);
      }),
    );
  });

  it('finds the same papers in either order of two lists', () => {
    const names = (papers: readonly Paper[]) =>
      new Set(papers.map(({ arxivId, title }) => arxivId ?? titleKey(title)));
    fc.assert(
      fc.property(list, list, (one, two) => {
        expect(names(fold(fold([], one), two))).toEqual(names(fold(fold([], two), one)));
      }),
    );
  });

  it('names every paper of the incoming list once', () => {
    fc.assert(
      fc.property(list, list, (kept, incoming) => {
        const library = fold([], kept);
        const { changed, added, merged, unchanged } = mergeLists(library, incoming);
        const ids = [...added, ...merged, ...unchanged];
        expect(new Set(ids).size).toBe(ids.length);
        expect(changed.map(({ id }) => id).sort()).toEqual([...added, ...merged].sort());
        for (const id of [...merged, ...unchanged]) expect(library.some((one) => one.id === id)).toBe(true);
        for (const id of added) expect(library.some((one) => one.id === id)).toBe(false);
      }),
    );
  });
});

describe('a paper of which only the id is known', () => {
  const known = { id: 'arxiv:2401.04925', title: 'Storks', abstract: 'Birds.', arxivId: '2401.04925' };
  const bare = { ...known, title: placeholderTitle('2401.04925'), abstract: '' };

  it('takes the title that a list tells, and takes none away', () => {
    expect(isPlaceholder(bare)).toBe(true);
    for (const merge of [mergePaper, fillGaps]) {
      expect(merge(bare, known)).toEqual(known);
      expect(merge(known, bare)).toBe(known);
      expect(merge(bare, { ...bare })).toBe(bare);
    }
    const listed = { ...known, listed: '2026-03-09' };
    expect(mergePaper(listed, { ...bare, listed: '2026-03-10' })).toEqual({ ...known, listed: '2026-03-10' });
  });
});

it('where a paper appeared and what it is about is joined', () => {
  const kept = { id: 'title:a', title: 'A', abstract: '', venue: 'Nature', categories: ['cs.CV'] };
  const incoming = {
    ...kept,
    venue: 'Science',
    doi: '10.1145/1',
    categories: ['cs.LG', 'cs.CV'],
    keywords: ['x'],
  };
  const joined = { ...kept, doi: '10.1145/1', categories: ['cs.CV', 'cs.LG'], keywords: ['x'] };
  expect(mergePaper(kept, incoming)).toEqual(joined);
  expect(fillGaps(kept, incoming)).toEqual(joined);
  expect(mergePaper(joined, { ...kept })).toBe(joined);
});

it('many papers of one title are told apart by their arXiv ids alone', () => {
  // 40,000 times 40,000 looks would take minutes.
  const papers = Array.from({ length: 40_000 }, (_, at) =>
    createPaper({ title: 'Untitled', abstract: '', arxivId: `2401.${String(at).padStart(5, '0')}` }),
  );
  const bare = createPaper({ title: 'Untitled', abstract: 'Text.' });
  expect(mergeLists([], papers).added).toHaveLength(40_000);
  // One without an id joins the first; the first with an id joins one without, and no second one.
  expect(mergeLists(papers.slice(0, 3), [bare]).merged).toEqual([papers[0]?.id]);
  expect(mergeLists([bare], papers.slice(0, 3)).added).toEqual([papers[1]?.id, papers[2]?.id]);
});
