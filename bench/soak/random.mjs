/** Random numbers that are reproducible from the seed (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** True with the given probability, 0 to 1. */
    chance: (probability) => next() < probability,
    /** An integer between two bounds, inclusive. */
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    /** An item of a list. */
    oneOf: (list) => list[Math.floor(next() * list.length)],
    /** A key of an object whose values are weights. */
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
