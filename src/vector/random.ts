/**
 * A seeded generator of numbers in [0, 1): mulberry32, 32 bits of state.
 * Equal seeds give equal sequences on every machine. Not for secrets.
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * `count` different whole numbers below `total`, ascending, drawn evenly.
 * All of them when `count` reaches `total`.
 */
export function sampleIndices(total: number, count: number, random: () => number): Uint32Array {
  const sample = new Uint32Array(Math.min(total, Math.max(0, count)));
  let taken = 0;
  // Selection sampling: each index is kept with the chance that is left to it, so the order stays.
  for (let index = 0; taken < sample.length; index++) {
    if (random() * (total - index) < sample.length - taken) sample[taken++] = index;
  }
  return sample;
}
