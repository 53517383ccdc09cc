import { count } from './count.ts';

/** Days, weeks and months that are open, papers by date, and the digest of what is new. */
export const days = {
  kinds: { day: 'Day', week: 'Week', month: 'Month' },
  kindsLabel: 'How long',
  previous: (name: string) => `Before: ${name}`,
  next: (name: string) => `After: ${name}`,
  noPrevious: 'No papers before',
  noNext: 'No papers after',
  allDates: 'All dates',
  noSuch: {
    day: 'There is no such day',
    week: 'There is no such week',
    month: 'There is no such month',
  },
  howWritten: {
    day: 'A day is written as 2026-03-10.',
    week: 'A week is written as 2026-W11; a year has 52 or 53 of them, which begin on Monday.',
    month: 'A month is written as 2026-03.',
  },
  addressSays: (id: string) => `The address says “${id}”.`,
  none: (name: string) => `No papers: ${name}`,
  noneHelp: 'Papers stand under the day of the list that showed them, or their own date where no list says.',
  showAll: 'Show all papers',
  dates: {
    title: 'By date',
    about:
      'A paper counts for the day of the list that showed it, as Daily Papers has it, else for its own date. Weeks begin on Monday.',
    none: 'No paper here has a date yet.',
    withoutDay: (n: number) => `${count(n, 'paper')} without a day`,
    withoutMonth: (n: number, year: string) => `${count(n, 'paper')} of ${year} without a month`,
    withoutDate: (n: number) => `${count(n, 'paper')} without a date`,
    papers: (n: number) => count(n, 'paper'),
    wholeMonth: 'The whole month',
    weekShort: (week: number) => `Week ${week}`,
  },
  aboutTrending:
    'Dates of papers are their own. Most discussed counts upvotes, and each comment as two. Trending is those votes and one, divided by (days since the list + 2) to the power of 1.8: a paper of today needs under a third of the votes of one of two days ago.',
  noNews: {
    firstTitle: 'Nothing is new on a first visit',
    first: 'From the next visit on, papers that came since stand here, by the topics that you follow.',
    noneTitle: 'Nothing new',
    none: (since: string) =>
      `No paper has come since ${since}. A visit ends half an hour after you left the page.`,
  },

  digest: {
    title: 'Digest',
    fileTitle: (time: string) => `Papers by topic: ${time}`,
    about:
      'For each topic that you follow the papers of a time, surest and most talked about first. Nothing is sent: it is saved, printed or put into a letter by you.',
    time: 'Papers of',
    sinceVisit: (since: string | undefined) => (since ? `New since ${since}` : 'New since the last visit'),
    latest: { day: 'The latest day', week: 'The latest week', month: 'The latest month' },
    latestNamed: (what: string, name: string) => `${what}: ${name}`,
    sinceDate: 'Dated from',
    listed: 'What is asked in the list',
    since: (date: string) => `From ${date} on`,
    follow: 'Topics that you follow',
    noTopics: 'There is no topic yet. Add one beside the list by typing what it is about.',
    noneFollowed: 'You follow no topic. Choose one below.',
    nothing: 'No paper.',
    ranking: 'The papers are being ranked by your topics…',
    more: (n: number) => `${n.toLocaleString('en')} more`,
    rest: (n: number, topic: string) => `${n.toLocaleString('en')} more in ${topic}`,
    cut: (n: number) => `${count(n, 'paper')} more did not fit into this letter.`,
    saveHtml: 'Save as HTML',
    saveMarkdown: 'Save as Markdown',
    mail: 'Write a mail',
    print: 'Print',
    tell: {
      title: 'Be told',
      button: 'Tell me about new papers',
      stop: 'Stop telling me',
      on: 'When papers arrive while this page is out of sight, one notification counts them by topic.',
      limits:
        'There is no server, so nothing comes while Sheaf is closed: leave it open in a tab. It looks at this site’s list every hour then.',
      refused:
        'This browser does not allow notifications of this site. Allow them beside the address, or in the browser’s settings, and press again.',
      unavailable: 'This browser has no notifications for pages such as this one.',
      heading: (n: number) => `${count(n, 'paper')} new in Sheaf`,
      none: 'None of your topics.',
    },
  },
};
