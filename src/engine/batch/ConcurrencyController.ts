/** Longest pause before one that was throttled is tried again, where AWS asks for none, in ms. */
const LONGEST_PAUSE_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;

/**
 * How many may be in flight at once: half as many when AWS throttles, one more for as many successes as there may be in
 * flight. What was sent before the last halving says nothing new, and halves nothing.
 */
export class ConcurrencyController {
  readonly #most: number;
  #limit: number;
  #turn = 0;

  /** @param most - The limit to begin with, and never to go beyond. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** How many may be in flight, 1 or more. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** How often it was slowed down; to be noted when something is sent. */
  get epoch(): number {
    return this.#turn;
  }

  /** One that was sent in that turn was throttled. */
  decrease(turn: number): void {
    if (turn !== this.#turn) return;
    this.#turn++;
    this.#limit = Math.max(1, this.#limit / 2);
  }

  /** One was not throttled. */
  increase(): void {
    this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
  }
}

/** How long to wait before the `time`th return, in ms: what AWS asks for, and a jitter that grows on top. */
export function requeueDelayMs(time: number, retryAfterMs = 0): number {
  const bound = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (time - 1));
  return retryAfterMs + Math.random() * bound;
}
