import { showProgress } from "./showProgress.mjs";

/**
 * Measures every job once per round, so that disturbances of the machine affect all of them; every second round runs in
 * reverse order. Returns a function for the median of a value, by the name of the job.
 */
export async function interleave({ rounds, jobs, measure }) {
  const seen = new Map();
  for (let round = 1; round <= rounds; round++) {
    const names = Object.keys(jobs);
    if (round % 2 === 0) names.reverse();
    for (const name of names) {
      showProgress(`round ${round} of ${rounds}: ${name}`);
      const numbers = await measure(jobs[name]);
      seen.set(name, [...(seen.get(name) ?? []), numbers]);
    }
  }
  return (name, field) => median(seen.get(name).map((each) => each[field]));
}

/** The median; the mean of the two middle values if the count is even. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
