import type { Paper } from '../paper/paper.ts';
import { embeddedText } from '../paper/text.ts';
import { createDiscriminant, type Discriminant } from '../vector/discriminant.ts';
import type { Matrix } from '../vector/matrix.ts';
import { finish, sortSteps, within } from '../vector/steps.ts';
import type { KeptIndex } from '../words/kept.ts';
import { createKeywordIndex } from '../words/keyword.ts';
import { sameWords } from '../words/tally.ts';
import type { MeaningScores } from './columns.ts';
import { type Twins, twinSteps } from './duplicates.ts';
import { createOrder, type Order } from './exact.ts';
import { type Group, type Groups, groupSteps } from './grouping.ts';
import { createHeldPapers } from './heldPapers.ts';
import { type Hit, type RankedColumns, type Ranking, rankingOf, wholeHit } from './hit.ts';
import { byNearness, type Effect, effectOf, type Learned, type Part, partInTwo } from './learned.ts';
import {
  type Background,
  createBackground,
  levelOfLibrary,
  meanDirection,
  standardScores,
} from './meaning.ts';
import { createNoteTable, type PaperNote } from './notes.ts';
import {
  type LayoutRequest,
  layOutSteps,
  type PaperRows,
  type Places,
  projectPapersSteps,
} from './places.ts';
import { rankPapers, type SearchRequest } from './search.ts';
import { type Examples, likenessTo, type SimilarParts, similarPapers } from './similar.ts';
import { tellingWordsOf } from './telling.ts';
import { type TopicColumns, topicScoresOf } from './topicColumns.ts';
import { scoreTopicColumns, type TopicQuery, type TopicScores } from './topics.ts';
import { createVectorTable } from './vectors.ts';

/** Papers with their words and vectors, and all that is asked of them. Holds everything in memory, does no I/O. */
export interface Collection {
  /** Makes these the papers, in this order: puts new and changed ones, removes the missing. */
  setPapers(papers: readonly Paper[]): void;
  /** Adds papers at the end or replaces them in place. A changed text loses its vector. */
  putPapers(papers: readonly Paper[]): void;
  removePapers(ids: readonly string[]): void;
  /**
   * Adds or replaces vectors, one row an id; rows of unknown papers are passed over, since papers may have been
   * removed while they were embedded. Other columns than before: all earlier vectors are dropped.
   * @throws {RangeError} when there are not as many rows as ids.
   */
  setVectors(ids: readonly string[], matrix: Matrix): void;
  /** Another model's vectors and background in the place of all: no question meets those of two. */
  replaceVectors(ids: readonly string[], matrix: Matrix | null, background: Matrix | null): void;
  /**
   * What the reader wrote of papers, as plain words: searched with the paper's own. An empty text takes it away, and
   * its vector with it. Papers may come later than their notes.
   */
  putNotes(notes: readonly PaperNote[]): void;
  /** Adds or replaces vectors of notes, one row an id of a paper that has one: the nearer of the two is found. */
  setNoteVectors(ids: readonly string[], matrix: Matrix): void;
  /** Papers of the field to measure against; null or fewer than 32: the library itself. */
  setBackground(matrix: Matrix | null): void;
  search(request: SearchRequest): Ranking;
  /** The same in columns, to be sent; `ids` are in the library's order. */
  searchColumns(request: SearchRequest): RankedColumns;
  /** The library's order: another array after a change. */
  ids(): readonly string[];
  /** Papers like one or like several, without them, best first: by words and, once there are vectors, by meaning. */
  similar(ids: string | readonly string[], limit: number): Hit[];
  scoreTopics(topics: readonly TopicQuery[]): TopicScores[];
  /** The same in columns, to be sent. */
  scoreTopicColumns(topics: readonly TopicQuery[]): TopicColumns[];
  /**
   * Groups of the papers that have vectors. The same papers and seed give the same groups in any order.
   * @param before groups that there were: they go on where they can, see `groupSteps`.
   */
  cluster(seed: number, before?: readonly Group[]): Groups;
  /** The papers that have vectors as points of a plane, seen from two directions: quickly, and roughly. In steps. */
  projectSteps(seed: number): Generator<number, Places>;
  /** The same so that papers near in meaning lie near, in steps: yields the share done. */
  layoutSteps(request: LayoutRequest): Generator<number, Places>;
  /** As {@link Collection.cluster} in steps: yields the share done. Groups are those of the papers at the first steps. */
  clusterSteps(seed: number, before?: readonly Group[]): Generator<number, Groups>;
  /** What a topic has learned from its examples: see {@link Learned}. */
  tellTopic(topic: TopicQuery): Learned;
  /** What a single example does to its topic, beside the others. */
  effectOfExample(topic: TopicQuery, paperId: string): Effect;
  /** Papers parted in two, as a proposal; none where they cannot be. */
  partInTwo(ids: readonly string[], seed: number): Part[];
  /** Papers that tell of one work, in steps: those of the papers at the first step. */
  twinSteps(): Generator<number, Twins>;
  /** The keyword index as it can be kept: see `KeywordIndex`. */
  keptIndex(): KeptIndex | undefined;
  loadIndex(kept: KeptIndex, ids: readonly string[]): number | undefined;
  /** Makes texts shorter in memory, of many papers: see `HeldPapers`. */
  packSteps(): Generator<void, void>;
  paperCount(): number;
  vectorCount(): number;
}

/** Of more papers groups and places are made of the bytes: as floats a hundred thousand would take 100 MB, and more. */
const MOST_AS_FLOATS = 10_000;

/** @param leastPacked see `createHeldPapers`. */
export function createCollection(leastPacked?: number): Collection {
  const papers = new Map<string, Paper>();
  const held = createHeldPapers(leastPacked);
  const keyword = createKeywordIndex();
  const vectors = createVectorTable();
  const notes = createNoteTable(held.hold);
  let background: Background | undefined;
  /** Made at the first examples. */
  let discriminant: Discriminant | undefined;
  /** Made again after a change of papers, at the first question. */
  let order: Order | undefined;

  const currentOrder = () => {
    order ??= createOrder([...papers.values()]);
    return order;
  };

  const papersOf = (ids: readonly string[]) => ids.map((id) => papers.get(id) as Paper);

  function putPapers(incoming: readonly Paper[]): void {
    const changed = incoming.flatMap((paper) => {
      const known = papers.get(paper.id);
      if (known && embeddedText(known) !== embeddedText(paper)) vectors.remove(paper.id);
      const now = held.hold(paper, known);
      papers.set(paper.id, now);
      return known && sameWords(known, paper) ? [] : now;
    });
    keyword.put(changed.map(notes.with));
    order = undefined;
  }

  function removePapers(ids: readonly string[]): void {
    keyword.remove(ids);
    for (const id of ids) {
      held.release(papers.get(id));
      papers.delete(id);
      vectors.remove(id);
    }
    order = undefined;
  }

  function putNotes(incoming: readonly PaperNote[]): void {
    notes.put(incoming);
    keyword.put(incoming.flatMap(({ paper }) => papers.get(paper) ?? []).map(notes.with));
  }

  /** @param noted with what the reader wrote: for what is asked, not for what papers have in common. */
  function measure(query: Float32Array, noted = false): MeaningScores | undefined {
    const scores = vectors.similarities(query, currentOrder().ids);
    if (!scores) return undefined;
    const fits = background?.columns === query.length ? background : undefined;
    const level = fits ? fits.levelOf(query) : levelOfLibrary(scores);
    const byNote = noted ? notes.raise(scores, query, currentOrder().ids) : undefined;
    return { similarities: scores, z: standardScores(scores, level), ...(byNote ? { byNote } : {}) };
  }

  const rowsOf = (ids: readonly string[]) => ids.flatMap((id) => vectors.row(id) ?? []);
  const middleOf = (ids: readonly string[]) => meanDirection(rowsOf(ids), vectors.columns());

  /**
   * One paper says too little of what sets its like apart: only several are told from the field. Without a
   * background, as with models from elsewhere, what is disliked says nothing by meaning.
   */
  function directionOf({ liked, disliked }: Examples): Float32Array | undefined {
    const [near, far] = [rowsOf(liked), rowsOf(disliked)];
    if (near.length + far.length > 1 && background?.columns === vectors.columns()) {
      discriminant ??= createDiscriminant(background.matrix);
      return discriminant.learn(near, far);
    }
    return near.length > 0 ? middleOf(liked) : undefined;
  }

  const similarParts = (): SimilarParts => ({
    ids: currentOrder().ids,
    keyword,
    measure(examples) {
      const direction = directionOf(examples);
      return direction && measure(direction);
    },
  });

  /** In the order of their ids, so that the order in which they came changes nothing. The rows are copies. */
  function* rowsById(): Generator<number, PaperRows> {
    const sorted = yield* within(sortSteps([...papers.keys()]), 0, 0);
    for (;;) {
      const ids = sorted.filter(vectors.has);
      if (ids.length <= MOST_AS_FLOATS) return { ids, rows: vectors.gather(ids) };
      const rows = yield* within(vectors.pickSteps(ids), 0, 0);
      // Where some changed meanwhile it is begun again.
      if (rows) return { ids, rows };
    }
  }

  function* clusterSteps(seed: number, before?: readonly Group[]): Generator<number, Groups> {
    const { ids, rows } = yield* rowsById();
    return { groups: yield* groupSteps(new Map(papers), ids, rows, seed, before) };
  }

  const examplesOf = ({ liked = [], disliked = [] }: TopicQuery): Examples => {
    const known = (ids: readonly string[]) => ids.filter((id) => papers.has(id));
    return { liked: known(liked), disliked: known(disliked) };
  };
  const scoreOne =
    (parts: SimilarParts) =>
    (topic: TopicQuery): TopicColumns => {
      const z = topic.vector && measure(topic.vector)?.z;
      // What is unlike the disliked is not for that of the topic: without a liked paper only these go out.
      const examples = examplesOf(topic);
      const likeness = examples.liked.length > 0 ? likenessTo(parts, examples, false) : undefined;
      return scoreTopicColumns({ ...topic, ...examples }, parts.ids, keyword, z, likeness);
    };
  const scoreInFull = (topic: TopicQuery): TopicScores =>
    topicScoresOf(scoreOne(similarParts())(topic), currentOrder().ids);

  const searchColumns = (request: SearchRequest) => {
    const measureNoted = (vector: Float32Array) => measure(vector, true);
    return rankPapers({ ...currentOrder(), keyword, measure: measureNoted, directionOf: middleOf }, request);
  };

  const setVectors = (ids: readonly string[], matrix: Matrix) =>
    vectors.put(ids, matrix, (id) => papers.has(id));
  const setBackground = (matrix: Matrix | null) => {
    background = matrix ? createBackground(matrix) : undefined;
    discriminant = undefined;
  };

  return {
    setPapers(next) {
      const kept = new Set(next.map(({ id }) => id));
      removePapers([...papers.keys()].filter((id) => !kept.has(id)));
      putPapers(next);
      // A map keeps the place of a key that it has: the new order needs a new start.
      const latest = next.map(({ id }) => papers.get(id) as Paper);
      papers.clear();
      for (const paper of latest) papers.set(paper.id, paper);
    },
    putPapers,
    removePapers,
    setVectors,
    replaceVectors(ids, matrix, another) {
      vectors.clear();
      notes.clearVectors();
      setBackground(another);
      if (matrix) setVectors(ids, matrix);
    },
    putNotes,
    setNoteVectors: notes.setVectors,
    setBackground,
    search: (request) => rankingOf(searchColumns(request), currentOrder().ids),
    searchColumns,
    ids: () => currentOrder().ids,
    similar(given, limit) {
      const asked = typeof given === 'string' ? [given] : given;
      const columns = similarPapers(similarParts(), asked, Math.max(0, limit));
      return rankingOf(columns, currentOrder().ids).hits.map(wholeHit);
    },
    scoreTopics: (topics) => topics.map(scoreInFull),
    scoreTopicColumns: (topics) => topics.map(scoreOne(similarParts())),
    tellTopic(topic) {
      const { liked, disliked } = examplesOf(topic);
      return {
        words: tellingWordsOf(papersOf(liked), papersOf(disliked), keyword.papersWith, papers.size),
        liked: byNearness(liked, liked, vectors.row),
        disliked: byNearness(disliked, liked, vectors.row),
        ...effectOf(
          scoreInFull({ ...topic, liked: [], disliked: [] }),
          scoreInFull(topic),
          { liked, disliked },
          vectors.row,
        ),
      };
    },
    effectOfExample(topic, paperId) {
      const without = (ids: readonly string[] = []) => ids.filter((id) => id !== paperId);
      const others = { ...topic, liked: without(topic.liked), disliked: without(topic.disliked) };
      return effectOf(scoreInFull(others), scoreInFull(topic), examplesOf(topic), vectors.row);
    },
    partInTwo(ids, seed) {
      const known = ids.filter((id) => papers.has(id) && vectors.has(id)).sort();
      return partInTwo(papersOf(known), vectors.gather(known), seed);
    },
    twinSteps: () => twinSteps([...papers.values()], vectors.row),
    cluster: (seed, before) => finish(clusterSteps(seed, before)),
    clusterSteps,
    *projectSteps(seed) {
      return yield* projectPapersSteps(yield* rowsById(), seed);
    },
    *layoutSteps(request) {
      return yield* layOutSteps(yield* rowsById(), request);
    },
    keptIndex: keyword.dump,
    loadIndex: keyword.load,
    packSteps: held.packSteps,
    paperCount: () => papers.size,
    vectorCount: vectors.count,
  };
}
