import type { Paper } from '../paper/paper.ts';
import { countParts, createTextCoder, type PartCounts, type TextCoder } from '../words/textCoder.ts';

/**
 * Papers in less memory: an abstract is kept as a code (see `textCoder.ts`), and decoded each time when it is read,
 * in some five microseconds. Coding waits for {@link HeldPapers.packSteps}, so that it takes no time from what is asked.
 */
export interface HeldPapers {
  /**
   * A paper that reads as the one given. Its abstract is of the prototype: `{ ...paper }` and messages between
   * threads do not take it along.
   * @param before the held one whose place it takes.
   */
  hold(paper: Paper, before?: Paper): Paper;
  /** A paper that will not be read again need not be packed. It can be read all the same. */
  release(paper: Paper | undefined): void;
  /**
   * Packs what is not yet packed, in steps of about a millisecond, but for one of some 30 that makes the dictionary;
   * nothing where all texts together are short.
   */
  packSteps(): Generator<void, void>;
  /** Signs in abstracts that are not packed, and could be. */
  waiting(): number;
}

/** UTF-16 units. Less is not worth a dictionary, and so much teaches it what it needs. */
const LEAST_CHARACTERS = 5_000_000;
/** Papers packed in one step. */
const STEP = 32;

/** Tellings of a paper that differ elsewhere share it. */
class HeldText {
  #text: string;
  #coder: TextCoder | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    return this.#coder ? this.#coder.decode(this.#text) : this.#text;
  }

  pack(coder: TextCoder): void {
    const code = coder.encode(this.#text);
    if (code === undefined) return;
    this.#text = code;
    this.#coder = coder;
  }
}

class HeldPaper {
  readonly #abstract: HeldText;

  constructor({ abstract, ...rest }: Paper, before: Paper | undefined) {
    const known = before instanceof HeldPaper && before.abstract === abstract;
    this.#abstract = known ? before.#abstract : new HeldText(abstract);
    Object.assign(this, rest);
  }

  get abstract(): string {
    return this.#abstract.read();
  }

  get text(): HeldText {
    return this.#abstract;
  }

  static textOf(paper: Paper): HeldText | undefined {
    return paper instanceof HeldPaper ? paper.#abstract : undefined;
  }
}

/** @param least UTF-16 units of abstracts from which on they are packed. */
export function createHeldPapers(least = LEAST_CHARACTERS): HeldPapers {
  const unpacked = new Set<HeldText>();
  let characters = 0;
  let coder: TextCoder | undefined;

  function forget(text: HeldText): void {
    if (unpacked.delete(text)) characters -= text.read().length;
  }

  function* learnSteps(): Generator<void, TextCoder> {
    const counts: PartCounts = new Map();
    let read = 0;
    let texts = 0;
    for (const held of unpacked) {
      const text = held.read();
      countParts(text, counts);
      read += text.length;
      if (read >= LEAST_CHARACTERS) break;
      if (++texts % STEP === 0) yield;
    }
    return createTextCoder(counts);
  }

  return {
    hold(paper, before) {
      const held = new HeldPaper(paper, before);
      const earlier = before && HeldPaper.textOf(before);
      if (held.text !== earlier) {
        if (earlier) forget(earlier);
        unpacked.add(held.text);
        characters += paper.abstract.length;
      }
      return held as unknown as Paper;
    },
    release(paper) {
      const text = paper && HeldPaper.textOf(paper);
      if (text) forget(text);
    },
    *packSteps() {
      if (!coder && characters < least) return;
      coder ??= yield* learnSteps();
      let texts = 0;
      for (const text of unpacked) {
        forget(text);
        text.pack(coder);
        if (++texts % STEP === 0) yield;
      }
    },
    waiting: () => characters,
  };
}
