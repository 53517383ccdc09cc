import { createRandom } from './random.ts';
import { dotAt } from './similarity.ts';

/**
 * Product quantization: a vector is cut into pieces, and of each piece the number of the word that is nearest to it
 * is kept, a byte. Products with a vector are then sums of numbers that stand in a table.
 */
export interface Codebook {
  /** Pieces of a vector; each has `columns / pieces` numbers. */
  readonly pieces: number;
  readonly columns: number;
  /** `pieces * WORDS * width` whole numbers, piece after piece; times `scale` they are the words. */
  readonly bytes: Int8Array;
  readonly scale: number;
}

/** Words of a piece: as many as a byte tells apart. */
export const WORDS = 256;

const ROUNDS = 8;
const PEAK = 127;

/**
 * @param vectors of any length, row after row; some thousands will do.
 * @param pieces divides `columns`.
 */
export function trainCodebook(
  vectors: Float32Array,
  columns: number,
  pieces: number,
  seed: number,
): Codebook {
  const width = columns / pieces;
  const random = createRandom(seed);
  const words = new Float32Array(pieces * WORDS * width);
  for (let piece = 0; piece < pieces; piece++)
    trainPiece(
      vectors,
      columns,
      piece,
      words.subarray(piece * WORDS * width).subarray(0, WORDS * width),
      random,
    );
  let largest = 0;
  for (const value of words) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? largest / PEAK : 1;
  return { pieces, columns, scale, bytes: Int8Array.from(words, (value) => Math.round(value / scale)) };
}

/** k-means of one piece of all vectors. */
function trainPiece(
  vectors: Float32Array,
  columns: number,
  piece: number,
  words: Float32Array,
  random: () => number,
): void {
  const width = words.length / WORDS;
  const rows = vectors.length / columns;
  if (rows === 0) return;
  const start = piece * width;
  for (let word = 0; word < WORDS; word++) {
    const from = Math.floor(random() * rows) * columns + start;
    words.set(vectors.subarray(from, from + width), word * width);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(words.length);
    const counts = new Uint32Array(WORDS);
    const squares = squaresOf(words, width);
    for (let row = 0; row < rows; row++) {
      const from = row * columns + start;
      const word = nearestWord(words, squares, 0, width, vectors, from);
      counts[word] = (counts[word] as number) + 1;
      for (let i = 0; i < width; i++)
        sums[word * width + i] = (sums[word * width + i] as number) + (vectors[from + i] as number);
    }
    for (let word = 0; word < WORDS; word++) {
      const count = counts[word] as number;
      for (let i = 0; count > 0 && i < width; i++)
        words[word * width + i] = (sums[word * width + i] as number) / count;
    }
  }
}

/** Squared length of each word. */
function squaresOf(words: Float32Array, width: number): Float32Array {
  return Float32Array.from({ length: words.length / width }, (_, word) =>
    dotAt(words, word * width, words, word * width, width),
  );
}

/** Of the words from `first` on the one that is nearest to a piece of a vector. */
function nearestWord(
  words: Float32Array,
  squares: Float32Array,
  first: number,
  width: number,
  vector: Float32Array,
  from: number,
): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let word = 0; word < WORDS; word++) {
    // The distance without the piece's own length, which is the same for all.
    const product = dotAt(words, (first + word) * width, vector, from, width);
    const distance = (squares[first + word] as number) - 2 * product;
    if (distance < least) {
      least = distance;
      nearest = word;
    }
  }
  return nearest;
}

/** The words of a codebook as numbers, with their squared lengths. */
export interface Words {
  readonly data: Float32Array;
  readonly squares: Float32Array;
}

export function wordsOf({ bytes, scale, columns, pieces }: Codebook): Words {
  const data = Float32Array.from(bytes, (value) => value * scale);
  return { data, squares: squaresOf(data, columns / pieces) };
}

/** Writes the code of a vector, a byte a piece. @param words of {@link wordsOf}. */
export function writeCode(
  { pieces, columns }: Codebook,
  words: Words,
  vector: Float32Array,
  code: Uint8Array,
  at: number,
): void {
  const width = columns / pieces;
  for (let piece = 0; piece < pieces; piece++)
    code[at + piece] = nearestWord(words.data, words.squares, piece * WORDS, width, vector, piece * width);
}

/** Product of a query with each word: `pieces * WORDS` numbers, of which a code picks one a piece. */
export function productTable(book: Codebook, query: Float32Array): Float32Array {
  const width = book.columns / book.pieces;
  const table = new Float32Array(book.pieces * WORDS);
  for (let entry = 0; entry < table.length; entry++) {
    const piece = Math.floor(entry / WORDS);
    let sum = 0;
    for (let i = 0; i < width; i++)
      sum += (query[piece * width + i] as number) * (book.bytes[entry * width + i] as number);
    table[entry] = sum * book.scale;
  }
  return table;
}

/** Product of the query of a table with the vector of a code. */
export function codeProduct(table: Float32Array, pieces: number, code: Uint8Array, at: number): number {
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++)
    sum += table[piece * WORDS + (code[at + piece] as number)] as number;
  return sum;
}
