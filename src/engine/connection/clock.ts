/** What time it is, and a call when some of it has passed; for tests that do not wait. */
export interface Clock {
  /** Now, in milliseconds since 1970 (UTC), as `Date.now` has it. */
  now(): number;

  /** Calls back after `ms` milliseconds, unless what it returns is called before. */
  after(ms: number, callback: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
