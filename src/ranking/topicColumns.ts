import { orderByScore } from '../vector/order.ts';
import { TOPIC_LINE, type TopicFeatures } from './chance.ts';

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
  /** Those on or above the line: of a hundred thousand most are not, and need not be made to be counted. */
  readonly belonging: readonly TopicScore[];
}

/** The features of all papers, by their places in the library's order; z is NaN for a paper without a vector. */
export interface FeatureColumns {
  readonly text?: {
    readonly z?: Float32Array;
    readonly name: Float64Array;
    readonly words: Float64Array;
  };
  readonly like?: {
    readonly z?: Float32Array;
    readonly words: Float64Array;
    /** How many papers are liked. */
    readonly papers: number;
  };
}

/**
 * A topic's scores in columns: what a worker sends. A hundred thousand papers took a second and a half as objects,
 * most of it to send them.
 */
export interface TopicColumns extends Pick<TopicScores, 'id' | 'evidence'> {
  /** By place in the library's order. */
  readonly chances: Float64Array;
  /** Of {@link SAID}, by place. */
  readonly said: Uint8Array;
  readonly features: FeatureColumns;
}

export const SAID = { nothing: 0, liked: 1, disliked: 2 } as const;

/** Scores of columns; papers are made when they are asked for. @param ids in the library's order. */
export function topicScoresOf(columns: TopicColumns, ids: readonly string[]): TopicScores {
  let papers: readonly TopicScore[] | undefined;
  let belonging: readonly TopicScore[] | undefined;
  return {
    id: columns.id,
    evidence: columns.evidence,
    get papers() {
      papers ??= papersOf(columns, ids, 0);
      return papers;
    },
    get belonging() {
      belonging ??= papersOf(columns, ids, TOPIC_LINE);
      return belonging;
    },
  };
}

/**
 * Papers with at least this chance, the likeliest first. They are put in order here, and not where they are scored, since
 * most topics are only counted. By hand: `Array.from` with a function takes twice as long, and this is done on the page.
 */
function papersOf(columns: TopicColumns, ids: readonly string[], least: number): TopicScore[] {
  const { chances } = columns;
  const found = new Uint32Array(chances.length);
  let count = 0;
  for (let place = 0; place < chances.length; place++)
    if ((chances[place] as number) >= least) found[count++] = place;
  const places = orderByScore(chances, found.subarray(0, count));
  const papers = new Array<TopicScore>(count);
  for (let rank = 0; rank < count; rank++) {
    const place = places[rank] as number;
    papers[rank] = new ScoredPaper(columns, place, ids[place] as string);
  }
  return papers;
}

export function featuresAt({ text, like }: FeatureColumns, place: number): TopicFeatures {
  const known = (z: Float32Array | undefined) => {
    const above = z?.[place];
    return above === undefined || Number.isNaN(above) ? {} : { z: above };
  };
  const at = (column: Float64Array) => column[place] as number;
  return {
    ...(text ? { text: { ...known(text.z), name: at(text.name), words: at(text.words) } } : {}),
    ...(like ? { like: { ...known(like.z), words: at(like.words), papers: like.papers } } : {}),
  };
}

/** Buffers of what is to be moved; z may be shared by topics and by both halves. */
export function buffersOf(columns: readonly TopicColumns[]): ArrayBuffer[] {
  const arrays = columns.flatMap(({ chances, said, features: { text, like } }) => [
    ...[chances, said, text?.z, text?.name, text?.words, like?.z, like?.words],
  ]);
  return [...new Set(arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : [])))];
}

class ScoredPaper implements TopicScore {
  readonly id: string;
  readonly probability: number;
  readonly belongs: boolean;
  declare readonly said?: 'liked' | 'disliked';
  readonly #columns: TopicColumns;
  readonly #place: number;

  constructor(columns: TopicColumns, place: number, id: string) {
    this.#columns = columns;
    this.#place = place;
    this.id = id;
    this.probability = columns.chances[place] as number;
    this.belongs = this.probability >= TOPIC_LINE;
    const said = columns.said[place];
    if (said !== SAID.nothing) this.said = said === SAID.liked ? 'liked' : 'disliked';
  }

  get features(): TopicFeatures {
    return featuresAt(this.#columns.features, this.#place);
  }
}
