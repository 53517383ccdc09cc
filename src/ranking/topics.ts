import type { KeywordIndex } from '../words/keyword.ts';
import { isStopWord, tokenize } from '../words/terms.ts';
import { estimateShare, TOPIC_LINE, type TopicFeatures, topicProbability } from './chance.ts';
import { inOrder } from './columns.ts';
import type { Likeness } from './similar.ts';

/** What is asked of a topic. */
export interface TopicQuery {
  readonly id: string;
  /** Name and sentence may be empty where papers say what the topic is about. */
  readonly name: string;
  readonly sentence: string;
  /** Papers that the reader said belong, and papers that do not. */
  readonly liked?: readonly string[] | undefined;
  readonly disliked?: readonly string[] | undefined;
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
  /** The reader said so: its chance is 1 or 0. */
  readonly said?: 'liked' | 'disliked';
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

/** What is embedded of a topic; empty where only papers say what it is about. */
export function topicText({ name, sentence }: Pick<TopicQuery, 'name' | 'sentence'>): string {
  return [name, sentence].filter(Boolean).join('. ');
}

/** A topic's sentence is read for its rarest words; the others say little. */
const TELLING_WORDS = 12;

/** A topic is named by its sentence's beginning, up to this many characters. */
const NAME_LENGTH = 28;

/** The name of a topic that was given none: its sentence, cut between words where it is long. */
export function nameTopic(sentence: string): string {
  if (sentence.length <= NAME_LENGTH) return sentence;
  // A word that ends exactly at the limit is whole.
  const cut = sentence.slice(0, NAME_LENGTH + 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), NAME_LENGTH / 2)).replace(/(?<=\S)[\s,;:./–—-]+$/u, '')}…`;
}

/**
 * The features of every paper, in the order of `ids`. `z` runs over the same papers; NaN, or no
 * array, where there is no vector.
 * @param likeness to the papers that were liked and disliked, where there are any.
 */
export function topicFeatures(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
  likeness?: Likeness,
): TopicFeatures[] {
  const text = topicText(topic) !== '';
  const slots = keyword.slotsOf(ids);
  const coverages = (asked: string) =>
    inOrder({ slots, columns: keyword.searchColumns(asked, { forgiving: false }) }, 'coverage');
  const named = coverages(topic.name);
  const told = coverages(tellingWords(topic.sentence, keyword, TELLING_WORDS).join(' '));
  const shared = likeness && inOrder(likeness.words);
  const papers = topic.liked?.length ?? 0;
  const known = (scores: Float32Array | undefined, index: number) => {
    const above = scores?.[index];
    return above === undefined || Number.isNaN(above) ? {} : { z: above };
  };
  return ids.map((_, index) => ({
    ...(text
      ? { text: { ...known(z, index), name: named[index] as number, words: told[index] as number } }
      : {}),
    ...(likeness
      ? { like: { ...known(likeness.meaning?.z, index), words: shared?.[index] ?? 0, papers } }
      : {}),
  }));
}

/** Scores all papers for a topic. Papers without a vector are judged by words, those of which the reader has said it by that. */
export function scoreTopic(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
  likeness?: Likeness,
): TopicScores {
  const features = topicFeatures(topic, ids, keyword, z, likeness);
  const liked = new Set(topic.liked);
  const disliked = new Set(topic.disliked);
  const unsaid = features.filter(
    (_, index) => !liked.has(ids[index] as string) && !disliked.has(ids[index] as string),
  );
  const share = estimateShare(unsaid);
  const papers = ids.map((id, index): TopicScore => {
    const found = features[index] as TopicFeatures;
    const said = disliked.has(id) ? 'disliked' : liked.has(id) ? 'liked' : undefined;
    if (said) {
      return { id, probability: said === 'liked' ? 1 : 0, belongs: said === 'liked', said, features: found };
    }
    const probability = topicProbability(found, share);
    return { id, probability, belongs: probability >= TOPIC_LINE, features: found };
  });
  papers.sort((a, b) => b.probability - a.probability);
  return { id: topic.id, evidence: z || likeness?.meaning ? 'both' : 'words', papers };
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
