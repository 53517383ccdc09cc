/** Words remembered. A library of 10,000 papers has about 60,000 different ones. */
const MOST_WORDS = 65_536;
/** Twice as many places, so that a look finds its word or a gap at once. */
const PLACES = 2 * MOST_WORDS;
/** Those of the shipped list have 8.3 in the mean, and rarer ones are longer. */
const MOST_LETTERS = 12 * MOST_WORDS;
const MOST_PIECES = 4 * MOST_WORDS;
/** Longer ones are addresses and formulas, which do not come again. */
const LONGEST = 64;

/**
 * Reads a text word by word and remembers each word's pieces: most words of a text have been seen before. They are
 * known by their letters where they stand in the text: to cut each out as a string and ask a map for it took two and a
 * half times as long, a tenth of all that an abstract takes of the better model.
 * @param readIds the pieces of one word.
 */
export function rememberWords(readIds: (word: string) => readonly number[]): (text: string) => number[] {
  /** A word's number, counted from 1, at the place of its hash or behind it; 0 is a gap. */
  const places = new Int32Array(PLACES);
  /** The letters and pieces of all words one behind the other, and where those of each end. */
  const letters = new Uint16Array(MOST_LETTERS);
  const pieces = new Int32Array(MOST_PIECES);
  const letterEnds = new Uint32Array(MOST_WORDS + 1);
  const pieceEnds = new Uint32Array(MOST_WORDS + 1);
  let words = 0;

  /** The word's number; 0 for one that is not known. */
  function find(text: string, from: number, to: number, hash: number): number {
    for (let place = hash; ; place = (place + 1) & (PLACES - 1)) {
      const word = places[place] as number;
      if (word === 0) return 0;
      let at = letterEnds[word - 1] as number;
      if ((letterEnds[word] as number) - at !== to - from) continue;
      let same = from;
      while (same < to && letters[at] === text.charCodeAt(same)) {
        same++;
        at++;
      }
      if (same === to) return word;
    }
  }

  function remember(word: string, ids: readonly number[], hash: number): void {
    let letter = letterEnds[words] as number;
    let piece = pieceEnds[words] as number;
    if (words === MOST_WORDS || letter + word.length > MOST_LETTERS || piece + ids.length > MOST_PIECES) {
      places.fill(0);
      words = letter = piece = 0;
    }
    for (let at = 0; at < word.length; at++) letters[letter++] = word.charCodeAt(at);
    for (const id of ids) pieces[piece++] = id;
    letterEnds[++words] = letter;
    pieceEnds[words] = piece;
    let place = hash;
    while (places[place] !== 0) place = (place + 1) & (PLACES - 1);
    places[place] = words;
  }

  function read(text: string, from: number, to: number, hash: number, into: number[]): void {
    const known = find(text, from, to, hash);
    if (known > 0) {
      const end = pieceEnds[known] as number;
      for (let at = pieceEnds[known - 1] as number; at < end; at++) into.push(pieces[at] as number);
      return;
    }
    const word = text.slice(from, to);
    const ids = readIds(word);
    // A tokenizer that has no number for a piece is told so by the graph's feeds: here it would become a 0.
    if (word.length <= LONGEST && ids.every(Number.isInteger)) remember(word, ids, hash);
    for (const id of ids) into.push(id);
  }

  return (text) => {
    const ids: number[] = [];
    const { length } = text;
    for (let at = 0; at < length; at++) {
      let letter = text.charCodeAt(at);
      if (isSpace(letter)) continue;
      const from = at;
      let hash = 0x811c9dc5;
      // FNV-1a, by letters of 16 bits.
      while (at < length && !isSpace(letter)) {
        hash = Math.imul(hash ^ letter, 0x01000193);
        letter = text.charCodeAt(++at);
      }
      read(text, from, at, (hash ^ (hash >>> 15)) & (PLACES - 1), ids);
    }
    return ids;
  };
}

/** As `\s` has it. */
function isSpace(letter: number): boolean {
  if (letter < 0xa0) return letter === 0x20 || (letter >= 0x09 && letter <= 0x0d);
  return (
    letter === 0xa0 ||
    letter === 0x1680 ||
    (letter >= 0x2000 && letter <= 0x200a) ||
    letter === 0x2028 ||
    letter === 0x2029 ||
    letter === 0x202f ||
    letter === 0x205f ||
    letter === 0x3000 ||
    letter === 0xfeff
  );
}
