import type { KeywordIndex } from './keyword.ts';
import { isStopWord, tokenize } from './terms.ts';

/** What is asked of a topic. */
export interface TopicQuery {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  /** Unit vector of name and sentence, once the model is up. */
  readonly vector?: Float32Array | undefined;
}

export interface TopicScore {
  /** The paper. */
  readonly id: string;
  /** Chance that the paper belongs to the topic, 0 to 1. */
  readonly probability: number;
  /** On or above the line. A paper can belong to several topics or to none. */
  readonly belongs: boolean;
  /** What it was judged by. */
  readonly features: TopicFeatures;
}

export interface TopicScores {
  readonly id: string;
  /** `words` while there are no vectors: the chances are then rougher. */
  readonly evidence: 'words' | 'both';
  /** All papers, likeliest first. */
  readonly papers: readonly TopicScore[];
}

/** What a topic's chance is computed from. */
export interface TopicFeatures {
  /** Standard deviations of the paper's similarity above the background; absent without a vector. */
  readonly z?: number;
  /** Share of the idf mass of the topic's name that the paper has, 0 to 1. */
  readonly name: number;
  /** The same for the telling words of its sentence. */
  readonly words: number;
}

/**
 * Weights of the logistic regression. With meaning: fitted on half of 176 judged topics, each topic's papers
 * among twenty times as many others; on the other half stated and found chances agree within 0.02 up to a
 * stated 0.5, and the stated ones are up to 0.16 too high above (tests/bench/topics.bench.ts prints both).
 * By words alone: set by hand, and rougher.
 */
export const TOPIC_WEIGHTS = {
  both: { z: 0.98, name: 0.82, words: 0.82, constant: -4.9 },
  words: { z: 0, name: 3, words: 5, constant: -4 },
} as const;

/** Share of papers that belonged where the weights were fitted. */
const FITTED_SHARE = 1 / 21;
/**
 * A library holds more or fewer papers of a topic than the judged data did, which moves every chance alike. Its
 * share is found from the library itself by expectation and maximization (Saerens, Latinne, Decaestecker 2002),
 * within narrow bounds: below, a topic that nothing fits would rise by chance; above, a narrow library in which all
 * is somewhat near would belong whole; and papers that have nothing to do with a topic should hardly move its line.
 * Of the shipped list's compact models 20 are above the line at the upper bound and 14 at the lower one.
 */
const SHARE = { least: 0.08, most: 0.15, rounds: 30 } as const;

/** A paper belongs from this chance on: as likely as not. */
export const TOPIC_LINE = 0.5;

/** A topic's sentence is read for its rarest words; the others say little. */
const TELLING_WORDS = 12;

/** A topic is named by its sentence's beginning, up to this many characters. */
const NAME_LENGTH = 28;

/** The name of a topic that was given none: its sentence, cut between words where it is long. */
export function nameTopic(sentence: string): string {
  if (sentence.length <= NAME_LENGTH) return sentence;
  const cut = sentence.slice(0, NAME_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), NAME_LENGTH / 2)).replace(/[,;:.]$/, '')}…`;
}

/**
 * The calibrated chance that a paper belongs.
 * @param share of the library's papers that belong; by default as where the weights were fitted.
 */
export function topicProbability(features: TopicFeatures, share: number = FITTED_SHARE): number {
  const weights = features.z === undefined ? TOPIC_WEIGHTS.words : TOPIC_WEIGHTS.both;
  const evidence =
    weights.z * (features.z ?? 0) +
    weights.name * features.name +
    weights.words * features.words +
    weights.constant;
  return chanceOf(evidence + logOdds(share) - logOdds(FITTED_SHARE));
}

/** The share of papers that belong, as the library itself tells it. Words alone are too rough to tell. */
export function estimateShare(features: readonly TopicFeatures[]): number {
  const known = features.filter(({ z }) => z !== undefined);
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

function chanceOf(logarithm: number): number {
  return 1 / (1 + Math.exp(-logarithm));
}

function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance));
}

/**
 * The features of every paper, in the order of `ids`. `z` runs over the same papers; NaN, or no
 * array, where there is no vector.
 */
export function topicFeatures(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
): TopicFeatures[] {
  const named = coverages(keyword, topic.name);
  const told = coverages(keyword, tellingWords(topic.sentence, keyword, TELLING_WORDS).join(' '));
  return ids.map((id, index) => {
    const above = z?.[index];
    const known = above !== undefined && !Number.isNaN(above);
    return { ...(known ? { z: above } : {}), name: named.get(id) ?? 0, words: told.get(id) ?? 0 };
  });
}

/** Scores all papers for a topic. Papers without a vector are judged by words. */
export function scoreTopic(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
): TopicScores {
  const features = topicFeatures(topic, ids, keyword, z);
  const share = estimateShare(features);
  const papers = ids.map((id, index): TopicScore => {
    const found = features[index] as TopicFeatures;
    const probability = topicProbability(found, share);
    return { id, probability, belongs: probability >= TOPIC_LINE, features: found };
  });
  papers.sort((a, b) => b.probability - a.probability);
  return { id: topic.id, evidence: z ? 'both' : 'words', papers };
}

/** The rarest words of a text that the library has at all, rarest first. */
export function tellingWords(text: string, keyword: KeywordIndex, count: number): string[] {
  const words = new Map<string, string>();
  for (const { term, word, joined } of tokenize(text)) {
    if (!joined && !isStopWord(word) && keyword.papersWith(term) > 0 && !words.has(term))
      words.set(term, word);
  }
  return [...words]
    .sort(([a], [b]) => keyword.papersWith(a) - keyword.papersWith(b))
    .slice(0, count)
    .map(([, word]) => word);
}

function coverages(keyword: KeywordIndex, text: string): Map<string, number> {
  const { matches } = keyword.search(text, { forgiving: false });
  return new Map(matches.map(({ id, coverage }) => [id, coverage]));
}
