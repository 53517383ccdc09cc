import { count } from './count.ts';

/** `1st`, `12th`, `23rd`. */
function ordinal(n: number): string {
  const rest = n % 100;
  const ending = rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

/** An open paper: its bar, facts, marks and topics, why it was found, and how to take it away. */
export const paper = {
  bar: {
    name: 'This paper',
    similar: 'Similar papers',
    remove: 'Remove',
    removed: (title: string) => `“${title}” was removed.`,
    previous: 'Previous paper (k)',
    next: 'Next paper (j)',
    close: 'Close the paper',
  },
  noAbstract: 'This paper came without an abstract.',
  cut: (tokens: number | undefined) =>
    `The abstract is longer than the model reads (${tokens} pieces of words): its end took no part in search by meaning.`,
  nearest: 'Nearest papers',
  elsewhere: 'Elsewhere',
  cite: 'Cite or save this paper',

  marks: {
    name: (title: string) => `Marks of “${title}”`,
    star: 'Star',
    starred: 'Starred',
    markRead: 'Mark as read',
    read: 'Read',
    told: {
      starred: { on: 'Starred.', off: 'No longer starred.' },
      read: { on: 'Marked as read.', off: 'Marked as unread.' },
    },
  },

  why: {
    heading: 'Why this paper',
    isTitle: 'Your words are its title.',
    isIdentifier: 'Your words are its identifier.',
    noMeaning: 'Meaning has not been compared yet.',
    noWords: 'None of your words stand in it.',
    byMeaning: (rank: number) => `${ordinal(rank)} by meaning`,
    /** @param shared by words that it shares with another paper. @param listed the words follow. */
    byWords: (rank: number, shared: boolean, listed: boolean) =>
      `${ordinal(rank)} by ${shared ? 'shared words' : 'words'}${listed ? ': ' : ''}`,
  },

  opinions: {
    heading: 'Which topics does it belong to?',
    yes: 'Yes',
    yesTo: (topic: string) => `Yes, it belongs to ${topic}`,
    no: 'No',
    noTo: (topic: string) => `No, it does not belong to ${topic}`,
    another: 'Another topic',
    choose: 'Another topic…',
    belongs: 'It belongs',
    told: {
      liked: (topic: string) => `You said that it belongs to ${topic}.`,
      disliked: (topic: string) => `You said that it does not belong to ${topic}.`,
    },
  },

  takeAway: {
    format: 'Format',
    save: 'Save as a file',
    copy: 'Copy',
    copied: (n: number, format: string) => `${count(n, 'paper')} copied as ${format}.`,
    noCopy: 'This browser does not let the page copy.',
    beginning: (format: string) => `The beginning, as ${format}`,
  },
};
