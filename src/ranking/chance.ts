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
export function topicProbability({ text, like }: TopicFeatures, share: number = FITTED_SHARE): number {
  const evidenceOf = createEvidence(text !== undefined, like?.papers);
  const { z = Number.NaN, name = 0, words = 0 } = text ?? {};
  return chanceOf(evidenceOf(z, name, words, like?.z ?? Number.NaN, like?.words ?? 0) + oddsMovedBy(share));
}

/** Chances of many papers at once. @param evidence what speaks for each, as `createEvidence` tells it. */
export function probabilities(evidence: Float64Array, share: number): Float64Array<ArrayBuffer> {
  const moved = oddsMovedBy(share);
  const chances = new Float64Array(evidence.length);
  for (let i = 0; i < chances.length; i++) chances[i] = chanceOf((evidence[i] as number) + moved);
  return chances;
}

const oddsMovedBy = (share: number): number => logOdds(share) - logOdds(FITTED_SHARE);

/** What speaks for a paper, as a logarithm of odds where the weights were fitted. A z that is not known is NaN. */
export type EvidenceOf = (z: number, name: number, words: number, likeZ: number, likeWords: number) => number;

/**
 * @param text the topic has a name or a sentence.
 * @param papers that were liked; undefined where there are no examples.
 */
export function createEvidence(text: boolean, papers: number | undefined): EvidenceOf {
  const like = papers !== undefined;
  // By whether the one and the other z are known: a library of papers has the same few kinds.
  const [byWords, byLikeZ, byZ, byBoth] = [false, true].flatMap((z) =>
    [false, true].map((likeZ) => weightsOf(text, papers, z, likeZ)),
  ) as [Weights, Weights, Weights, Weights];
  const [aloneByWords, aloneByZ] = [false, true].map((z) => weightsOf(true, undefined, z, false)) as [
    Weights,
    Weights,
  ];
  const loss = like ? LOSS_BY_EXAMPLES * Math.log1p(papers) : 0;
  return (z, name, words, likeZ, likeWords) => {
    const known = text && !Number.isNaN(z);
    const knownLike = like && !Number.isNaN(likeZ);
    const own = known ? (knownLike ? byBoth : byZ) : knownLike ? byLikeZ : byWords;
    const byText = known ? z : 0;
    let evidence = own.constant + own.z * byText + own.likeZ * (knownLike ? likeZ : 0);
    if (text) evidence += own.name * name + own.words * words;
    if (like) evidence += own.likeWords * likeWords;
    if (!text || !like) return evidence;
    // What the sentence places well within the topic stays there, whatever few examples are like.
    const sole = known ? aloneByZ : aloneByWords;
    const said = sole.constant + sole.z * byText + sole.name * name + sole.words * words;
    return Math.max(evidence, said - loss);
  };
}

function weightsOf(text: boolean, papers: number | undefined, z: boolean, likeZ: boolean): Weights {
  // Examples that have no vectors yet say less than a sentence that has one.
  if (papers === undefined || (!likeZ && z && text))
    return z ? TOPIC_WEIGHTS.text.meaning : TOPIC_WEIGHTS.text.words;
  const { meaning, words } = TOPIC_WEIGHTS[text ? 'both' : 'examples'];
  if (!likeZ || (text && !z)) return words;
  const [one, three, ten] = FITTED_PAPERS;
  const counted = Math.min(ten, Math.max(one, papers));
  const [few, many] = counted < three ? [0, 1] : [1, 2];
  const [least, most] = [FITTED_PAPERS[few] as number, FITTED_PAPERS[many] as number];
  const share = Math.log(counted / least) / Math.log(most / least);
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

/**
 * The share of papers that belong, as the library itself tells it. Words alone are too rough to tell.
 * @param evidence for each paper that is known by meaning too.
 */
export function estimateShare(evidence: Float64Array): number {
  if (evidence.length === 0) return FITTED_SHARE;
  // A chance is a quotient of odds, so that a power is computed once a paper and not in each round.
  const odds = new Float64Array(evidence.length);
  for (let i = 0; i < odds.length; i++) odds[i] = Math.min(Math.exp(evidence[i] as number), Number.MAX_VALUE);
  let share = FITTED_SHARE;
  for (let round = 0; round < SHARE.rounds; round++) {
    const moved = Math.exp(oddsMovedBy(share));
    let sum = 0;
    for (let i = 0; i < odds.length; i++) sum += 1 - 1 / (1 + (odds[i] as number) * moved);
    const next = Math.min(SHARE.most, Math.max(SHARE.least, sum / odds.length));
    // At a bound, as a rule: it would stay there.
    if (next === share) break;
    share = next;
  }
  return share;
}

function chanceOf(logarithm: number): number {
  return 1 / (1 + Math.exp(-logarithm));
}

function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance));
}
