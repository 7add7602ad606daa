/** What time it is, and a call when some of it has passed. */
export interface Clock {
  /** Milliseconds since 1970. */
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
