import { type Accessor, createMemo } from 'solid-js';
import { dateOf } from '../paper/calendar.ts';
import { compareDates } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import { trending, votesOf } from '../paper/votes.ts';
import { type About, passes, resolveDates } from '../words/filter.ts';
import type { Question, Sort } from '../words/question.ts';
import type { KeptNotes } from './keptNotes.ts';
import { type Library, today } from './library.ts';
import type { Likes } from './likes.ts';
import type { Marks } from './marks.ts';
import type { Topics } from './topics.ts';

interface Parts {
  readonly question: Accessor<Question>;
  readonly library: Library;
  readonly topics: Topics;
  readonly marks: Marks;
  readonly notes: KeptNotes;
  readonly second: Accessor<{ readonly likes: Pick<Likes, 'near'> } | undefined>;
}

/** Whether a paper passes the filters of the question. Asked of few papers mostly, and answered once for each. */
export function createPassing({
  question,
  library,
  topics,
  marks,
  notes,
  second,
}: Parts): Accessor<(id: string) => boolean> {
  const filters = createMemo(() => question().filters, undefined, {
    // Where they stand in the question is no difference.
    equals: (a, b) => JSON.stringify(a.map(conditionOf)) === JSON.stringify(b.map(conditionOf)),
  });
  return createMemo(() => {
    const wanted = resolveDates(filters(), today());
    // What is remembered is of the papers as they are, and of their tags.
    library.papers();
    marks.all();
    if (wanted.length === 0) return () => true;
    const sets = {
      starred: marks.with('starred'),
      read: marks.with('read'),
      later: marks.with('later'),
      note: notes.papers(),
    };
    // Read here and not at the first paper that asks: what is remembered ends with them.
    topics.of('');
    const near = new Map(
      wanted.flatMap(({ condition }) =>
        condition.kind === 'like' ? [[condition.value, second()?.likes.near(condition.value)] as const] : [],
      ),
    );
    const about: About = {
      has: (mark, id) => sets[mark].has(id),
      tagsOf: (id) => marks.of(id)?.tags ?? [],
      topicsOf: (id) => topics.of(id).map(({ name }) => name),
      near: (asked) => near.get(asked) ?? new Set(),
    };
    const known = new Map<string, boolean>();
    return (id: string) => {
      const paper = library.byId(id);
      if (!paper) return false;
      const before = known.get(id) ?? passes(paper, wanted, about);
      known.set(id, before);
      return before;
    };
  });
}

function conditionOf({ condition, not, open }: Question['filters'][number]) {
  return { condition, not, open };
}

/** What some orders ask besides what stands in a paper. */
interface SortContext {
  /** ISO 8601. */
  readonly today: string;
  /** The best chance that a paper belongs to any of the reader's topics. */
  readonly chanceOf: (id: string) => number;
}

/** The best chance of each paper over all topics. O(topics x papers): made when that order is asked for. */
export function bestChances(topics: Topics): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const topic of topics.list())
    for (const { id, probability } of topics.scores(topic.id)?.papers ?? [])
      if (probability > (best.get(id) ?? -1)) best.set(id, probability);
  return best;
}

/** A copy in another order. What is not known stands last. */
export function sortPapers(
  papers: readonly Paper[],
  by: Sort,
  { today, chanceOf }: SortContext,
): readonly Paper[] {
  const byNumber = (number: (paper: Paper) => number) => {
    const known = new Map(papers.map((paper) => [paper, number(paper)]));
    return papers.toSorted((a, b) => (known.get(b) ?? 0) - (known.get(a) ?? 0));
  };
  if (by === 'discussed') return byNumber((paper) => votesOf(paper) ?? -1);
  if (by === 'trending') return byNumber((paper) => trending(paper, today));
  if (by === 'topics') return byNumber(({ id }) => chanceOf(id));
  const byDate = (a: Paper, b: Paper) => compareDates(dateOf(b), dateOf(a));
  if (by === 'comments' || by === 'upvotes') {
    return papers.toSorted((a, b) => (b[by] ?? -1) - (a[by] ?? -1));
  }
  if (by === 'newest') return papers.toSorted(byDate);
  if (by === 'oldest')
    return papers.toSorted((a, b) => Number(!dateOf(a)) - Number(!dateOf(b)) || byDate(b, a));
  return papers;
}
