/**
 * A dictionary coder for texts that are alike: a word with the space before it is a number, of one byte for the
 * commonest and of two for others, and what the dictionary does not have is spelled out. Abstracts come to a third.
 * Codes are strings of signs up to U+00FF: engines keep these in a byte a sign and free them by themselves.
 */
export interface TextCoder {
  /** Undefined where a code would not be shorter, or would not give the very text again. */
  encode(text: string): string | undefined;
  decode(code: string): string;
}

/** How often each part stands in sample texts. */
export type PartCounts = Map<string, number>;

/** Beyond ASCII everything is of words. */
const PARTS = / ?(?:[A-Za-z0-9\u0080-\uffff]+|[^A-Za-z0-9\u0080-\uffff])/g;
const IN_WORD = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 127 || /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const SPACE = 32;

/** First bytes: a number below this; with another byte one above it; and then a length and so many bytes of UTF-8. */
const ONE_BYTE = 160;
const SPELLED = 255;
const MOST_PARTS = ONE_BYTE + (SPELLED - ONE_BYTE) * 256;
/** A part that was met once is hardly met again. */
const LEAST_USES = 2;

/** Longer texts, in UTF-16 units, have no code: no paper has one. */
const LONGEST = 16_384;
const BYTES_A_UNIT = 3;

/** Of a length, seven bits a byte. */
const LENGTH_BITS = 7;
const MORE = 2 ** LENGTH_BITS;

export function countParts(text: string, counts: PartCounts): void {
  for (const [part] of text.matchAll(PARTS)) counts.set(part, (counts.get(part) ?? 0) + 1);
}

/** @param counts of texts like those that will come; others are coded too, and grow shorter by less. */
export function createTextCoder(counts: PartCounts): TextCoder {
  const dictionary = createDictionary(counts);
  const utf8 = new TextEncoder();
  const fromUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const bytes = new Uint8Array(BYTES_A_UNIT * LONGEST);
  /** A plain array, since of it `fromCharCode` makes a string ten times as fast. */
  const code: number[] = [];

  function encode(text: string): string | undefined {
    if (text.length > LONGEST) return undefined;
    const { written } = utf8.encodeInto(text, bytes);
    const length = write(written);
    if (length >= text.length) return undefined;
    const made = String.fromCharCode(...code.slice(0, length));
    // Half a surrogate pair has no UTF-8. All ASCII has as many bytes as units, and comes back as it was.
    return written === text.length || decode(made) === text ? made : undefined;
  }

  /** Codes the first `end` bytes; gives the length of the code. */
  function write(end: number): number {
    let length = 0;
    let unsaid = 0;
    for (let at = 0; at < end; ) {
      const start = at;
      let hash = HASH_START;
      let byte = bytes[at++] as number;
      if (byte === SPACE && at < end) {
        hash = hashed(hash, byte);
        byte = bytes[at++] as number;
      }
      hash = hashed(hash, byte);
      if (IN_WORD[byte] === 1)
        while (at < end && IN_WORD[bytes[at] as number] === 1) hash = hashed(hash, bytes[at++] as number);
      const number = dictionary.find(bytes, start, at, hash);
      if (number < 0) continue;
      if (unsaid < start) length = spell(unsaid, start, length);
      unsaid = at;
      if (number < ONE_BYTE) code[length++] = number;
      else {
        code[length++] = ONE_BYTE + ((number - ONE_BYTE) >>> 8);
        code[length++] = (number - ONE_BYTE) & 255;
      }
    }
    return unsaid < end ? spell(unsaid, end, length) : length;
  }

  function spell(start: number, end: number, at: number): number {
    let length = at;
    code[length++] = SPELLED;
    let left = end - start;
    for (; left >= MORE; left >>>= LENGTH_BITS) code[length++] = MORE | (left & (MORE - 1));
    code[length++] = left;
    for (let place = start; place < end; place++) code[length++] = bytes[place] as number;
    return length;
  }

  function decode(made: string): string {
    let length = 0;
    for (let at = 0; at < made.length; ) {
      const first = made.charCodeAt(at++);
      if (first !== SPELLED) {
        const number =
          first < ONE_BYTE ? first : ONE_BYTE + ((first - ONE_BYTE) << 8) + made.charCodeAt(at++);
        length = dictionary.copy(number, bytes, length);
        continue;
      }
      let left = 0;
      for (let shift = 0, more = true; more; shift += LENGTH_BITS) {
        const part = made.charCodeAt(at++);
        left |= (part & (MORE - 1)) << shift;
        more = part >= MORE;
      }
      for (; left > 0; left--) bytes[length++] = made.charCodeAt(at++);
    }
    return fromUtf8.decode(bytes.subarray(0, length));
  }

  return { encode, decode };
}

const HASH_START = 0x811c9dc5;
const hashed = (hash: number, byte: number) => Math.imul(hash ^ byte, 0x01000193);

const LOWER_HALF = 0xffff;
const UPPER_HALF = ~LOWER_HALF;

/** Parts as bytes, numbered by how common they are, in an open hash table. */
function createDictionary(counts: PartCounts) {
  const parts = [...counts]
    .filter(([, uses]) => uses >= LEAST_USES)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PARTS)
    .map(([part]) => new TextEncoder().encode(part));
  const starts = new Uint32Array(parts.length + 1);
  const letters = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  const mask = 2 ** Math.ceil(Math.log2(2 * parts.length + 2)) - 1;
  /** The upper half of a hash beside a number counted from 1; 0 is none. */
  const table = new Int32Array(mask + 1);

  for (const [number, part] of parts.entries()) {
    const start = starts[number] as number;
    letters.set(part, start);
    starts[number + 1] = start + part.length;
    const hash = part.reduce(hashed, HASH_START);
    let place = placeOf(hash);
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = (hash & UPPER_HALF) | (number + 1);
  }

  /** The low bits alone would be those of the last letters. */
  function placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & mask;
  }

  function isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const first = starts[number] as number;
    if ((starts[number + 1] as number) - first !== end - start) return false;
    for (let at = start; at < end; at++) if (letters[first + at - start] !== bytes[at]) return false;
    return true;
  }

  return {
    /** -1 for a part that is not here. */
    find(bytes: Uint8Array, start: number, end: number, hash: number): number {
      for (let place = placeOf(hash); ; place = (place + 1) & mask) {
        const entry = table[place] as number;
        if (entry === 0) return -1;
        const number = (entry & LOWER_HALF) - 1;
        if (((entry ^ hash) & UPPER_HALF) === 0 && isAt(number, bytes, start, end)) return number;
      }
    },
    /** Gives the place behind it. */
    copy(number: number, into: Uint8Array, at: number): number {
      let length = at;
      const end = starts[number + 1] as number;
      for (let place = starts[number] as number; place < end; place++)
        into[length++] = letters[place] as number;
      return length;
    },
  };
}
