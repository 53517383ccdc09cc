/** Tags, the reading list and selecting, as the list shows them. */
export const reading = {
  tags: 'Tags',
  tagged: (tag: string) => `tagged “${tag}”`,

  readingList: 'Reading list',
  inReadingList: 'in the reading list',
  done: 'Done',

  select: 'Select',
  selectAll: 'Select all',
};
