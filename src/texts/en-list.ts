import { count } from './count.ts';

/** The search field, the list, its heading and its rows. */
export const list = {
  search: {
    placeholder: 'Search by meaning or words',
    name: 'Search papers by meaning or words',
    clear: 'Clear the search',
  },
  loading: 'Loading…',
  /** To ears alone. */
  loadingPapers: 'Loading the papers.',
  /** @param where and why of the first of them. */
  siteListUnread: (n: number, where: string, why: string) =>
    `${count(n, 'paper')} of the site's list could not be read. ${where}: ${why}`,
  ranking: 'Ranking the papers…',

  /** The heading: how many, `by` what, `where`. */
  noClearMatch: 'No clear match',
  by: {
    keyword: 'by words',
    hybrid: 'by meaning and words',
    semantic: 'by meaning',
    identifier: 'by its identifier',
  },
  where: {
    topic: (name: string | undefined) => `in ${name ?? 'a topic that is not here'}`,
    group: (name: string | undefined) => `in ${name ?? 'a group'}`,
    similar: (title: string | undefined) => `near “${title ?? 'a paper that is not here'}”`,
    all: { new: 'new', starred: 'starred', unread: 'unread' },
    /** Where something is searched for. */
    among: { new: 'among the new', starred: 'among the starred', unread: 'among the unread' },
  },
  wordsAlone: 'For now by words alone: meaning is not ready.',

  /** Of a paper in its row. */
  facts: {
    andOthers: (names: string, n: number) => `${names} and ${n} others`,
    others: (n: number) => `and ${n} others`,
    authors: (n: number) => count(n, 'author'),
    upvotes: (n: number) => count(n, 'upvote'),
    comments: (n: number) => count(n, 'comment'),
    starred: 'Starred.',
    read: 'Read.',
    topics: (names: readonly string[]) => `Topics: ${names.join(', ')}`,
  },

  empty: {
    loading: 'Loading the papers…',
    failed: { title: 'The list could not be loaded', again: 'Try again' },
  },
};
