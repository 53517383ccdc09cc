/** The page about Sheaf: how to ask it. */
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
};
