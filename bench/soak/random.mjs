/** Chance that can be had again: the same seed, the same numbers (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** Whether something happens that happens so often, 0 to 1. */
    chance: (often) => next() < often,
    /** A whole number, both ends possible. */
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    /** One of a list. */
    oneOf: (list) => list[Math.floor(next() * list.length)],
    /** The key of an object whose values are weights. */
    weighted(weights) {
      const entries = Object.entries(weights);
      const sum = entries.reduce((total, [, weight]) => total + weight, 0);
      let left = next() * sum;
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return entries[0][0];
    },
  };
}
