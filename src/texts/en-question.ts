/** What is wrong with a filter that was typed. */
export const question = {
  noFilter: (typed: string, meant: string) => `There is no filter ${typed}:; did you mean ${meant}:?`,
  tooLong: (most: number) => `Only the first ${most.toLocaleString('en')} characters are asked for.`,
  category: 'cat: wants an arXiv category or its beginning, such as cat:cs.CV or cat:cs.',
  date: (field: string) =>
    `${field}: wants a date, such as ${field}:2026-03 or ${field}:2026-03-10, or a time ago, such as ${field}:7d.`,
  number: (field: string) => `${field}: wants a number, such as ${field}:>3 or ${field}:0.`,
  sortTurned: 'sort: cannot be turned round; there is sort:oldest.',
  noChoice: (field: string, typed: string, choices: readonly string[]) =>
    `${field}: knows ${choices.slice(0, -1).join(', ')} and ${choices.at(-1)}, not “${typed}”.`,
};
