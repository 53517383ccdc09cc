/** Tags, the reading list and selecting, as the list shows them. */
export const reading = {
  has: { code: 'with code', abstract: 'with an abstract', note: 'with a note of yours' },
  inList: 'in the reading list',

  tags: 'Tags',
  tagged: (tag: string) => `tagged “${tag}”`,
  noSuchTag: (tag: string) => `No paper is tagged “${tag}”.`,

  readingList: 'Reading list',
  inReadingList: 'in the reading list',
  done: 'Done',

  select: 'Select',
  selectPaper: (title: string) => `Select “${title}”`,
  selectAll: 'Select all',
};
