/*
 * Orders by score without a comparison: a hundred thousand numbers take two milliseconds, a sort by a function
 * thirty.
 */

/** Below so many a sort by comparison costs less than the counting. */
const FEW = 256;
const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;

/**
 * Places in the order of their scores, the highest first, equal ones in the order given. No score may be NaN.
 * @param places into `scores`.
 */
export function orderByScore(scores: Float64Array | Float32Array, places: Uint32Array): Uint32Array {
  const better = (a: number, b: number) => (scores[b] as number) - (scores[a] as number);
  // Typed arrays sort stably, as arrays do. Equal infinities differ by NaN, which counts as 0.
  if (places.length < FEW) return places.slice().sort(better);
  const order = byDigits(scores, places);
  if (scores instanceof Float64Array) mendRounded(scores, order);
  return order;
}

/** A radix sort by the scores as floats of 32 bits. */
function byDigits(scores: Float64Array | Float32Array, places: Uint32Array): Uint32Array {
  const count = places.length;
  const floats = new Float32Array(count);
  // Adding 0 makes -0 the 0 that it equals.
  for (let i = 0; i < count; i++) floats[i] = (scores[places[i] as number] as number) + 0;
  let keys = new Uint32Array(floats.buffer);
  // Bits of floats rise with them, but for the sign; turned round, the highest comes first.
  for (let i = 0; i < count; i++) {
    const bits = keys[i] as number;
    keys[i] = bits >>> 31 ? bits : ~bits & 0x7fffffff;
  }
  let order = places.slice();
  let otherKeys = new Uint32Array(count);
  let other = new Uint32Array(count);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = new Uint32Array(DIGITS);
    for (let i = 0; i < count; i++) {
      const digit = ((keys[i] as number) >>> shift) & (DIGITS - 1);
      starts[digit] = (starts[digit] as number) + 1;
    }
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const length = starts[digit] as number;
      starts[digit] = start;
      start += length;
    }
    for (let i = 0; i < count; i++) {
      const key = keys[i] as number;
      const digit = (key >>> shift) & (DIGITS - 1);
      const to = starts[digit] as number;
      starts[digit] = to + 1;
      otherKeys[to] = key;
      other[to] = order[i] as number;
    }
    [keys, otherKeys] = [otherKeys, keys];
    [order, other] = [other, order];
  }
  return order;
}

/** Scores that are one as floats of 32 bits may differ as they are. */
function mendRounded(scores: Float64Array, order: Uint32Array): void {
  const scoreAt = (at: number) => scores[order[at] as number] as number;
  let before = Number.POSITIVE_INFINITY;
  for (let at = 0; at < order.length; at++) {
    const score = scores[order[at] as number] as number;
    if (score <= before) {
      before = score;
      continue;
    }
    // Rare: the stretch that is one number as floats, which has begun before this place, is sorted by itself.
    const rounded = Math.fround(score);
    let start = at;
    while (start > 0 && Math.fround(scoreAt(start - 1)) === rounded) start--;
    let end = at + 1;
    while (end < order.length && Math.fround(scoreAt(end)) === rounded) end++;
    order.subarray(start, end).sort((a, b) => (scores[b] as number) - (scores[a] as number));
    at = end - 1;
    before = scoreAt(at);
  }
}

/** Stretches of scores that are counted apart. */
const STRETCHES = 4096;
/** Of more wanted ones than this share all are put in order. */
const FEW_WANTED = 1 / 8;

/**
 * Ranks by place, 1 for the highest score, among some places: equal ones in the order given. Of a few that are wanted
 * only what lies near them is put in order, of the rest it is counted what lies above.
 * @param places into `scores`; no score of theirs may be NaN.
 * @param wanted some of them; what stands at other places means nothing.
 */
export function ranksOf(
  scores: Float64Array | Float32Array,
  places: Uint32Array,
  wanted: Uint32Array,
): Uint32Array {
  const ranks = new Uint32Array(scores.length);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < places.length; i++) {
    const score = scores[places[i] as number] as number;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const scale = (STRETCHES - 1) / (most - least);
  if (wanted.length > places.length * FEW_WANTED || !(scale > 0 && scale < Number.MAX_VALUE)) {
    const order = orderByScore(scores, places);
    for (let at = 0; at < order.length; at++) ranks[order[at] as number] = at + 1;
    return ranks;
  }
  const stretchOf = (place: number) => ((most - (scores[place] as number)) * scale) | 0;
  const isWanted = new Uint8Array(STRETCHES);
  for (let i = 0; i < wanted.length; i++) isWanted[stretchOf(wanted[i] as number)] = 1;
  const above = new Uint32Array(STRETCHES + 1);
  const near = new Uint32Array(places.length);
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const stretch = stretchOf(place);
    above[stretch + 1] = (above[stretch + 1] as number) + 1;
    if (isWanted[stretch]) near[count++] = place;
  }
  for (let stretch = 0; stretch < STRETCHES; stretch++)
    above[stretch + 1] = (above[stretch + 1] as number) + (above[stretch] as number);
  const order = orderByScore(scores, near.subarray(0, count));
  let stretch = -1;
  let rank = 0;
  for (let at = 0; at < count; at++) {
    const place = order[at] as number;
    const here = stretchOf(place);
    if (here !== stretch) rank = above[here] as number;
    stretch = here;
    ranks[place] = ++rank;
  }
  return ranks;
}

/** Places of the `count` highest scores, best first, equal ones in their order, in one pass. NaN is passed over. */
export function highest(scores: Float64Array | Float32Array, count: number): Uint32Array {
  const most = Math.min(count, scores.length);
  const best = new Uint32Array(most);
  if (most === 0) return best;
  let found = 0;
  let least = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (found === most ? !(score > least) : Number.isNaN(score)) continue;
    let to = found < most ? found : most - 1;
    // Halved rather than walked: of a thousand wanted, a good one would pass them all.
    let low = 0;
    while (low < to) {
      const middle = (low + to) >> 1;
      if ((scores[best[middle] as number] as number) >= score) low = middle + 1;
      else to = middle;
    }
    best.copyWithin(low + 1, low, found < most ? found : most - 1);
    best[low] = place;
    if (found < most) found++;
    if (found === most) least = scores[best[most - 1] as number] as number;
  }
  return best.subarray(0, found);
}
