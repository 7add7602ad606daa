/** Source of time and timers. Tests pass their own, so that they do not wait. */
export interface Clock {
  /** Returns the current time in ms since 1970-01-01 UTC, like `Date.now`. */
  now(): number;

  /** Calls `callback` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
