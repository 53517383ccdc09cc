import { after, type Deed, type Kept, NOTHING, textOf } from './deeds.ts';
import type { Said } from './page.ts';

/** What pages have acknowledged, held against what the next page finds. */
export interface Ledger {
  hear(said: readonly Said[]): void;
  /**
   * What a page finds after whatever became of the one before: all that was acknowledged, and of what was begun all or nothing.
   * @param unheard what it would have done next: a browser that dies takes its last words along.
   */
  check(found: string, unheard?: readonly Deed[]): void;
  /** Vectors lie in the same files as the library and are in no copy: they are made again. */
  loseVectors(): void;
  /** All that was acknowledged before is another library now. */
  become(kept: Kept): void;
  readonly acknowledged: number;
  /** Times that something acknowledged was not there. */
  readonly lost: number;
  /** Times that there was something that no whole change makes. */
  readonly half: number;
  /** What was wrong, for whoever has to mend it. */
  readonly wrong: string[];
}

/** States that are remembered, to tell an older one from one that never was. */
const REMEMBERED = 200;

export function createLedger(): Ledger {
  let kept = NOTHING;
  let begun: Deed | undefined;
  let before: string[] = [];
  const counts = { acknowledged: 0, lost: 0, half: 0 };
  const wrong: string[] = [];
  const move = (next: Kept) => {
    before = [textOf(kept), ...before].slice(0, REMEMBERED);
    kept = next;
  };
  return {
    hear(said) {
      for (const one of said) {
        if (one.say === 'begins') begun = one.deed;
        if (one.say === 'refused') begun = undefined;
        if (one.say !== 'done') continue;
        counts.acknowledged++;
        move(after(kept, one.deed));
        begun = undefined;
      }
    },
    check(found, unheard = []) {
      const whole = begun ? after(kept, begun) : kept;
      begun = undefined;
      if (found === textOf(kept)) return;
      if (found === textOf(whole)) return move(whole);
      let further = whole;
      for (const deed of unheard) {
        further = after(further, deed);
        if (found === textOf(further)) return move(further);
      }
      if (before.includes(found)) counts.lost++;
      else counts.half++;
      wrong.push(`found ${found}\ninstead of ${textOf(kept)}`);
      // From here on what is there counts, so that one fault is not told again and again.
      move(JSON.parse(found) as Kept);
    },
    loseVectors() {
      kept = { ...kept, vectors: [] };
    },
    become(next) {
      kept = next;
      begun = undefined;
      before = [];
    },
    get acknowledged() {
      return counts.acknowledged;
    },
    get lost() {
      return counts.lost;
    },
    get half() {
      return counts.half;
    },
    wrong,
  };
}
