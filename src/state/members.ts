import { type Accessor, createMemo } from 'solid-js';
import { dayOf, isIn, type PeriodKind, parsePeriod } from '../paper/calendar.ts';
import type { Address, Place } from './address.ts';
import type { Groups } from './groups.ts';
import type { Library } from './library.ts';
import type { Marks } from './marks.ts';
import type { News } from './news.ts';
import type { Picked } from './picked.ts';
import type { Tags } from './tags.ts';
import type { Topics } from './topics.ts';

interface Parts {
  readonly address: Accessor<Address>;
  readonly library: Library;
  readonly topics: Topics;
  readonly second: Accessor<{ readonly groups: Pick<Groups, 'byId'> } | undefined>;
  readonly marks: Marks;
  readonly news: News;
  readonly picked: Picked;
  readonly tags: Tags;
}

/** Ids of a place's papers; undefined where all are meant, or the place has an order of its own. */
type MembersOf<P> = (place: P, parts: Parts) => ReadonlySet<string> | undefined;

/** A place of the list says here which papers it holds. */
const MEMBERS: { readonly [K in Place['kind']]: MembersOf<Extract<Place, { kind: K }>> } = {
  all: () => undefined,
  similar: () => undefined,
  starred: (_, { marks }) => marks.with('starred'),
  later: (_, { marks }) => marks.with('later'),
  tag: ({ id }, { tags }) => tags.byName(id)?.papers ?? new Set(),
  unread: (_, { marks, library }) => {
    const read = marks.with('read');
    return new Set(library.papers().flatMap(({ id }) => (read.has(id) ? [] : [id])));
  },
  new: (_, { news }) => new Set(news.papers().map(({ id }) => id)),
  day: membersOfPeriod,
  week: membersOfPeriod,
  month: membersOfPeriod,
  picked: (_, { picked }) => picked.ids(),
  group: ({ id }, { second }) => new Set(second()?.groups.byId(id)?.paperIds ?? []),
  topic: ({ id }, { topics }) => {
    return new Set(topics.scores(id)?.belonging.map((paper) => paper.id));
  },
};

/** None of a mistyped one. */
function membersOfPeriod({ kind, id }: { kind: PeriodKind; id: string }, { library }: Parts) {
  const period = parsePeriod(kind, id);
  return new Set(
    period ? library.papers().flatMap((paper) => (isIn(period, dayOf(paper)) ? [paper.id] : [])) : [],
  );
}

/** Papers of the open place. */
export function createMembers(parts: Parts): Accessor<ReadonlySet<string> | undefined> {
  return createMemo(() => {
    const { place } = parts.address();
    return (MEMBERS[place.kind] as MembersOf<Place>)(place, parts);
  });
}
