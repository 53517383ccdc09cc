/** What Sheaf is, to somebody who has just come, and how to ask it. */
export const about = {
  title: 'About Sheaf',
  keys: 'Keys',
  asking: 'Asking more exactly',
  filters:
    'Filters can be typed among the words of a search, in any order; all of them count. Accents and case do not matter. Each is shown below the field, with a way to take it away.',
  /** As `words/question.ts` reads it: what is typed, and what it asks for. */
  language: [
    ['splat compression', 'free words: papers that mean or have them'],
    ['"radiance fields"', 'these very words, one after another'],
    ['-diffusion', 'not this word; a minus turns any filter round'],
    ['title:mixer, author:"yann lecun", org:nvidia', 'in the title, among the authors, the organisation'],
    ['topic:"3dgs"', 'papers of a topic, by the beginning of its name'],
    ['cat:cs.CV, cat:cs', 'an arXiv category, or its beginning'],
    ['like:2401.04925', 'papers near one that is here, by its arXiv id'],
    ['after:2026-03, before:2026-03-10', 'a year, a month or a day'],
    ['after:7d, before:2w', 'a time ago: days, weeks, months (m), years (y)'],
    ['comments:>3, upvotes:>=10', 'numbers, with >, >=, < or <='],
    ['is:unread, is:read, is:starred', 'what you have marked'],
    ['has:code, has:abstract', 'what a paper comes with'],
    ['has:note, is:later', 'what you wrote about, what is in the reading list'],
    ['tag:seminar', 'what you tagged so'],
    ['sort:newest', 'also oldest, discussed, trending, topics, comments, upvotes, best'],
  ] as const,

  lead: 'A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean that, ranked by topic; read them later without a network.',
  points: [
    'Search compares both words and meaning. Each result says why it is there: the left bar is meaning, the right bar words, and the nearest sentence stands below.',
    'Topics rank every paper and draw a line below which papers probably do not belong. Add your own by typing a sentence, and say of papers that they belong: the topic learns from them at once. What you say does not belong goes out.',
    'Groups are found in the papers themselves and named by their telling words.',
    'There is no server and no account. The model runs on this device, the papers are kept on this device, and nothing is sent unless you press a button that names a host.',
  ],

  welcome: {
    title: 'Papers, found by what they mean',
    try: 'Try',
    /** Things that the words of the shipped papers do not say in this form. */
    questions: [
      'shrink a language model for a phone',
      'vision without attention',
      'reduce storage of splat scenes with small networks',
    ],
    /** Each after its key; `and` stands between the two that walk. */
    keys: { search: ' searches, ', and: ' and ', walk: ' walk the list, ', all: ' shows all keys.' },
  },
  /** On a phone, above the list. */
  intro: {
    name: 'What this is',
    lead: 'A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean that; nothing you read or ask is sent.',
    dismiss: 'Got it',
  },
};
