import { type Accessor, createMemo } from 'solid-js';
import { compareDates } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import { type About, passes } from '../words/filter.ts';
import type { Question, Sort } from '../words/question.ts';
import type { Library } from './library.ts';
import type { Likes } from './likes.ts';
import type { Marks } from './marks.ts';
import type { Topics } from './topics.ts';

interface Parts {
  readonly question: Accessor<Question>;
  readonly library: Library;
  readonly topics: Topics;
  readonly marks: Marks;
  readonly likes: Likes;
}

/** Whether a paper passes the filters of the question. Asked of few papers mostly, and answered once for each. */
export function createPassing({
  question,
  library,
  topics,
  marks,
  likes,
}: Parts): Accessor<(id: string) => boolean> {
  const filters = createMemo(() => question().filters, undefined, {
    // Where they stand in the question is no difference.
    equals: (a, b) => JSON.stringify(a.map(conditionOf)) === JSON.stringify(b.map(conditionOf)),
  });
  return createMemo(() => {
    const wanted = filters();
    // What is remembered is of the papers as they are.
    library.papers();
    if (wanted.length === 0) return () => true;
    const sets = { starred: marks.with('starred'), read: marks.with('read') };
    // Read here and not at the first paper that asks: what is remembered ends with them.
    topics.of('');
    const near = new Map(
      wanted.flatMap(({ condition }) =>
        condition.kind === 'like' ? [[condition.value, likes.near(condition.value)] as const] : [],
      ),
    );
    const about: About = {
      has: (mark, id) => sets[mark].has(id),
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

/** A copy in another order. What is not known stands last. */
export function sortPapers(papers: readonly Paper[], by: Sort): readonly Paper[] {
  const byDate = (a: Paper, b: Paper) => compareDates(b.date, a.date);
  if (by === 'comments' || by === 'upvotes') {
    return papers.toSorted((a, b) => (b[by] ?? -1) - (a[by] ?? -1));
  }
  if (by === 'newest') return papers.toSorted(byDate);
  if (by === 'oldest') return papers.toSorted((a, b) => Number(!a.date) - Number(!b.date) || byDate(b, a));
  return papers;
}
