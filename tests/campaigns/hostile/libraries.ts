/** Libraries that chance makes: papers as lists tell them, and whatever a reader can have said of them. */
import fc from 'fast-check';
import type { Mark, Note, Opinion, StoredTopic } from '../../../src/store/store.ts';

export interface MadeLibrary {
  /** JSON lines, as somebody's list. */
  readonly list: string;
  readonly topics: readonly StoredTopic[];
  /** By the number of the paper. */
  readonly opinions: readonly (Omit<Opinion, 'paper'> & { readonly paper: number })[];
  readonly marks: readonly (Omit<Mark, 'paper'> & { readonly paper: number })[];
  readonly notes: readonly (Omit<Note, 'paper'> & { readonly paper: number })[];
  readonly groupNames: readonly { readonly id: string; readonly name: string }[];
}

const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = day.map((date) => `${date}T10:20:30.400Z`);
/** Words as people write them, in several scripts, with signs that formats take for their own. */
const word = fc.constantFrom(
  ...'A new Gaussian splatting of Müller’s naïve fields: 3D-GS, "quoted" & more; 100% {Braces} $x^2$ \\emph{now} 漢字 Ελλάδα عربى 😀 e\u0301 <b> #1 ~ | ` a_b = + - @ [x](y) C++ O(n) …'.split(
    ' ',
  ),
);
const words = (least: number, most: number) =>
  fc.array(word, { minLength: least, maxLength: most }).map((list) => list.join(' '));
const name = fc
  .tuple(
    fc.constantFrom('Ann', 'Zoë', 'Jan Willem', 'J. R.', 'Đặng', 'Nguyễn Văn'),
    fc.constantFrom('Lee', 'Müller', 'O’Neill', 'García-Márquez', 'Ångström', 'Öz'),
  )
  .map((parts) => parts.join(' '));
const arxivId = fc
  .tuple(fc.integer({ min: 10, max: 29 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99 }))
  .map(
    ([year, month, number]) => `${year}${String(month).padStart(2, '0')}.${String(number).padStart(5, '0')}`,
  );

/** A title of its own for each number: twins are made by chance besides. */
const paper = fc.record(
  {
    title: fc.tuple(words(1, 6), fc.integer({ min: 0, max: 40 })).map(([text, at]) => `Paper ${at} ${text}`),
    abstract: words(0, 40),
    authors: fc.array(name, { minLength: 1, maxLength: 4 }),
    organization: fc.constantFrom('Example Lab', 'Université d’Exemple'),
    date: fc.oneof(
      day,
      day.map((date) => date.slice(0, 7)),
      day.map((date) => date.slice(0, 4)),
    ),
    listed: day,
    arxivId,
    doi: fc.integer({ min: 1, max: 999 }).map((at) => `10.1145/ab.${at}`),
    venue: fc.constantFrom('SIGGRAPH', 'Journal of Examples', 'Ann. of Math.'),
    pages: fc.constantFrom('1-12', '345-360', 'e1024'),
    categories: fc.uniqueArray(fc.constantFrom('cs.CV', 'cs.LG', 'math.AG', 'quant-ph'), { minLength: 1 }),
    keywords: fc.uniqueArray(fc.constantFrom('radiance fields', 'compact', 'Größe', 'x-ray'), {
      minLength: 1,
    }),
    comments: fc.nat(500),
    upvotes: fc.nat(500),
    links: fc.array(
      fc.nat(9).map((at) => ({ label: `Page ${at}`, url: `https://a.example/${at}?b=c&d=%20` })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  },
  { requiredKeys: ['title', 'abstract'] },
);

/** Papers as a list has them. */
export const anyPapers = fc.array(paper, { minLength: 1, maxLength: 12 });

const said = fc.nat(11);
const ownWords = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => `${text}.`.trim());

export const anyLibrary: fc.Arbitrary<MadeLibrary> = fc.record({
  list: anyPapers.map((papers) => papers.map((one) => `${JSON.stringify(one)}\n`).join('')),
  topics: fc.uniqueArray(
    fc
      .record({
        id: fc.constantFrom('3dgs', 'mlps', 'a-b', '__proto__', 'ü', 'x y'),
        name: ownWords,
        sentence: ownWords,
        order: fc
          .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
          .map((order) => order + 0),
        createdAt: moment,
        color: some(fc.nat(9)),
        wordsOfSite: some(fc.constant(true)),
        hidden: some(fc.constant(true)),
      })
      .map((topic) => JSON.parse(JSON.stringify(topic)) as StoredTopic),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  opinions: fc.array(
    fc.record({
      topic: fc.constantFrom('3dgs', 'mlps', 'gone'),
      paper: said,
      said: fc.constantFrom('liked' as const, 'disliked' as const),
    }),
    { maxLength: 8 },
  ),
  marks: fc.uniqueArray(
    fc.record({
      paper: said,
      starred: some(moment),
      read: some(moment),
      later: some(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((at) => at + 0),
      ),
      tags: some(
        fc.uniqueArray(
          fc.constantFrom('seminar', 'to read', 'Größe', '漢字', '#1', '<b>', '__proto__', '"'),
          { minLength: 1 },
        ),
      ),
    }),
    { selector: (mark) => mark.paper, maxLength: 8 },
  ),
  notes: fc.uniqueArray(fc.record({ paper: said, text: ownWords, editedAt: moment }), {
    selector: (note) => note.paper,
    maxLength: 6,
  }),
  groupNames: fc.uniqueArray(fc.record({ id: fc.constantFrom('g1', 'g2', 'g 3'), name: ownWords }), {
    selector: ({ id }) => id,
  }),
});
