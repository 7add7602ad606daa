/** Maximum delay before a throttled invocation is sent again, if AWS asks for no other. */
const MAX_DELAY_MS = 20_000;
const FIRST_DELAY_MS = 1_000;

/**
 * Limits the number of invocations in flight by additive increase and multiplicative decrease: the limit is halved when AWS
 * throttles, and grows by one for as many successes as the limit. An invocation that was sent before the last decrease does
 * not decrease the limit again.
 */
export class ConcurrencyController {
  readonly #max: number;
  #limit: number;
  #epoch = 0;

  /** @param max - The initial and the maximum limit. */
  constructor(max: number) {
    this.#max = max;
    this.#limit = max;
  }

  /** Maximum number of invocations in flight at this moment, at least 1. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Number of decreases so far. Record it when an invocation is sent. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Records that an invocation sent in this epoch was throttled. */
  decrease(epoch: number): void {
    if (epoch !== this.#epoch) return;
    this.#epoch++;
    this.#limit = Math.max(1, this.#limit / 2);
  }

  /** Records that an invocation was not throttled. */
  increase(): void {
    this.#limit = Math.min(this.#max, this.#limit + 1 / this.#limit);
  }
}

/**
 * The delay before a throttled invocation is sent again for the given time, in milliseconds: what AWS asks for, plus a
 * jitter whose maximum doubles each time.
 */
export function requeueDelayMs(requeues: number, retryAfterMs = 0): number {
  const maxJitterMs = Math.min(
    MAX_DELAY_MS,
    FIRST_DELAY_MS * 2 ** (requeues - 1),
  );
  return retryAfterMs + Math.random() * maxJitterMs;
}
