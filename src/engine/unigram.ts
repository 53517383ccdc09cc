/** As much of tokenizer.json as a unigram model is. */
interface UnigramModel {
  readonly type: 'Unigram';
  readonly unk_id: number;
  readonly vocab: readonly (readonly [piece: string, score: number])[];
  readonly byte_fallback?: boolean;
}

export function isUnigram(model: unknown): model is UnigramModel {
  const { type, unk_id, vocab, byte_fallback } = model as Partial<UnigramModel>;
  return (
    type === 'Unigram' &&
    typeof unk_id === 'number' &&
    Array.isArray(vocab) &&
    vocab.length > 0 &&
    !byte_fallback
  );
}

/** What is not in the vocabulary has so much less than its least score, as the tokenizer's package has it. */
const UNKNOWN_BELOW = 10;

/**
 * Cuts a word into the pieces that are likeliest together (Viterbi), as the tokenizer's package does and to the same
 * pieces, some ten times as fast: no object a node, no map a letter. The sums are formed in the package's order, so that ties
 * fall as there.
 * @returns the ids of the pieces of a word that stands as the vocabulary writes it; what is not known is one piece.
 */
export function createUnigram({ unk_id, vocab }: UnigramModel): (word: string) => number[] {
  const tree = createTree(vocab.map(([piece]) => piece));
  const scores = Float64Array.from(vocab, ([, score]) => score);
  let least = Number.POSITIVE_INFINITY;
  for (const score of scores) least = Math.min(least, score);
  const unknown = least - UNKNOWN_BELOW;
  scores[unk_id] = unknown;

  /** A way to each place: what it sums to, its last piece, and the way before it; those to one place are linked. */
  const sums: number[] = [];
  const pieces: number[] = [];
  const before: number[] = [];
  const next: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  let ways = 0;

  /** The best way to a place, with a piece put behind it. */
  function bestWay(place: number, score: number): number {
    let best = -1;
    let most = 0;
    for (let way = first[place] as number; way >= 0; way = next[way] as number) {
      const sum = (sums[way] as number) + score;
      if (best >= 0 && !(sum > most)) continue;
      best = way;
      most = sum;
    }
    return best;
  }

  function add(from: number, to: number, piece: number, score: number): void {
    const way = from === 0 ? -1 : bestWay(from, score);
    sums[ways] = way < 0 ? score : (sums[way] as number) + score;
    pieces[ways] = piece;
    before[ways] = way;
    next[ways] = -1;
    if (first[to] === -1) first[to] = ways;
    else next[last[to] as number] = ways;
    last[to] = ways++;
  }

  return (word) => {
    const { length } = word;
    ways = 0;
    for (let place = 0; place <= length; place++) first[place] = -1;
    for (let from = 0; from < length; from++) {
      let single = false;
      let node = 0;
      for (let to = from + 1; to <= length; to++) {
        node = tree.step(node, word.charCodeAt(to - 1));
        if (node < 0) break;
        const piece = tree.ids[node] as number;
        if (piece < 0) continue;
        add(from, to, piece, scores[piece] as number);
        if (to === from + 1) single = true;
      }
      if (!single) add(from, from + 1, unk_id, unknown);
    }
    const found: number[] = [];
    for (let way = bestWay(length, 0); way >= 0; way = before[way] as number) {
      const piece = pieces[way] as number;
      // Neighbours of which none is known are one.
      if (piece !== unk_id || found.at(-1) !== unk_id) found.push(piece);
    }
    return found.reverse();
  };
}

/** The pieces by their letters. Every piece stands at a node; nodes are numbers, and 0 is the root. */
interface Tree {
  /** The node that a letter leads to; -1 for none. */
  step(node: number, letter: number): number;
  /** Place of the piece that ends at a node, by node; -1 for none. */
  readonly ids: Int32Array;
}

/** All steps in one table with open addresses: a map each would take ten times the memory and three times as long. */
function createTree(pieces: readonly string[]): Tree {
  const most = pieces.reduce((sum, { length }) => sum + length, 1);
  // Pieces share their beginnings: as a rule less than half of it is taken, and never all.
  const size = 2 ** Math.ceil(Math.log2(most + 1));
  const letters = new Uint16Array(size);
  const parents = new Int32Array(size).fill(-1);
  const children = new Int32Array(size);
  const ids = new Int32Array(most).fill(-1);
  let nodes = 1;
  const placeOf = (node: number, letter: number): number => {
    let place = Math.imul(Math.imul(node, 0x9e3779b1) ^ letter, 0x85ebca6b) >>> 0;
    for (place &= size - 1; parents[place] !== -1; place = (place + 1) & (size - 1)) {
      if (parents[place] === node && letters[place] === letter) break;
    }
    return place;
  };
  for (const [id, piece] of pieces.entries()) {
    let node = 0;
    for (let at = 0; at < piece.length; at++) {
      const place = placeOf(node, piece.charCodeAt(at));
      if (parents[place] === -1) {
        parents[place] = node;
        letters[place] = piece.charCodeAt(at);
        children[place] = nodes++;
      }
      node = children[place] as number;
    }
    // Of two that are written alike the later one counts, as in a map.
    ids[node] = id;
  }
  return {
    ids: ids.slice(0, nodes),
    step(node, letter) {
      const place = placeOf(node, letter);
      return parents[place] === -1 ? -1 : (children[place] as number);
    },
  };
}
