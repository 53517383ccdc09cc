import { count } from './count.ts';

/** What the bars beside a paper say, what was said of a topic, and what stands where no paper does. */
export const list = {
  filters: {
    name: 'Filters',
    remove: (filter: string) => `Remove the filter: ${filter}`,
    noPaperLike: (id: string) => `No paper here has the id “${id}”.`,
    like: (id: string) => `like ${id}`,
    noTopic: (beginning: string) => `No topic has a name that begins with “${beginning}”.`,
    sorts: {
      best: 'best first',
      newest: 'newest first',
      oldest: 'oldest first',
      comments: 'most comments first',
      upvotes: 'most upvotes first',
      discussed: 'most discussed first',
      trending: 'trending first',
      topics: 'my topics first',
    },
    without: (words: string) => `without ${words}`,
    not: (filter: string) => `not ${filter}`,
    phrase: (words: string) => `“${words}”`,
    title: (words: string) => `“${words}” in the title`,
    author: (name: string) => `by “${name}”`,
    org: (name: string) => `from “${name}”`,
    topic: (name: string) => `in topic “${name}”`,
    cat: (category: string) => `in ${category}`,
    after: (date: string) => `from ${date} on`,
    before: (date: string) => `before ${date}`,
    comments: (comparison: string, n: number) => `comments ${comparison} ${n}`,
    upvotes: (comparison: string, n: number) => `upvotes ${comparison} ${n}`,
    is: { unread: 'unread', read: 'read', starred: 'starred' },
  },

  /** Of papers in a topic. */
  said: {
    youSaid: (yes: number, no: number) => {
      const parts = [
        yes && `${count(yes, 'paper')} ${yes === 1 ? 'belongs' : 'belong'}`,
        no && `${yes ? no.toLocaleString('en') : count(no, 'paper')} ${no === 1 ? 'does' : 'do'} not`,
      ].filter(Boolean);
      return `You said that ${parts.join(' and ')}.`;
    },
    forget: 'Forget what I said',
    forgotten: 'What you said of papers in this topic is forgotten.',
  },

  /** What the bars beside a paper say. */
  bars: {
    byMeaning: (rank: number) => `number ${rank} by meaning`,
    byWords: (rank: number) => `number ${rank} by words`,
    exact: 'exact match',
    belongs: (percent: number) => `${percent}% sure that it belongs`,
  },
  emptyPlace: {
    unknownTopic: {
      title: 'There is no such topic here.',
      why: 'It may have been removed, or it was made on another device: topics stay where they are made.',
    },
    noPapers: {
      title: 'No papers yet',
      help: 'Paste or drop the text of a Daily Papers page (huggingface.co/papers), BibTeX, RIS or JSON, and its papers appear here.',
    },
    searching: 'Searching…',
    noneFits: {
      title: (query: string) => `No paper fits “${query}”`,
      filters: 'No paper here passes all that stands above. Take one of them away to see more.',
      identifier: 'No paper here has this arXiv identifier.',
      noWord: 'There is no word in this to search for.',
      byMeaning: 'No paper here has these words, or means something near. Other words may find more.',
      byWords:
        'No paper has these words. Search by meaning is not ready yet; the list fills by itself when it is.',
      searchAll: 'Search all papers',
    },
    starred: {
      title: 'No paper is starred',
      help: 'Open a paper and press its star, or the key s: it is kept here.',
    },
    unread: {
      title: 'All papers are read',
      help: 'What is added from now on stands here until you mark it as read.',
    },
    other: {
      title: 'Nothing here',
      why: 'No paper is in this place now. It may have been renamed, or its papers are still being read.',
    },
  },
};
