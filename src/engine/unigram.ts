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
 * pieces, some ten times as fast: no object a node, no trie of maps. The sums are formed in the package's order, so that ties
 * fall as there.
 * @returns the ids of the pieces of a word that stands as the vocabulary writes it; what is not known is one piece.
 */
export function createUnigram({ unk_id, vocab }: UnigramModel): (word: string) => number[] {
  const ids = new Map(vocab.map(([piece], id) => [piece, id]));
  const scores = Float64Array.from(vocab, ([, score]) => score);
  let least = Number.POSITIVE_INFINITY;
  for (const score of scores) least = Math.min(least, score);
  const unknown = least - UNKNOWN_BELOW;
  scores[unk_id] = unknown;
  const longest = vocab.reduce((most, [piece]) => Math.max(most, piece.length), 1);

  return (word) => {
    const { length } = word;
    /** A way to each place: what it sums to, its last piece, and the way before it; those to one place are linked. */
    const sums: number[] = [];
    const pieces: number[] = [];
    const before: number[] = [];
    const next: number[] = [];
    const first = new Int32Array(length + 1).fill(-1);
    const last = new Int32Array(length + 1).fill(-1);
    /** The best way to a place, with a piece put behind it. */
    const bestWay = (place: number, score: number): number => {
      let best = -1;
      let most = 0;
      for (let way = first[place] as number; way >= 0; way = next[way] as number) {
        const sum = (sums[way] as number) + score;
        if (best >= 0 && !(sum > most)) continue;
        best = way;
        most = sum;
      }
      return best;
    };
    const add = (from: number, to: number, piece: number, score: number): void => {
      const way = from === 0 ? -1 : bestWay(from, score);
      const number = sums.push(way < 0 ? score : (sums[way] as number) + score) - 1;
      pieces.push(piece);
      before.push(way);
      next.push(-1);
      if (first[to] === -1) first[to] = number;
      else next[last[to] as number] = number;
      last[to] = number;
    };
    for (let from = 0; from < length; from++) {
      let single = false;
      for (let to = from + 1; to <= Math.min(length, from + longest); to++) {
        const piece = ids.get(word.slice(from, to));
        if (piece === undefined) continue;
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
