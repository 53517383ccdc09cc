import type { Matrix } from './matrix.ts';
import { createRandom } from './random.ts';
import { dotAt } from './similarity.ts';

/** The rows nearest to each row, by cosine, without the row itself. */
export interface Neighbours {
  /** Of each row; fewer than asked for where there are fewer other rows. */
  readonly count: number;
  /** [rows, count], the nearest first. */
  readonly rows: Uint32Array;
  /** 1 - cosine, [rows, count], ascending. */
  readonly distances: Float32Array;
  /** The rows whose neighbours these are, ascending; absent where they are of all. */
  readonly of?: Uint32Array;
}

/** Up to here every pair is looked at: a second for 2,500 rows of 256. */
const EXACT_ROWS = 2_500;
/** Trees whose leaves are looked at pair by pair first, and the most rows of a leaf. */
const TREES = 5;
const LEAF_ROWS = 40;
/** Neighbours of neighbours: most rounds, and candidates of a row in each, as many of both kinds. */
const ROUNDS = 8;
const CANDIDATES = 18;
/** A round that bettered fewer than this share of all neighbours is the last. */
const SETTLED_SHARE = 0.01;
/** Pairs between two yields: some 20 ms at 256 columns. */
const SLICE_PAIRS = 60_000;

/**
 * Finds the neighbours of every row, yielding the share done, 0 to 1. Exact up to some thousand rows; beyond by
 * random trees and neighbours of neighbours, which finds some 95 of 100. Reproducible by seed.
 */
export function* findNeighboursSteps(
  matrix: Matrix,
  wanted: number,
  seed: number,
): Generator<number, Neighbours> {
  const table = comparingTable(matrix, Math.max(0, Math.min(wanted, matrix.rows - 1)));
  if (matrix.rows <= EXACT_ROWS) yield* compareAll(matrix, table);
  else yield* descend(matrix, table, createRandom(seed));
  return { count: table.count, rows: table.rows, distances: table.distances };
}

/** Neighbours as they are found. */
export interface NeighbourTable {
  readonly count: number;
  readonly rows: Uint32Array;
  readonly distances: Float32Array;
  /** 1 where a neighbour has not been a candidate yet. */
  readonly fresh: Uint8Array;
  /** Puts one row into the list of another; gives 1 where that was bettered, else 0. */
  offer(row: number, other: number, distance: number): number;
}

interface Table extends NeighbourTable {
  /** Looks at a pair; gives the number of lists, 0 to 2, that it bettered. */
  compare(a: number, b: number): number;
}

const NOBODY = 0xffffffff;

export function createTable(total: number, count: number): NeighbourTable {
  const rows = new Uint32Array(total * count).fill(NOBODY);
  const distances = new Float32Array(total * count).fill(Number.POSITIVE_INFINITY);
  const fresh = new Uint8Array(total * count);

  /** Lists are short: an insertion is cheaper than a heap. */
  function offer(row: number, other: number, distance: number): number {
    const start = row * count;
    let at = start + count - 1;
    if (!(distance < (distances[at] as number))) return 0;
    for (let i = start; i <= at; i++) if (rows[i] === other) return 0;
    for (; at > start && (distances[at - 1] as number) > distance; at--) {
      distances[at] = distances[at - 1] as number;
      rows[at] = rows[at - 1] as number;
      fresh[at] = fresh[at - 1] as number;
    }
    distances[at] = distance;
    rows[at] = other;
    fresh[at] = 1;
    return 1;
  }

  return { count, rows, distances, fresh, offer };
}

function comparingTable({ rows, columns, data }: Matrix, count: number): Table {
  const table = createTable(rows, count);
  return {
    ...table,
    compare(a, b) {
      const distance = Math.max(0, 1 - dotAt(data, a * columns, data, b * columns, columns));
      return table.offer(a, b, distance) + table.offer(b, a, distance);
    },
  };
}

function* compareAll({ rows }: Matrix, table: Table): Generator<number> {
  if (table.count === 0) return;
  let pairs = 0;
  for (let a = 1; a < rows; a++) {
    for (let b = 0; b < a; b++) table.compare(a, b);
    pairs += a;
    if (pairs < SLICE_PAIRS) continue;
    pairs = 0;
    yield (a / rows) ** 2;
  }
}

/** NN-descent after Dong, Moses and Li (2011), begun from the leaves of random trees. */
function* descend(matrix: Matrix, table: Table, random: () => number): Generator<number> {
  const { rows } = matrix;
  let pairs = 0;
  for (let tree = 0; tree < TREES; tree++) {
    for (const leaf of leavesOf(matrix, random)) {
      for (let i = 1; i < leaf.length; i++) {
        for (let j = 0; j < i; j++) table.compare(leaf[i] as number, leaf[j] as number);
      }
      pairs += (leaf.length * leaf.length) / 2;
      if (pairs < SLICE_PAIRS) continue;
      pairs = 0;
      yield (0.2 * tree) / TREES;
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    const { fresh, known } = gatherCandidates(table, rows, random);
    let bettered = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * CANDIDATES;
      for (let i = start; i < start + CANDIDATES && fresh[i] !== NOBODY; i++) {
        const a = fresh[i] as number;
        for (let j = start; j < i; j++) {
          if (fresh[j] !== a) bettered += table.compare(a, fresh[j] as number);
          pairs++;
        }
        for (let j = start; j < start + CANDIDATES && known[j] !== NOBODY; j++) {
          if (known[j] !== a) bettered += table.compare(a, known[j] as number);
          pairs++;
        }
      }
      if (pairs < SLICE_PAIRS) continue;
      pairs = 0;
      yield 0.2 + (0.8 * (round + row / rows)) / ROUNDS;
    }
    if (bettered < SETTLED_SHARE * rows * table.count) break;
  }
}

/**
 * For each row the rows that it lists or that list it, those that are new to their list apart from the others:
 * two that a row knows are likely to be near to each other. Full lists keep an even draw.
 */
function gatherCandidates(table: Table, rows: number, random: () => number) {
  const fresh = new Uint32Array(rows * CANDIDATES).fill(NOBODY);
  const known = new Uint32Array(rows * CANDIDATES).fill(NOBODY);
  const seenFresh = new Uint32Array(rows);
  const seenKnown = new Uint32Array(rows);
  const draw = (list: Uint32Array, seen: Uint32Array, row: number, candidate: number): boolean => {
    const before = seen[row] as number;
    seen[row] = before + 1;
    const at = before < CANDIDATES ? before : Math.floor(random() * (before + 1));
    if (at >= CANDIDATES) return false;
    list[row * CANDIDATES + at] = candidate;
    return true;
  };
  for (let row = 0; row < rows; row++) {
    for (let i = row * table.count; i < (row + 1) * table.count; i++) {
      const other = table.rows[i] as number;
      if (other === NOBODY) continue;
      if (table.fresh[i] === 1) {
        if (draw(fresh, seenFresh, row, other)) table.fresh[i] = 0;
        draw(fresh, seenFresh, other, row);
      } else {
        draw(known, seenKnown, row, other);
        draw(known, seenKnown, other, row);
      }
    }
  }
  return { fresh, known };
}

/** Splits the rows by which of two of them is nearer, until few are left together. */
function* leavesOf(matrix: Matrix, random: () => number): Generator<Uint32Array> {
  const { columns, data } = matrix;
  const waiting = [Uint32Array.from({ length: matrix.rows }, (_, row) => row)];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.length <= LEAF_ROWS) {
      yield part;
      continue;
    }
    const pick = () => (part as Uint32Array)[Math.floor(random() * (part as Uint32Array).length)] as number;
    const [left, right] = [pick() * columns, pick() * columns];
    const side = new Float32Array(columns);
    for (let i = 0; i < columns; i++) side[i] = (data[left + i] as number) - (data[right + i] as number);
    const along = Float32Array.from(part, (row) => dotAt(data, row * columns, side, 0, columns));
    const middle = along.slice().sort()[along.length >> 1] as number;
    const near = part.filter((_, i) => (along[i] as number) < middle);
    // Rows that are all alike lie on no side: they are cut in the middle as they stand.
    const cut = near.length > 0;
    waiting.push(cut ? near : part.subarray(0, part.length >> 1));
    waiting.push(
      cut ? part.filter((_, i) => !((along[i] as number) < middle)) : part.subarray(part.length >> 1),
    );
  }
}
