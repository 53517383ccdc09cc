/** Papers on their way out: files, feeds, a site of one's own. */
export const out = {
  /** Stands for authors that a feed must name and nobody knows. */
  unnamedAuthors: 'Authors not named',
  title: 'Export',
  about:
    'For a reference manager (BibTeX, RIS or CSL-JSON), a spreadsheet (CSV), a feed reader (Atom or JSON Feed), to read (Markdown), or for another Sheaf (JSON lines).',
  nothingSent: 'Nothing is sent anywhere.',
  which: 'Which papers',
  list: (what: string) => `The list: ${what}`,
  listHint: 'All papers of the choice go out, not only those on screen.',
  further: (what: string) => `The same, and what stands below the line of ${what}`,
  starred: 'The starred papers',
  all: 'All papers',
  /** A list in few words, for its choice, its file and its feed. */
  search: (query: string) => `“${query}”`,
  searchIn: (query: string, place: string) => `“${query}” in ${place}`,
  places: {
    all: 'all papers',
    starred: 'the starred',
    unread: 'the unread',
    new: 'the new',
    picked: 'the picked',
    later: 'the reading list',
  },
  tagged: (tag: string) => `papers tagged “${tag}”`,
  near: (title: string) => `near “${title}”`,
  untitled: 'this place',
  follow: 'Follow this topic in a feed reader',
};
