import {
  addDays,
  countByDay,
  dayOf,
  isIn,
  isRelativeDate,
  latestPeriod,
  type Period,
  parsePeriod,
} from '../paper/calendar.ts';
import type { Paper } from '../paper/paper.ts';
import { trending } from '../paper/votes.ts';
import type { TopicScores } from '../ranking/topics.ts';
import { isNamed } from '../words/filter.ts';
import { parseQuestion } from '../words/question.ts';
import type { Address, Place } from './address.ts';
import { createPassing } from './filtering.ts';
import type { Sheaf } from './sheaf.ts';
import type { Topic } from './topics.ts';

/** Of what a digest is: of a time, of what is new, or of what the list shows where it shows something else. */
export type DigestTime =
  | { readonly kind: 'new' }
  | { readonly kind: 'period'; readonly period: Period }
  | { readonly kind: 'asked' };

/** Papers of one topic, best first. */
export interface TopicDigest {
  readonly topic: Topic;
  readonly papers: readonly Paper[];
}

/** The place says the time; where it says none, what is new, or the latest week that has papers. */
export function digestTime({ bar, news, library }: Pick<Sheaf, 'bar' | 'news' | 'library'>): DigestTime {
  const { place, query } = bar.address();
  if (place.kind === 'new') return { kind: 'new' };
  const named =
    place.kind === 'day' || place.kind === 'week' || place.kind === 'month'
      ? parsePeriod(place.kind, place.id)
      : undefined;
  if (named) return { kind: 'period', period: named };
  if (place.kind !== 'all' || query.trim()) return { kind: 'asked' };
  const latest = latestPeriod(countByDay(library.papers()).keys(), 'week');
  return latest && news.papers().length === 0 ? { kind: 'period', period: latest } : { kind: 'new' };
}

/** The day from which on papers are asked for, where nothing else is asked. */
export function askedFrom({ place, query }: Pick<Address, 'place' | 'query'>): string | undefined {
  const { filters, text, sort, problems } = parseQuestion(query);
  const [only] = filters;
  if (place.kind !== 'all' || text || sort || problems.length > 0 || filters.length !== 1) return undefined;
  const { condition, not } = only as (typeof filters)[number];
  return condition.kind === 'after' && !not && !isRelativeDate(condition.date) ? condition.date : undefined;
}

/**
 * Where the list shows all that a digest has of a topic. A time is a place, so the topic is a filter there, by the
 * beginning of its name; where that names another topic too, the topic is the place, and dates tell the time.
 */
export function restOfTopic(
  topic: Topic,
  topics: readonly Topic[],
  time: DigestTime,
  { place, query }: Pick<Address, 'place' | 'query'>,
): Pick<Address, 'place' | 'query'> {
  const own = { kind: 'topic', id: topic.id } as const;
  const asked = time.kind === 'asked';
  if (asked && place.kind === 'all') return { place: own, query };
  // A quotation mark would end the filter.
  const [beginning = ''] = topic.name.split(/["“”„«»]/);
  const named = topics.filter(({ name }) => isNamed(name, beginning));
  if (beginning.trim() && (asked || named.length === 1))
    return { place: placeOfTime(time, place), query: `topic:"${beginning}" ${query}`.trim() };
  const dates =
    time.kind === 'period' ? `after:${time.period.first} before:${addDays(time.period.last, 1)}` : '';
  return { place: own, query: `${dates} ${query}`.trim() };
}

/** Where the list shows the papers of a digest. */
function placeOfTime(time: DigestTime, open: Place): Place {
  if (time.kind === 'new') return { kind: 'new' };
  return time.kind === 'period' ? { kind: time.period.kind, id: time.period.id } : open;
}

/** The papers of a time that pass the filters of the question. To be called once, by what is drawn. */
export function createDigestPapers(sheaf: Sheaf): (time: DigestTime) => readonly Paper[] {
  const passing = createPassing({ ...sheaf, second: () => sheaf });
  return (time) => {
    if (time.kind === 'asked') return sheaf.listing.papers();
    const may = passing();
    const { kind } = time;
    const papers = kind === 'new' ? sheaf.news.papers() : within(sheaf.library.papers(), time.period);
    return papers.filter(({ id }) => may(id));
  };
}

function within(papers: readonly Paper[], period: Period): readonly Paper[] {
  return papers.filter((paper) => isIn(period, dayOf(paper)));
}

/** Chances are told apart by tenths: within one, what is talked about is worth more than a hundredth. */
const STEPS = 10;

/**
 * The papers that belong to a topic: surest first by tenths of the chance, then trending.
 * @param today ISO 8601.
 */
export function bestOfTopic(
  scores: TopicScores | undefined,
  papers: ReadonlyMap<string, Paper>,
  today: string,
): readonly Paper[] {
  const found = (scores?.belonging ?? []).flatMap(({ id, probability }) => {
    const paper = papers.get(id);
    return paper ? [{ paper, step: Math.round(probability * STEPS), votes: trending(paper, today) }] : [];
  });
  return found.sort((a, b) => b.step - a.step || b.votes - a.votes).map(({ paper }) => paper);
}
