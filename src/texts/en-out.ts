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
  backup: {
    heading: 'Backup',
    /** The name of the page for adding papers stands between. */
    before:
      'One file with all papers, your own topics, what you said of papers in topics, stars, read marks, tags, notes and the reading list. On this device or another, ',
    after: ' puts it together with what is there.',
    save: 'Save a backup',
  },
  /** @param first where it stands and why it was left out: `note 3, a note of more than 200,000 characters`. */
  backupCut: (n: number, first: string) =>
    n === 1
      ? `The backup is saved without one thing that could not be read from it again: ${first}.`
      : `The backup is saved without ${n.toLocaleString('en')} things that could not be read from it again; the first: ${first}.`,
  follow: 'Follow this topic in a feed reader',
};
