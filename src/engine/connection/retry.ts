/**
 * Retry delays and the retry budget. The numbers are those of AWS's standard retry mode
 * ({@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html | retry behavior}).
 */

/** Maximum delay. If AWS asks for a longer one with `Retry-After`, the error reports it and the caller decides. */
const MAX_DELAY_MS = 20_000;

const BASE_DELAY_MS = { transient: 50, throttled: 1_000 };
const COST = { transient: 14, throttled: 5 };
const CAPACITY = 500;

/** Why a retry may succeed: the failure was temporary, or AWS throttled the request. */
export type RetryReason = keyof typeof BASE_DELAY_MS;

/** Limits the retries of all calls of a connection, so that an outage does not cause a retry storm. */
export class RetryBudget {
  #tokens = CAPACITY;

  /** Pays for one retry. Returns `false` if too few tokens are left. */
  spend(reason: RetryReason): boolean {
    if (this.#tokens < COST[reason]) return false;
    this.#tokens -= COST[reason];
    return true;
  }

  /** Refunds the cost of the retry that got a response, or one token if the first attempt did (`undefined`). */
  refund(reason: RetryReason | undefined): void {
    if (this.#tokens < CAPACITY)
      this.#tokens = Math.min(
        CAPACITY,
        this.#tokens + (reason ? COST[reason] : 1),
      );
  }
}

/**
 * Returns the delay before the next attempt, in ms: random between 0 and a bound that doubles with each attempt (full
 * jitter), but at least what AWS asks for. Returns `undefined` if AWS asks for more than 20 seconds.
 */
export function retryDelayMs(
  nextAttempt: number,
  reason: RetryReason,
  retryAfterMs = 0,
): number | undefined {
  if (retryAfterMs > MAX_DELAY_MS) return undefined;
  const bound = Math.min(
    MAX_DELAY_MS,
    BASE_DELAY_MS[reason] * 2 ** (nextAttempt - 2),
  );
  return Math.max(retryAfterMs, Math.random() * bound);
}
