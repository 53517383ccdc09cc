const many = (n: number, noun: string) => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2026-03-10` -> `10 March 2026`, `2026-03` -> `March 2026`. */
function dayInWords(iso: string): string {
  const [year, month, day] = iso.split('-');
  return [day && Number(day), MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** How papers come in: the page for it, refresh, links, the share sheet. */
export const papersIn = {
  title: 'Add papers',
  lead: 'Open a Daily Papers page, select all, copy, and paste it here. BibTeX, RIS, CSL-JSON, CSV, an Atom file of arXiv, JSON and JSON lines, arXiv ids or addresses work too, and a backup of Sheaf. Papers that are here already are recognised and not doubled.',
  private: 'What you paste stays on this device. Another host is asked only by a button below that names it.',
  example: 'What a JSON list looks like',
  exampleOf: {
    title: 'Tiny language models',
    abstract: 'We ask how small a model can be …',
    authors: ['A. Author', 'B. Author'],
  },
  exampleNote: 'Only the title is needed. JSONL has one such record a line, without the brackets.',
  pasteLabel: 'The text of a list of papers',
  pasteHint: 'Paste the text here, or drop a file anywhere on this page.',
  add: 'Add these papers',
  adding: 'Adding…',
  chooseFiles: 'Choose files',
  chooseColumns: 'Choose columns',
  received: (names: readonly string[]) => `Handed to Sheaf by another program: ${names.join(', ')}.`,
  receivedText: 'This text was handed to Sheaf by another program. Nothing is added until you say so.',
  leaveOut: 'Leave it out',

  nothing: 'The list holds no papers.',
  report: (n: Record<'total' | 'added' | 'merged' | 'here' | 'repeated' | 'rejected', number>) =>
    `${many(n.total, 'record')} read: ${many(n.added, 'paper')} added, ${n.merged.toLocaleString('en')} updated, ${n.here.toLocaleString('en')} already here, ${n.rejected.toLocaleString('en')} left out.${
      n.repeated > 0 ? ` Of those already here, ${many(n.repeated, 'record')} named a paper twice.` : ''
    }`,
  restored: (n: Record<'topics' | 'opinions' | 'marks' | 'notes', number>) => {
    const parts = [
      n.topics && many(n.topics, 'topic'),
      n.opinions && many(n.opinions, 'opinion'),
      n.marks && `the marks of ${many(n.marks, 'paper')}`,
      n.notes && many(n.notes, 'note'),
    ].filter(Boolean);
    return parts.length > 0 ? ` With them: ${parts.join(', ')}.` : '';
  },
  unchanged: 'Nothing was changed.',
  unchangedFile: 'Nothing of it was added.',
  leftOut: 'Left out',
  notes: 'Came in, but not whole',
  more: (n: number) => `and ${n.toLocaleString('en')} more.`,
  onlyIds:
    'Of papers that are named only by an arXiv id, the id is all that is known. Their titles and abstracts come with the first list that has them.',
  showList: 'Show the list',
  undo: 'Undo: take it all back',
  undone: (papers: number, others: number) => {
    if (papers + others === 0) return 'The import was taken back: all is as it was before.';
    const what = [
      papers && many(papers, 'paper'),
      others && `${others.toLocaleString('en')} of what came with the backup`,
    ].filter(Boolean);
    return `The import was taken back, but for ${what.join(' and ')}: changed or marked since, and so left as it is.`;
  },

  columns: {
    title: 'What are the columns?',
    firstRows: 'The first rows of the table',
    lead: (name: string | undefined) =>
      `${name ? `The beginning of ${name}. ` : ''}Say above each column what it is; what you leave out is not read. A title or an arXiv id is needed.`,
    column: (name: string) => `Column ${name}`,
    named: 'The first row has the names of the columns',
    leftOut: 'leave out',
    cancel: 'Cancel',
    add: 'Add these papers',
    names: {
      title: 'title',
      abstract: 'abstract',
      authors: 'authors',
      date: 'date',
      arxivId: 'arXiv id',
      url: 'link',
      doi: 'DOI',
      venue: 'journal or venue',
      pages: 'pages',
      categories: 'arXiv categories',
      keywords: 'keywords',
      organization: 'organisation',
      comments: 'comments',
      upvotes: 'upvotes',
      githubRepo: 'code',
      projectPage: 'project page',
    },
  },

  refresh: {
    title: 'From Hugging Face',
    lead: 'Daily Papers is the page at huggingface.co/papers, where papers are shown day by day. Sheaf asks for them when you press the button and at no other time. A list that comes again brings new votes and comments; what is here is not lost.',
    span: 'How much',
    spans: { date: 'One day', week: 'A week', month: 'A month' },
    day: 'Day',
    ask: (span: 'date' | 'week' | 'month', day: string, monday: string) =>
      `Ask huggingface.co for ${
        span === 'date'
          ? dayInWords(day)
          : span === 'week'
            ? `the week of ${dayInWords(monday)}`
            : dayInWords(day.slice(0, 7))
      }`,
    asking: (papers: number) =>
      papers === 0 ? 'Asking huggingface.co…' : `${many(papers, 'paper')} so far…`,
    stop: 'Stop',
    stopped: 'Stopped. Nothing was changed.',
    offline: 'There is no network just now, so nobody can be asked.',
    growing: 'The list of a day that is not over may still grow: ask again later.',
  },

  offer: {
    title: 'A link brings a list',
    own: (path: string) => `This link names a list of this site: ${path}.`,
    other: (host: string) =>
      `This link wants to load a list from ${host}. Loading it, that host sees your network address, and nothing of what you read or keep. A list too large for a page is asked about once more.`,
    load: (host: string | undefined) => (host ? `Load it from ${host}` : 'Load it'),
    loading: 'Loading…',
    decline: 'No, leave it',
  },
};
