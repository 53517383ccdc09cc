/**
 * What each choice of BM25 is worth: saturation, length, the title's weight, stemming, stop words.
 *
 *     npm run bench:words
 *
 * One choice is changed at a time from the site's; figures of the fitting half, by which choices are to be made,
 * and of the reporting half.
 */
import { mean } from '../../../src/cli/metrics.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { formatTable } from '../table.ts';
import { bestRows } from './best.ts';
import { type Bm25Options, createBm25, SITE_OPTIONS } from './bm25.ts';
import { findJudged, isIn, type JudgedSet, readSets } from './judged.ts';

const TOP = 1000;

const VARIANTS: readonly Partial<Bm25Options>[] = [
  {},
  ...[0.6, 0.9, 1.5, 2].map((k1) => ({ k1 })),
  ...[0.3, 0.5, 0.9].map((b) => ({ b })),
  ...[1, 2, 4].map((titleWeight) => ({ titleWeight })),
  { stemming: false },
  { stopWords: false },
];

const directory = findJudged();
if (directory) {
  const sets = (await readSets(directory, 'all')).filter(({ name }) => name !== 'readers');
  const rows = VARIANTS.map((variant): [string, ...string[]] => {
    const name = Object.entries(variant).map(([choice, value]) => `${choice} ${value}`);
    return [name[0] ?? 'the site’s', ...sets.flatMap((set) => measure(set, { ...SITE_OPTIONS, ...variant }))];
  });
  const columns = sets.flatMap(({ name, measure }) => [`${name} ${measure.name} fitting`, 'reporting']);
  console.log(formatTable([`BM25: ${JSON.stringify(SITE_OPTIONS)}`], [{ title: '', columns, rows }]));
}

function measure(set: JudgedSet, options: Bm25Options): string[] {
  const index = createBm25(set.papers, options);
  const byId = new Map(set.papers.map((paper) => [paper.id, paper]));
  const values = set.queries.map(({ id, text, papers = [] }) => {
    const own = new Set(papers);
    const asked =
      text ?? papers.map((paper) => embeddedText(byId.get(paper) ?? { title: '', abstract: '' })).join(' ');
    const scores = index.score(asked);
    const ranked = bestRows(scores, TOP)
      .map((row) => set.papers[row]?.id as string)
      .filter((paper) => !own.has(paper));
    return { id, value: set.measure.of(ranked, set.judged.get(id) ?? new Map()) };
  });
  return (['fitting', 'reporting'] as const).map((part) =>
    (100 * mean(values.filter(({ id }) => isIn(part, id)).map(({ value }) => value))).toFixed(1),
  );
}
