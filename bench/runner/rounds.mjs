import { tell } from "./tell.mjs";

/**
 * Measures every job once in each round, so that what disturbs the machine disturbs all of them; every other round
 * backwards. Answers with the median of a number, by the name of the job.
 */
export async function interleave({ rounds, jobs, measure }) {
  const seen = new Map();
  for (let round = 1; round <= rounds; round++) {
    const names = Object.keys(jobs);
    if (round % 2 === 0) names.reverse();
    for (const name of names) {
      tell(`round ${round} of ${rounds}: ${name}`);
      const numbers = await measure(jobs[name]);
      seen.set(name, [...(seen.get(name) ?? []), numbers]);
    }
  }
  return (name, field) => median(seen.get(name).map((each) => each[field]));
}

/** The one in the middle; between the two in the middle where there are two. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
