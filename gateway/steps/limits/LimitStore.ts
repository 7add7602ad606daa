/**
 * A token bucket: `burst` tokens at most, to which `refillTokens` tokens are added evenly in every `refillMs` milliseconds. A new bucket
 * is full. All values are integers, so that stores can calculate exactly; `burst` × `refillMs` is less than 2^53.
 *
 * @category Gateway
 */
export interface TokenBucket {
  /** Distinguishes it from a window. */
  readonly type: "bucket";

  /** Most tokens that the bucket can hold. */
  readonly burst: number;

  /** Tokens that are added in `refillMs`. */
  readonly refillTokens: number;

  /** Milliseconds in which `refillTokens` are added. */
  readonly refillMs: number;
}

/**
 * A fixed window of time with a limit. The count of a key starts at zero when a charge has a later `startsAt` than the last one. A charge
 * with an earlier `startsAt`, by a process whose clock is behind, counts in the later window.
 *
 * @category Gateway
 */
export interface FixedWindow {
  /** Distinguishes it from a bucket. */
  readonly type: "window";

  /** Most charges within the window; 0 refuses all. */
  readonly limit: number;

  /** When the window starts, in milliseconds since 1970. */
  readonly startsAt: number;

  /** When the window ends, in milliseconds since 1970. */
  readonly endsAt: number;
}

/**
 * One token or one count to take.
 *
 * @category Gateway
 */
export interface LimitCharge {
  /**
   * Identifies the bucket or window. It contains the name of the limit and its key, has at most 1,000 characters, and is always used with
   * the same `type`.
   */
  readonly key: string;

  /** What is charged. Its values can change between two charges, because the configuration has changed. */
  readonly limit: TokenBucket | FixedWindow;
}

/**
 * The result of a charge.
 *
 * @category Gateway
 */
export interface LimitResult {
  /** Whether everything was charged. If not, nothing was. */
  readonly allowed: boolean;

  /** Milliseconds until the same charge could be allowed, if nothing else is charged meanwhile. 0 if it was allowed. */
  readonly retryAfterMs: number;
}

/**
 * Where limits count. Implement it with a database to share limits between processes; `MemoryLimitStore` counts in this process.
 *
 * `charge` needs one round trip: a database that runs scripts, such as Redis with Lua, can check and charge all limits in one script, with its
 * own time for token buckets. Each key can be removed when its bucket is full again, or its window has ended.
 *
 * @category Gateway
 */
export interface LimitStore {
  /**
   * Takes one from every bucket and window, or from none of them: if one has nothing left, all stay unchanged. Concurrent calls must
   * behave as if they ran one after the other. The keys of one call are different.
   *
   * @param charges - At least one.
   * @returns The result, or a promise of it. A store without promises costs less.
   */
  charge(charges: readonly LimitCharge[]): LimitResult | Promise<LimitResult>;
}
