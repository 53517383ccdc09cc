import { count } from './count.ts';

/** What is on, what is kept and what is under way: the foot of the sidebar, and what becomes of models. */
export const status = {
  byWords: 'Search by words is on',
  byMeaning: 'Search by meaning is on',
  wordsOnly: 'Search by words only',
  starting: 'Meaning is starting.',
  engineNotLoaded: 'The part of Sheaf that runs models could not be loaded. Reload this page to try again.',
  tryAgain: 'Try again',
  goOn: 'Go on',
  stop: 'Stop',

  modelName: 'Loading the model',
  modelLoading: (done: string, total: string) => `Loading the model: ${done} of ${total}.`,
  modelStarting: 'Starting the model…',
  reading: 'Reading for meaning',
  readingName: 'Reading papers for meaning',
  /** @param left empty where it is not known. */
  readingAt: (done: number, total: number, perSecond: number, left: string) =>
    `${done.toLocaleString('en')} of ${count(total, 'paper')}, ${perSecond.toLocaleString('en')} a second, ${left}.`,
  stopped: 'Reading stopped',
  stoppedAt: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${count(total, 'paper')} read.`,

  kept: (papers: number) => `${count(papers, 'paper')} kept on this device.`,
  notKept: (papers: number) => `${count(papers, 'paper')} here until you close the page.`,
  nothingSent: 'Nothing you read or ask is sent.',
  /** While a large list is open, be it at the site's own host. */
  asks: (host: string) => `Searches ask ${host} for parts of a list; nothing else is sent.`,
  offline: {
    preparing: 'Getting ready for offline.',
    unavailable: (why: string) => why,
    works: 'Works offline.',
    notAll: 'Opens offline, but not all of it could be kept.',
  },

  /** The better model, which takes over when it has read every paper. */
  better: {
    /** Before its own name is known. */
    nameless: 'The better model',
    answers: (name: string) => `${name} answers.`,
    answersForNow: (name: string) => `${name} answers for now.`,
    starting: (name: string) => `${name}, which knows more, is starting.`,
    loading: (name: string, done: string, total: string) =>
      `${name}, which knows more, is loading: ${done} of ${total}.`,
    loadingName: (name: string) => `${name} is loading`,
    /** @param left empty where it is not known. */
    reading: (name: string, done: number, total: number, left: string) =>
      `${name} reads: ${done.toLocaleString('en')} of ${count(total, 'paper')}, ${left}.`,
    readingName: (name: string) => `${name} reads the papers`,
    stopped: (name: string) => `${name} was stopped.`,
    failed: (name: string, why: string) => `${name} is not in use: ${why}`,
  },

  /** Another model, on its way by the reader's wish. */
  download: {
    name: (name: string) => `Loading ${name}`,
    /** @param total absent where the place does not say. */
    at: (name: string, done: string, total: string | undefined) =>
      `Loading ${name}: ${done}${total === undefined ? '' : ` of ${total}`}.`,
    failed: (why: string) => `${why} The model in use stays.`,
  },
  /** @param why a sentence on the device that failed. */
  deviceReplaced: (why: string) =>
    `${why} What it had not read is read again, and nothing is lost. The Model page says where the model runs now.`,
  siteModelInstead: (why: string) =>
    `${why} The site’s own model is used; choose yours again on the Model page.`,
  noModel: 'No model is open yet. Wait for it, or choose one.',
};
