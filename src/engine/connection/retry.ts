/**
 * When a request is sent again. Reads and whatever says of itself that it is idempotent: whenever there is hope. An
 * invocation: only where it certainly did not run. The numbers are those of AWS's own standard
 * ({@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html | retry behaviour}).
 */

/** Attempts of one request, the first among them. */
export const MAX_ATTEMPTS = 3;

/** Longest pause. AWS may ask for a longer one by `Retry-After`: the caller is told then, and waits himself. */
const LONGEST_PAUSE_MS = 20_000;

const BASE_MS = { transient: 50, throttled: 1_000 };
const COST = { transient: 14, throttled: 5 };
const FULL = 500;

/** Why another attempt may help: it was too much at once, or something passed by. */
export type RetryReason = keyof typeof BASE_MS;

/** What all calls of a connection may spend on further attempts: an outage is not answered with a storm. */
export class RetryBudget {
  #left = FULL;

  /** Pays for one more attempt; `false` where nothing is left. */
  spend(hope: RetryReason): boolean {
    if (this.#left < COST[hope]) return false;
    this.#left -= COST[hope];
    return true;
  }

  /** An answer came: what the last attempt cost is given back, a little where it was the first. */
  refund(hope: RetryReason | undefined): void {
    if (this.#left < FULL)
      this.#left = Math.min(FULL, this.#left + (hope ? COST[hope] : 1));
  }
}

/**
 * How long to wait before the next attempt, in ms: anything up to a bound that doubles each time (full jitter), and no
 * less than AWS asks. `undefined` where AWS asks for too long.
 */
export function retryDelayMs(
  next: number,
  hope: RetryReason,
  retryAfterMs = 0,
): number | undefined {
  if (retryAfterMs > LONGEST_PAUSE_MS) return undefined;
  const bound = Math.min(LONGEST_PAUSE_MS, BASE_MS[hope] * 2 ** (next - 2));
  return Math.max(retryAfterMs, Math.random() * bound);
}
