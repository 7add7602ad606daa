import type { Clock } from "../src/engine/settings/clock";

/** A clock that advances only when a test advances it. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waiting = new Map<() => void, number>();
  readonly #skips: number;

  /**
   * @param options.skips - Timers of at most this many ms fire in the next microtask. Defaults to none.
   * @param options.startsAt - Epoch ms. Defaults to noon on 20 November 2026. A signature that the embedded AWS verifies
   * needs `Date.now()`.
   */
  constructor({
    skips = -1,
    startsAt = Date.UTC(2026, 10, 20, 12),
  }: { skips?: number; startsAt?: number } = {}) {
    this.#skips = skips;
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    this.#waiting.set(callback, this.#now + ms);
    if (ms <= this.#skips)
      queueMicrotask(() => {
        if (this.#waiting.has(callback)) this.pass(ms);
      });
    return () => {
      this.#waiting.delete(callback);
    };
  }

  /** Advances the time, and calls back every timer that is due. */
  pass(ms: number): void {
    this.#now += ms;
    for (const [callback, due] of this.#waiting)
      if (due <= this.#now) {
        this.#waiting.delete(callback);
        callback();
      }
  }

  /** How many timers are pending. */
  get waiting(): number {
    return this.#waiting.size;
  }
}
