import type { Clock } from "../src/engine/connection/clock";

/** Time that stands still until it is told to pass. */
export class FakeClock implements Clock {
  #now = Date.UTC(2026, 10, 20, 12);
  readonly #waiting = new Map<() => void, number>();
  readonly #skips: number;

  /** @param skips - Waits of at most so many ms are over at once. Absent: none. */
  constructor({ skips = -1 }: { skips?: number } = {}) {
    this.#skips = skips;
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

  /** Lets time pass, and calls back whom it is due to. */
  pass(ms: number): void {
    this.#now += ms;
    for (const [callback, due] of this.#waiting)
      if (due <= this.#now) {
        this.#waiting.delete(callback);
        callback();
      }
  }

  /** How many wait to be called back. */
  get waiting(): number {
    return this.#waiting.size;
  }
}
