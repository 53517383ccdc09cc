import type { Paper } from '../paper/paper.ts';
import { centred } from '../vector/clusterings.ts';
import { clusterRows } from '../vector/kmeans.ts';
import { dot, type Matrix, normalize } from '../vector/matrix.ts';
import { dotAt } from '../vector/similarity.ts';
import { labelGroups } from './labels.ts';
import type { TellingWord } from './telling.ts';
import type { TopicScores } from './topics.ts';

/** A paper that examples moved over a topic's line, and the example that it is nearest to. */
export interface Moved {
  readonly id: string;
  /** The nearest of the liked for a paper that came in, of the disliked for one that went out; absent without vectors. */
  readonly because?: string;
}

/** What examples did to a topic. The examples themselves are not counted: the reader put them where they are. */
export interface Effect {
  readonly cameIn: readonly Moved[];
  readonly wentOut: readonly Moved[];
}

/** What a topic has learned from its examples. */
export interface Learned extends Effect {
  readonly words: readonly TellingWord[];
  /** The examples, the nearest to what the topic is about first. */
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

/** One of the parts of a topic, as it is proposed. */
export interface Part {
  readonly name: string;
  readonly words: readonly string[];
  /** Nearest to the part's middle first. */
  readonly paperIds: readonly string[];
}

type RowOf = (id: string) => Float32Array | undefined;

/** The papers of which it says something else with the examples than without. */
export function effectOf(
  before: TopicScores,
  after: TopicScores,
  examples: { readonly liked: readonly string[]; readonly disliked: readonly string[] },
  rowOf: RowOf,
): Effect {
  const said = new Set([...examples.liked, ...examples.disliked]);
  const belonged = new Set(before.papers.flatMap(({ id, belongs }) => (belongs ? [id] : [])));
  const moved = after.papers.filter(({ id, belongs }) => belongs !== belonged.has(id) && !said.has(id));
  const tell = (id: string, among: readonly string[]): Moved => {
    const because = nearestOf(id, among, rowOf);
    return { id, ...(because ? { because } : {}) };
  };
  return {
    cameIn: moved.filter(({ belongs }) => belongs).map(({ id }) => tell(id, examples.liked)),
    wentOut: moved.filter(({ belongs }) => !belongs).map(({ id }) => tell(id, examples.disliked)),
  };
}

function nearestOf(id: string, among: readonly string[], rowOf: RowOf): string | undefined {
  const own = rowOf(id);
  let best: string | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const other of among) {
    const row = rowOf(other);
    const near = own && row ? dot(own, row) : Number.NEGATIVE_INFINITY;
    if (near > most) [best, most] = [other, near];
  }
  return best;
}

/** Examples by how near they lie to the middle of the liked; those without a vector last. */
export function byNearness(ids: readonly string[], liked: readonly string[], rowOf: RowOf): string[] {
  const rows = liked.flatMap((id) => rowOf(id) ?? []);
  if (rows.length === 0) return [...ids];
  const middle = normalize(
    (rows[0] as Float32Array).map((_, i) => rows.reduce((sum, row) => sum + (row[i] as number), 0)),
  );
  const near = new Map(ids.map((id) => [id, dot(middle, rowOf(id) ?? new Float32Array(middle.length))]));
  return ids.toSorted((a, b) => (near.get(b) as number) - (near.get(a) as number));
}

/** Starts of the parting: with so few rows they cost little, and of those with two real parts the tightest is kept. */
const STARTS = 20;
/** A part holds at least this share of the papers, and two of them: an odd paper beside all others is no part. */
const LEAST_SHARE = 0.15;
/** Below this many papers two parts would be single papers. */
export const FEWEST_TO_SPLIT = 4;

/**
 * Parts papers in two by what sets them apart, each named by its telling words. Deterministic by seed and the
 * order of the rows.
 * @returns none where there are too few papers, or they are all alike.
 */
export function partInTwo(papers: readonly Paper[], matrix: Matrix, seed: number): Part[] {
  if (papers.length < FEWEST_TO_SPLIT) return [];
  const rows = centred(matrix);
  // All alike: centring leaves nothing of them.
  if (rows.data.every((value) => value === 0)) return [];
  const least = Math.max(2, papers.length * LEAST_SHARE);
  const tries = Array.from({ length: STARTS }, (_, start) => halvesOf(rows, seed + start));
  const balanced = tries.filter(
    ({ halves }) => halves.length === 2 && halves.every((half) => half.length >= least),
  );
  const [best] = balanced.toSorted((a, b) => b.tightness - a.tightness);
  if (!best) return [];
  const { halves } = best;
  const labels = labelGroups(halves.map((half) => half.map((row) => papers[row] as Paper)));
  return halves.map((half, at) => ({
    name: labels[at]?.name ?? '',
    words: labels[at]?.words ?? [],
    paperIds: half.map((row) => (papers[row] as Paper).id),
  }));
}

/** Rows in two halves, the nearest to the half's middle first, and the sum of how near they are. */
function halvesOf(rows: Matrix, seed: number): { halves: number[][]; tightness: number } {
  const { assignment, centroids } = clusterRows(rows, { groups: 2, seed, restarts: 1 });
  const { columns, data } = rows;
  const nearness = Array.from(assignment, (half, row) =>
    dotAt(data, row * columns, centroids.data, half * columns, columns),
  );
  const byNearness = (a: number, b: number) => (nearness[b] as number) - (nearness[a] as number) || a - b;
  const halves = Array.from({ length: centroids.rows }, (_, half) =>
    [...nearness.keys()].filter((row) => assignment[row] === half).sort(byNearness),
  );
  return { halves, tightness: nearness.reduce((sum, near) => sum + near, 0) };
}
