import { count } from './count.ts';

/** Days, the order and time of the list, and what is new in it. */

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const UNITS: Readonly<Record<string, string>> = { d: 'day', w: 'week', m: 'month', y: 'year' };

interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

const monthOf = ({ month }: { readonly month: number }) => MONTHS[month - 1] ?? '';
/** `10 March`. */
const dayMonth = (day: Day) => `${day.day} ${monthOf(day)}`;
const dayOfWeek = (day: Day, weekday: number) => `${WEEKDAYS[weekday]} ${dayMonth(day)}`;

/** `7 days`, `1 year`, of `7d`, `1y`. */
function span(ago: string): string {
  return count(Number.parseInt(ago, 10), UNITS[ago.at(-1) ?? ''] ?? '');
}

/** `9 to 15 March 2026`, `30 March to 5 April 2026`, `29 December 2025 to 4 January 2026`. */
function range(first: Day, last: Day): string {
  if (first.year !== last.year) return `${dayMonth(first)} ${first.year} to ${dayMonth(last)} ${last.year}`;
  const from = first.month === last.month ? String(first.day) : dayMonth(first);
  return `${from} to ${dayMonth(last)} ${last.year}`;
}

export const days = {
  weekdays: WEEKDAYS,
  /** `Tuesday 10 March 2026`. @param weekday 0 is Monday. */
  day: (day: Day, weekday: number) => `${dayOfWeek(day, weekday)} ${day.year}`,
  /** `Tuesday 10 March`. */
  dayOfWeek,
  week: (week: number, first: Day, last: Day) => `Week ${week}, ${range(first, last)}`,
  month: (month: Omit<Day, 'day'>) => `${monthOf(month)} ${month.year}`,

  byDate: 'By date',

  sort: 'Order',
  orders: {
    newest: 'Newest first',
    oldest: 'Oldest first',
    comments: 'Most comments first',
    upvotes: 'Most upvotes first',
    discussed: 'Most discussed first',
    trending: 'Trending first',
    topics: 'My topics first',
    best: 'Best match first',
    topic: 'Surest first',
    similar: 'Nearest first',
    new: 'By your topics',
    later: 'In your order',
  },
  time: 'Time',
  anyTime: 'Any time',
  last: (ago: string) => `Last ${span(ago).replace(/^1 /, '')}`,
  from: (date: string) => `From ${date}`,
  ofLast: (ago: string) => `of the last ${span(ago).replace(/^1 /, '')}`,
  before: (ago: string) => `more than ${span(ago)} ago`,
  hideRead: 'Hide read',

  new: {
    place: 'New',
    others: 'Of no topic that you follow',
    line: (n: number, since: string) => `${n.toLocaleString('en')} new since ${since}`,
    inTopic: (n: number, topic: string) => `${n.toLocaleString('en')} in ${topic}`,
    dismiss: 'Put away',
    sinceWords: {
      today: (time: string) => time,
      yesterday: 'yesterday',
      on: (day: Day, thisYear: boolean) => (thisYear ? dayMonth(day) : `${dayMonth(day)} ${day.year}`),
    },
    digest: 'Digest',
  },
};
