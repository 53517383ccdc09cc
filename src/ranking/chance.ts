/** What the chance that a paper belongs to a topic is computed from. */
export interface TopicFeatures {
  /** What the topic's name and sentence say of the paper; absent without either. */
  readonly text?: {
    /** Standard deviations of the paper's similarity above the background; absent without a vector. */
    readonly z?: number;
    /** Share of the idf mass of the topic's name that the paper has, 0 to 1. */
    readonly name: number;
    /** The same for the telling words of its sentence. */
    readonly words: number;
  };
  /** How like the liked papers and unlike the disliked ones it is; absent without any. */
  readonly like?: {
    /** Standard deviations above the background, along the direction in which the examples lie. */
    readonly z?: number;
    /** By words: 1 for a paper like each of the liked as that is like itself. */
    readonly words: number;
    /** How many papers are liked. */
    readonly papers: number;
  };
}

interface Weights {
  readonly z: number;
  readonly name: number;
  readonly words: number;
  readonly likeZ: number;
  readonly likeWords: number;
  readonly constant: number;
}

/**
 * Weights of the logistic regression, by what is known: the topic's text, papers like it, or both. `meaning` was
 * fitted with the site's better model on the fitting half of 176 judged topics, each topic's papers among twenty times as many others, with one,
 * three and ten of its papers as examples; between and beyond these by the logarithm of their number (npm run
 * bench:topics prints the weights and how true the chances are). `words`, for papers without vectors, was set by
 * hand and is rougher.
 */
export const TOPIC_WEIGHTS = {
  text: {
    meaning: { z: 1.06, name: 0.63, words: 0.63, likeZ: 0, likeWords: 0, constant: -4.8 },
    words: { z: 0, name: 3, words: 5, likeZ: 0, likeWords: 0, constant: -4 },
  },
  examples: {
    meaning: [
      { z: 0, name: 0, words: 0, likeZ: 1.09, likeWords: 8.1, constant: -5.77 },
      { z: 0, name: 0, words: 0, likeZ: 0.9, likeWords: 18.7, constant: -6.86 },
      { z: 0, name: 0, words: 0, likeZ: 0.75, likeWords: 30.3, constant: -7.27 },
    ],
    words: { z: 0, name: 0, words: 0, likeZ: 0, likeWords: 30, constant: -4.5 },
  },
  both: {
    meaning: [
      { z: 0.53, name: 0.57, words: 0.57, likeZ: 0.78, likeWords: 5.2, constant: -6.02 },
      { z: 0.34, name: 0.53, words: 0.53, likeZ: 0.74, likeWords: 14.9, constant: -6.93 },
      { z: 0.15, name: 0.4, words: 0.4, likeZ: 0.7, likeWords: 26.3, constant: -7.25 },
    ],
    words: { z: 0, name: 2, words: 3, likeZ: 0, likeWords: 15, constant: -4.5 },
  },
} as const;

/** Numbers of liked papers that the weights were fitted with. */
const FITTED_PAPERS = [1, 3, 10] as const;

/**
 * Most evidence (logarithm of odds) that examples take from what the sentence gives, times ln(1 + papers): one takes
 * a fifth of the odds, ten half. Set by hand, so that one Yes in the shipped list does not empty a topic.
 */
const LOSS_BY_EXAMPLES = 0.3;

/** Share of papers that belonged where the weights were fitted. */
const FITTED_SHARE = 1 / 21;
/**
 * A library holds more or fewer papers of a topic than the judged data did, which moves every chance alike. Its
 * share is found from the library itself by expectation and maximization (Saerens, Latinne, Decaestecker 2002),
 * within narrow bounds: below, a topic that nothing fits would rise by chance; above, a narrow library in which all
 * is somewhat near would belong whole; and papers that have nothing to do with a topic should hardly move its line.
 * Of the shipped list's 47 papers 21 are above the line of compact models.
 */
const SHARE = { least: 0.08, most: 0.15, rounds: 30 } as const;

/** A paper belongs from this chance on: as likely as not. */
export const TOPIC_LINE = 0.5;

/**
 * The calibrated chance that a paper belongs.
 * @param share of the library's papers that belong; by default as where the weights were fitted.
 */
export function topicProbability(features: TopicFeatures, share: number = FITTED_SHARE): number {
  const { text, like } = features;
  let evidence = evidenceOf(features);
  // What the sentence places well within the topic stays there, whatever few examples are like.
  if (text && like)
    evidence = Math.max(evidence, evidenceOf({ text }) - LOSS_BY_EXAMPLES * Math.log1p(like.papers));
  return chanceOf(evidence + logOdds(share) - logOdds(FITTED_SHARE));
}

function evidenceOf(features: TopicFeatures): number {
  const { text, like } = features;
  const weights = weightsOf(features);
  return (
    weights.z * (text?.z ?? 0) +
    weights.name * (text?.name ?? 0) +
    weights.words * (text?.words ?? 0) +
    weights.likeZ * (like?.z ?? 0) +
    weights.likeWords * (like?.words ?? 0) +
    weights.constant
  );
}

function weightsOf({ text, like }: TopicFeatures): Weights {
  // Examples that have no vectors yet say less than a sentence that has one.
  if (!like || (like.z === undefined && text?.z !== undefined))
    return text?.z === undefined ? TOPIC_WEIGHTS.text.words : TOPIC_WEIGHTS.text.meaning;
  const { meaning, words } = TOPIC_WEIGHTS[text ? 'both' : 'examples'];
  if (like.z === undefined || (text && text.z === undefined)) return words;
  const [one, three, ten] = FITTED_PAPERS;
  const papers = Math.min(ten, Math.max(one, like.papers));
  const [few, many] = papers < three ? [0, 1] : [1, 2];
  const [least, most] = [FITTED_PAPERS[few] as number, FITTED_PAPERS[many] as number];
  const share = Math.log(papers / least) / Math.log(most / least);
  return between(meaning[few] as Weights, meaning[many] as Weights, share);
}

function between(a: Weights, b: Weights, share: number): Weights {
  const at = (name: keyof Weights) => a[name] + share * (b[name] - a[name]);
  return {
    z: at('z'),
    name: at('name'),
    words: at('words'),
    likeZ: at('likeZ'),
    likeWords: at('likeWords'),
    constant: at('constant'),
  };
}

/** The share of papers that belong, as the library itself tells it. Words alone are too rough to tell. */
export function estimateShare(features: readonly TopicFeatures[]): number {
  const known = features.filter(hasMeaning);
  if (known.length === 0) return FITTED_SHARE;
  const fitted = known.map((found) => logOdds(topicProbability(found)));
  let share = FITTED_SHARE;
  for (let round = 0; round < SHARE.rounds; round++) {
    const moved = logOdds(share) - logOdds(FITTED_SHARE);
    const mean = fitted.reduce((sum, odds) => sum + chanceOf(odds + moved), 0) / fitted.length;
    share = Math.min(SHARE.most, Math.max(SHARE.least, mean));
  }
  return share;
}

/** Whether its chance is by meaning too. */
function hasMeaning({ text, like }: TopicFeatures): boolean {
  return (text ?? like)?.z !== undefined;
}

function chanceOf(logarithm: number): number {
  return 1 / (1 + Math.exp(-logarithm));
}

function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance));
}
