import { count } from './count.ts';

/** Topics, groups, and papers that tell of one work. */
export const topics = {
  edit: 'Edit this topic',
  none: 'This topic is not here',
  noneWhy: 'The link names a topic that is not on this device, or was removed.',
  all: 'Topics',
  allWhy: 'Choose one to see what it has learned, to give it other words, to merge, split or share it.',
  hiddenHeading: 'Hidden',
  bringBack: 'Bring back',
  broughtBack: (name: string) => `${name} is back.`,
  name: 'Name',
  sentence: 'What it is about, in a sentence',
  sentenceWhy: 'Papers are ranked by this and by your examples.',
  save: 'Save',
  saved: (name: string) => `${name} has its new words.`,
  needsWords: 'A topic needs a name and a sentence.',
  siteWords: 'Back to the site’s own words',
  siteWordsDone: (name: string) => `${name} has the site’s words again.`,
  undo: 'Undo',

  learned: 'What it has learned',
  nothingLearned:
    'Nothing yet: it goes by its sentence. Open one of its papers and say whether it belongs; it learns at once.',
  looking: 'Looking…',
  notFound:
    'This could not be found out now. It is tried again with the next thing that you say, and when this page is opened again.',
  examples: (yes: number, no: number) =>
    `From ${count(yes, 'paper')} that you said ${yes === 1 ? 'belongs' : 'belong'}${no > 0 ? ` and ${no.toLocaleString('en')} that ${no === 1 ? 'does' : 'do'} not` : ''}.`,
  effect: (came: number, went: number) => {
    if (came + went === 0) return 'Together they have moved no other paper over the line so far.';
    const parts = [
      came > 0 ? `${count(came, 'paper')} came in` : '',
      went > 0 ? `${came > 0 ? went.toLocaleString('en') : count(went, 'paper')} went out` : '',
    ].filter(Boolean);
    return `Since your examples ${parts.join(' and ')}.`;
  },
  onlyNo: 'By papers that do not belong alone a topic learns nothing but these: say of one that it belongs.',
  strengths: { 3: 'Strongly for it', 2: 'Clearly for it', 1: 'A little for it' } as const,
  against: 'Against it',
  wordsHeading: 'Telling words',
  cameIn: 'Came in',
  wentOut: 'Went out',
  because: (title: string) => `near “${title}”`,
  more: (n: number) => `and ${n.toLocaleString('en')} more`,
  yes: 'Belongs',
  no: 'Does not belong',
  takeBack: 'Take back',
  takeBackOf: (title: string) => `Take back what you said of ${title}`,
  takenBack: (topic: string) => `Taken back: what you said of this paper in ${topic}.`,
  missing: 'A paper that is not here',
  exampleEffect: (came: number, went: number) => {
    const parts = [
      came > 0 ? `brings ${count(came, 'paper')} in` : '',
      went > 0 ? `takes ${count(went, 'paper')} out` : '',
    ].filter(Boolean);
    return parts.length > 0 ? `beside the others ${parts.join(' and ')}` : 'moves no other paper';
  },

  order: 'Place in the list',
  up: 'Move up',
  down: 'Move down',
  upKeys: 'In the list: Alt with the arrow keys.',

  merge: 'Merge',
  mergeWhy: 'Another topic takes what you said here, and this one goes. What you said there stays.',
  mergeInto: 'Merge into',
  mergeChoose: 'Choose a topic…',
  mergeSentence: 'The sentence of the topic that stays',
  mergeKeep: 'Its own',
  mergeBoth: 'Both, one after the other',
  mergeDo: 'Merge',
  merged: (from: string, into: string) => `${from} is now part of ${into}.`,

  split: 'Split in two',
  splitWhy: 'Its papers are parted by what sets them apart. You see both parts before anything is changed.',
  splitLook: 'See the two parts',
  splitWaits: 'Parts are found by meaning, which is not ready yet.',
  splitCannot: 'There are too few papers in this topic, or they are too much alike, to part them.',
  splitPart: (name: string, at: number) => `${name}, part ${at}`,
  splitName: (at: number) => `Name of part ${at}`,
  splitSentence: (words: readonly string[], of: string) => {
    const text = words.join(', ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}: a part of ${of}.`;
  },
  splitDo: 'Make these two topics',
  splitGoes: (name: string) => `${name} goes. Each part learns from its most central papers.`,
  splitDone: (name: string, a: string, b: string) => `${name} was split into ${a} and ${b}.`,
  cancel: 'Cancel',

  share: 'Share',
  shareWhy: 'A link carries the name, the sentence and your examples. Nothing is sent: you pass it on.',
  copy: 'Copy link',
  copied: 'The link is copied.',
  copyByHand: 'The link could not be copied. It is marked: copy it by hand.',
  link: 'Link to this topic',
  shareBy: 'Share…',
  shareCut: (n: number) =>
    `A link cannot carry everything: ${n.toLocaleString('en')} of your examples ${n === 1 ? 'is' : 'are'} left out.`,
  sharedTitle: 'A topic was shared with you',
  sharedExamples: (all: number, here: number) => {
    if (all === 0) return 'It comes without examples.';
    if (here === all)
      return `It comes with ${all === 1 ? 'an example, which is' : `${all} examples, which are all`} here.`;
    const rest = all - here;
    return `It comes with ${all} example${all === 1 ? '' : 's'} of which ${here.toLocaleString('en')} ${here === 1 ? 'is' : 'are'} here; the other${rest === 1 ? '' : 's'} count${rest === 1 ? 's' : ''} as soon as the paper is added.`;
  },
  sharedAdd: 'Add this topic',
  sharedAdded: (name: string) => `The topic ${name} was added.`,
  sharedNo: 'No, thank you',
  sharedKnown: (name: string) => `You have a topic with these very words: ${name}.`,
  sharedBroken: 'This link is broken',
  sharedSafe: 'Nothing was changed. Ask for the link again; it may have been cut on its way.',
  problems: {
    empty: 'It carries no topic.',
    name: 'It carries a topic without a name.',
    sentence: 'It carries a topic without a sentence, so that there is nothing to rank by.',
    longName: 'Its name is longer than 60 characters.',
    longSentence: 'Its sentence is longer than 1,000 characters.',
    examples: 'It carries examples that are no arXiv ids or titles.',
  },

  remove: 'Remove this topic',
  removed: (name: string) => `The topic “${name}” was removed.`,
  hide: 'Hide this topic',
  hideWhy: 'It is one of the site’s: it can be brought back at any time.',
  hidden: (name: string) => `${name} is hidden.`,

  group: {
    failed: (why: string) => `The groups could not be made or kept. ${why}`,
    rename: 'Rename',
    name: 'Name of the group',
    save: 'Save',
    found: 'Back to the found name',
    named: (name: string) => `The group is now called ${name}.`,
    unnamed: (name: string) => `The group has its found name again: ${name}.`,
    makeTopic: 'Make this a topic',
    made: (name: string) => `${name} is a topic now. It learns from the papers in the middle of the group.`,
    other: 'Papers that lie far from the middle of every group.',
    sentence: (words: readonly string[]) => {
      const text = words.join(', ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    },
  },

  twins: {
    show: (n: number) => `${n} versions`,
    /** What can be read on the button is in both names: it is how it is called by voice. */
    showName: (n: number, title: string) => `Show all ${n} versions of ${title}`,
    foldName: (n: number, title: string) => `${n} versions of ${title}: show only the newest`,
    also: 'Also here as:',
    notSame: 'Not the same',
    notSameName: (title: string) => `Not the same as ${title}`,
    parted: 'They stand apart from now on.',
  },

  gone: 'This topic is not here any more.',
  notOfSite: 'The site has no such topic.',
};
