import type { KeywordIndex } from '../words/keyword.ts';
import { isStopWord, tokenize } from '../words/terms.ts';
import { createEvidence, estimateShare, probabilities, type TopicFeatures } from './chance.ts';
import { inOrder } from './columns.ts';
import type { Likeness } from './similar.ts';
import {
  type FeatureColumns,
  featuresAt,
  SAID,
  type TopicColumns,
  type TopicScores,
  topicScoresOf,
} from './topicColumns.ts';

export type { TopicScore, TopicScores } from './topicColumns.ts';

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
  const columns = featureColumns(topic, ids, keyword, z, likeness);
  return ids.map((_, place) => featuresAt(columns, place));
}

function featureColumns(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
  likeness: Likeness | undefined,
): FeatureColumns {
  const slots = keyword.slotsOf(ids);
  const coverages = (asked: string) =>
    inOrder(
      { slots, columns: keyword.searchColumns(asked, { forgiving: false, telling: false }) },
      'coverage',
    );
  const text = topicText(topic) !== '';
  const told = () => coverages(tellingWords(topic.sentence, keyword, TELLING_WORDS).join(' '));
  return {
    ...(text ? { text: { ...(z ? { z } : {}), name: coverages(topic.name), words: told() } } : {}),
    ...(likeness
      ? {
          like: {
            ...(likeness.meaning ? { z: likeness.meaning.z } : {}),
            words: inOrder(likeness.words),
            papers: topic.liked?.length ?? 0,
          },
        }
      : {}),
  };
}

/** What speaks for each paper. Columns that are not there are made: asking for each number whether it is costs three times as much. */
function evidenceOf({ text, like }: FeatureColumns, papers: number): Float64Array {
  const tell = createEvidence(text !== undefined, like?.papers);
  const evidence = new Float64Array(papers);
  const unknown = () => new Float32Array(papers).fill(Number.NaN);
  const none = new Float64Array(papers);
  const [z, likeZ] = [text?.z ?? unknown(), like?.z ?? unknown()];
  const [name, words, likeWords] = [text?.name ?? none, text?.words ?? none, like?.words ?? none];
  for (let place = 0; place < papers; place++) {
    evidence[place] = tell(
      z[place] as number,
      name[place] as number,
      words[place] as number,
      likeZ[place] as number,
      likeWords[place] as number,
    );
  }
  return evidence;
}

/** Scores all papers for a topic. Papers without a vector are judged by words, those of which the reader has said it by that. */
export function scoreTopic(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
  likeness?: Likeness,
): TopicScores {
  return topicScoresOf(scoreTopicColumns(topic, ids, keyword, z, likeness), ids);
}

/** The same in columns. */
export function scoreTopicColumns(
  topic: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
  z: Float32Array | undefined,
  likeness?: Likeness,
): TopicColumns {
  const features = featureColumns(topic, ids, keyword, z, likeness);
  const evidence = evidenceOf(features, ids.length);
  const said = saidOf(topic, ids, keyword);
  const byMeaning = (features.text ?? features.like)?.z;
  const chances = probabilities(evidence, estimateShare(knownOf(evidence, said, byMeaning)));
  for (let place = 0; place < said.length; place++) {
    if (said[place] !== SAID.nothing) chances[place] = said[place] === SAID.liked ? 1 : 0;
  }
  const evident = z || likeness?.meaning ? 'both' : 'words';
  return { id: topic.id, evidence: evident, chances, said, features };
}

/** The evidence of papers that have a vector and of which nothing was said. */
function knownOf(evidence: Float64Array, said: Uint8Array, z: Float32Array | undefined): Float64Array {
  if (!z) return new Float64Array(0);
  const known = new Float64Array(evidence.length);
  let count = 0;
  for (let place = 0; place < evidence.length; place++) {
    if (said[place] === SAID.nothing && !Number.isNaN(z[place])) known[count++] = evidence[place] as number;
  }
  return known.subarray(0, count);
}

/** By slots of the index: looking up each of a hundred thousand ids would take longer than the scan of the vectors. */
function saidOf(
  { liked = [], disliked = [] }: TopicQuery,
  ids: readonly string[],
  keyword: KeywordIndex,
): Uint8Array<ArrayBuffer> {
  const said = new Uint8Array(ids.length);
  if (liked.length + disliked.length === 0) return said;
  const bySlot = new Map<number, number>();
  const say = (papers: readonly string[], what: number) => {
    for (const id of papers) bySlot.set(keyword.slotOf(id) ?? -1, what);
  };
  say(liked, SAID.liked);
  // Who says both means no.
  say(disliked, SAID.disliked);
  bySlot.delete(-1);
  const slots = keyword.slotsOf(ids);
  let most = -1;
  for (const slot of bySlot.keys()) most = Math.max(most, slot);
  const marked = new Uint8Array(most + 1);
  for (const [slot, what] of bySlot) marked[slot] = what;
  for (let place = 0; place < said.length; place++)
    said[place] = marked[slots[place] as number] ?? SAID.nothing;
  return said;
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
