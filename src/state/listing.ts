import { type Accessor, createMemo } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import type { Hit } from '../ranking/hit.ts';
import { texts } from '../texts/texts.ts';
import type { Question, Sort } from '../words/question.ts';
import type { Address } from './address.ts';
import { bestChances, createPassing, sortPapers } from './filtering.ts';
import type { KeptNotes } from './keptNotes.ts';
import { type Library, today } from './library.ts';
import type { Marks } from './marks.ts';
import { createMembers } from './members.ts';
import type { News } from './news.ts';
import type { Picked } from './picked.ts';
import type { ReadingList } from './readingList.ts';
import type { Second } from './second.ts';
import type { Tags } from './tags.ts';
import type { Topics } from './topics.ts';
import type { Visits } from './visits.ts';

/**
 * A row of the list: a paper, or the line of a topic. A paper's row is one object for its life, so that a
 * better order moves rows instead of making them again; why it is here is asked of the listing.
 */
export type Row =
  | { readonly kind: 'paper'; readonly paper: Paper }
  /** What comes under a section's line belongs here as what is above it does; under another line it is less sure. */
  | { readonly kind: 'line'; readonly text: string; readonly section?: true };

export interface Listing {
  /** What is drawn: the versions of one work are folded into one row. */
  readonly rows: Accessor<readonly Row[]>;
  /** Versions that are folded beneath the row of a paper; 0 where it stands for itself alone. */
  readonly foldedUnder: (paperId: string) => number;
  /** Papers that the list shows, above the line where there is one. */
  readonly papers: Accessor<readonly Paper[]>;
  /** And those below it; of neither a version is left out. */
  readonly withFurther: Accessor<readonly Paper[]>;
  readonly hitOf: (paperId: string) => Hit | undefined;
  /** Chance that a paper belongs to the topic listed; undefined where no topic is. */
  readonly probabilityOf: (paperId: string) => number | undefined;
  /** The place's papers are not known yet: a topic that has not been scored, groups that have not been found. */
  readonly waiting: Accessor<boolean>;
  /** How the list is ordered. */
  readonly order: Accessor<Sort | 'topic' | 'similar' | 'new' | 'later'>;
  /** Whether the question has an answer among all papers, where this place has none. */
  readonly elsewhere: Accessor<boolean>;
  /** Which rankings made it; undefined where none did. */
  readonly mode: Accessor<'keyword' | 'hybrid' | 'semantic' | undefined>;
}

interface Parts {
  readonly address: Accessor<Address>;
  readonly question: Accessor<Question>;
  readonly library: Library;
  readonly topics: Topics;
  readonly marks: Marks;
  readonly news: News;
  readonly visits: Visits;
  readonly picked: Picked;
  readonly notes: KeptNotes;
  readonly tags: Tags;
  readonly readingList: ReadingList;
  /** What finds and ranks papers; before it is here the list is of what is kept. */
  readonly second: Accessor<
    Pick<Second, 'groups' | 'likes' | 'meaning' | 'search' | 'similar' | 'twins'> | undefined
  >;
}

const NONE: ReadonlyMap<string, number> = new Map();
/** Papers shown where none or few fit clearly. */
const NEAREST_SHOWN = 5;
/** Standard deviations above unrelated papers from which a paper is worth showing as the nearest there is. */
const NEAREST_Z = 2;

export function createListing(parts: Parts): Listing {
  const { address, question, library, second, topics, marks, news } = parts;
  const ranking = () => second()?.search.ranking();
  const passing = createPassing(parts);
  const sort = () => question().sort?.by;
  const similar = () => second()?.similar() ?? [];

  const members = createMembers(parts);

  const found = createMemo<readonly Row[] | undefined>(() => {
    const ranked = ranking();
    if (!ranked || !question().text.trim()) return undefined;
    const within = members();
    const [may, by] = [passing(), sort()];
    const hits = ranked.hits.filter(({ id }) => (!within || within.has(id)) && may(id));
    const relevant = hits.filter((hit) => hit.relevant);
    if (relevant.length > 0) {
      const rows = relevant.flatMap((hit) => paperRow(library, hit.id));
      if (by && by !== 'best') return sortRows(rows, by, topics);
      const further = relevant.some(({ exact }) => exact)
        ? []
        : furtherOf(hits, NEAREST_SHOWN - relevant.length);
      if (further.length === 0) return rows;
      return [
        ...rows,
        { kind: 'line', text: texts.found.further },
        ...further.flatMap((hit) => paperRow(library, hit.id)),
      ];
    }
    // A paper that has the very words is found, be they ones by which nothing ranks.
    if (question().phrasesOnly) return undefined;
    // Nothing clearly fits: the nearest are shown as what they are, unless there is nothing near at all.
    const nearest = hits.filter(isSomewhatNear).slice(0, NEAREST_SHOWN);
    if (nearest.length === 0) return [];
    const line: Row = { kind: 'line', text: texts.found.noneFits(within !== undefined) };
    return [line, ...nearest.flatMap((hit) => paperRow(library, hit.id))];
  });

  const topicRows = (id: string): readonly Row[] => {
    const may = passing();
    const scored = (topics.scores(id)?.papers ?? []).filter((paper) => may(paper.id));
    const rows: Row[] = [];
    let above = true;
    const probably = scored.filter(({ belongs, said }) => !belongs && !said).length;
    for (const { id: paperId, belongs } of scored) {
      if (above && !belongs) {
        rows.push({
          kind: 'line',
          text: texts.found.notOfTopic(probably, scored.length - rows.length - probably),
        });
        above = false;
      }
      rows.push(...paperRow(library, paperId));
    }
    return rows;
  };

  const rows = createMemo<readonly Row[]>(() => {
    const { place } = address();
    const results = found();
    if (results && place.kind !== 'similar') return results;
    const [may, by] = [passing(), sort()];
    if (place.kind === 'similar')
      return similarRows(
        library,
        similar().filter(({ id }) => may(id)),
      );
    if (place.kind === 'topic' && (!by || by === 'best')) return topicRows(place.id);
    if (place.kind === 'new' && (!by || by === 'best')) return newRows(news, may);
    if (place.kind === 'later' && !by) {
      return parts.readingList.ids().flatMap((id) => (may(id) ? paperRow(library, id) : []));
    }
    const within = members();
    const rows = library
      .papers()
      .filter(({ id }) => (!within || within.has(id)) && may(id))
      .map(rowOf);
    return by ? sortRows(rows, by, topics) : rows;
  });

  const papers = createMemo(() => {
    const line = rows().findIndex((row) => row.kind === 'line' && !row.section);
    const above = line < 0 ? rows() : rows().slice(0, line);
    return papersOf(above);
  });
  const withFurther = createMemo(() => papersOf(rows()));
  const hits = createMemo(() => {
    const all = address().place.kind === 'similar' ? similar() : (ranking()?.hits ?? []);
    return new Map(all.map((hit) => [hit.id, hit]));
  });

  const order = createMemo(() => {
    const { place } = address();
    if (place.kind === 'similar') return 'similar';
    const by = sort();
    if (by && by !== 'best') return by;
    if (found()) return 'best';
    if (place.kind === 'later' && !by) return 'later';
    return place.kind === 'topic' || place.kind === 'new' ? place.kind : 'newest';
  });
  const probabilities = createMemo(() => {
    const { place } = address();
    const scored =
      place.kind === 'topic' && order() === 'topic' ? topics.scores(place.id)?.papers : undefined;
    return new Map(scored?.map(({ id, probability }) => [id, probability]));
  });

  const folded = createMemo(() => second()?.twins.fold(rows()) ?? { rows: rows(), under: NONE });

  return {
    rows: () => folded().rows,
    foldedUnder: (id) => folded().under.get(id) ?? 0,
    papers,
    withFurther,
    hitOf: (id) => hits().get(id),
    waiting: () => {
      const { place } = address();
      if (place.kind === 'topic') {
        return topics.byId(place.id) ? !topics.scores(place.id) : !topics.loaded();
      }
      if (place.kind === 'new') return !parts.visits.loaded();
      if (['starred', 'unread', 'later', 'tag'].includes(place.kind)) return !marks.loaded();
      const phase = second()?.meaning.status().phase ?? 'starting';
      return (
        place.kind === 'group' && !second()?.groups.list().length && phase !== 'failed' && phase !== 'stopped'
      );
    },
    probabilityOf: (id) => probabilities().get(id),
    order,
    elsewhere: () => {
      const may = passing();
      if (!question().text.trim()) return library.papers().some(({ id }) => may(id));
      return ranking()?.hits.some((hit) => (hit.relevant || isSomewhatNear(hit)) && may(hit.id)) ?? false;
    },
    mode: () => (found() ? ranking()?.mode : undefined),
  };
}

/** Under a line for each topic; there is no line where there is nothing to tell apart. */
function newRows(news: News, may: (id: string) => boolean): readonly Row[] {
  const groups = news
    .groups()
    .map(({ topic, papers }) => ({ topic, papers: papers.filter(({ id }) => may(id)) }));
  return groups
    .filter(({ papers }) => papers.length > 0)
    .flatMap(({ topic, papers }): Row[] => [
      { kind: 'line', text: `${topic?.name ?? texts.days.new.others} · ${papers.length}`, section: true },
      ...papers.map(rowOf),
    ]);
}

/** Nearest first, with a line below those that stand out from unrelated papers. */
function similarRows(library: Library, hits: readonly Hit[]): readonly Row[] {
  const draw = (list: readonly Hit[]) => list.flatMap((hit) => paperRow(library, hit.id));
  const near = draw(hits.filter((hit) => hit.relevant));
  const further = draw(hits.filter((hit) => !hit.relevant));
  if (further.length === 0) return near;
  const text = near.length > 0 ? texts.found.lessNear : texts.found.noneNear;
  return [...near, { kind: 'line', text }, ...further];
}

/** A few that come next, where few fit: whoever asks in other words than the papers finds them here. */
function furtherOf(hits: readonly Hit[], most: number): readonly Hit[] {
  const near = ({ relevant, meaning }: Hit) => !relevant && (meaning?.z ?? 0) >= NEAREST_Z;
  return hits.filter(near).slice(0, Math.max(0, most));
}

function isSomewhatNear({ keyword, meaning }: Hit): boolean {
  return keyword !== undefined || (meaning?.z ?? 0) >= NEAREST_Z;
}

/** Lines between papers mean nothing in another order. */
function sortRows(rows: readonly Row[], by: Sort, topics: Topics): readonly Row[] {
  const chances = by === 'topics' ? bestChances(topics) : undefined;
  return sortPapers(papersOf(rows), by, { today: today(), chanceOf: (id) => chances?.get(id) ?? 0 }).map(
    rowOf,
  );
}

function papersOf(rows: readonly Row[]): readonly Paper[] {
  return rows.flatMap((row) => (row.kind === 'paper' ? [row.paper] : []));
}

const rowsMade = new WeakMap<Paper, Row>();

function rowOf(paper: Paper): Row {
  const row = rowsMade.get(paper) ?? { kind: 'paper', paper };
  rowsMade.set(paper, row);
  return row;
}

function paperRow(library: Library, id: string): Row[] {
  const paper = library.byId(id);
  return paper ? [rowOf(paper)] : [];
}
