import type { Clock } from "../../../src";
import { LruMap } from "../../../src/internal";
import {
  findOptionIssues,
  integerRule,
} from "../../route/options/validateOptions";
import { throwIssues } from "../../route/throwIssues";
import type {
  FixedWindow,
  LimitCharge,
  LimitResult,
  LimitStore,
  TokenBucket,
} from "./LimitStore";

/** Default number of keys: some 35 MB if all are used. */
const DEFAULT_MAX_KEYS = 100_000;

const ALLOWED: LimitResult = Object.freeze({ allowed: true, retryAfterMs: 0 });

/**
 * Options of {@link MemoryLimitStore}.
 *
 * @category Gateway
 */
export interface MemoryLimitStoreOptions {
  /**
   * Most buckets and windows that are kept, 1 to 10,000,000. Beyond, the least recently used one is evicted; its client then starts with
   * a full bucket or a count of zero. Each takes some 350 bytes. Defaults to 100,000.
   */
  readonly maxKeys?: number | undefined;
}

/** What is kept for a key. */
interface State {
  /** Of a bucket: tokens left × `unit`. Of a window: charges so far. */
  value: number;

  /** Of a bucket: when `value` was calculated, in milliseconds. Of a window: when it starts. */
  at: number;

  /** Of a bucket: its `refillMs`. Then `refillTokens` is what each millisecond adds, and all values are integers. */
  unit: number;
}

/**
 * Counts limits in the memory of this process. They start again when the process does, and each process counts its own requests:
 * with four processes, a client can send four times as many. Limits that are created without a store have one of their own.
 *
 * Token buckets use a clock that does not change with the time of day, windows the time of day.
 *
 * @example
 * const store = new MemoryLimitStore({ maxKeys: 10_000 });
 * const perSecond = throttle({ rate: 10, burst: 20, store, name: "burst" });
 * const perDay = quota({ limit: 5_000, period: "day", store, name: "daily" });
 *
 * @category Gateway
 */
export class MemoryLimitStore implements LimitStore {
  readonly #states: LruMap<string, State>;
  readonly #steadyNow: () => number;
  readonly #now: () => number;

  /**
   * Creates a store.
   *
   * @param options - Its bound.
   * @param hooks - Clock for tests. Defaults to the machine's clocks.
   * @throws `ERR_INVALID_INPUT`.
   */
  constructor(
    options: MemoryLimitStoreOptions = {},
    { clock }: { readonly clock?: Clock | undefined } = {},
  ) {
    throwIssues(
      "MemoryLimitStore",
      findOptionIssues<MemoryLimitStoreOptions>(
        options,
        { maxKeys: integerRule(1, 10_000_000) },
        { operation: "MemoryLimitStore" },
      ),
    );
    this.#states = new LruMap({ max: options.maxKeys ?? DEFAULT_MAX_KEYS });
    this.#steadyNow = clock
      ? () => Math.floor(clock.now())
      : () => Math.floor(performance.now());
    this.#now = clock ? () => clock.now() : Date.now;
  }

  /** Number of buckets and windows that are kept. */
  get size(): number {
    return this.#states.size;
  }

  /** Removes all buckets and windows, so that every limit starts again. */
  clear(): void {
    this.#states.clear();
  }

  charge(charges: readonly LimitCharge[]): LimitResult {
    let waitMs = 0;
    for (const { key, limit } of charges) {
      const state = this.#states.get(key);
      const wait =
        limit.type === "bucket"
          ? this.#waitForToken(state, limit)
          : this.#waitForWindow(state, limit);
      if (wait > waitMs) waitMs = wait;
    }
    if (waitMs > 0) return { allowed: false, retryAfterMs: waitMs };
    for (const { key, limit } of charges) {
      const state = this.#states.get(key);
      if (state) state.value += limit.type === "bucket" ? -state.unit : 1;
      else this.#states.set(key, this.#createState(limit));
    }
    return ALLOWED;
  }

  /** The state of a limit that was charged once. */
  #createState(limit: TokenBucket | FixedWindow): State {
    if (limit.type === "window")
      return { value: 1, at: limit.startsAt, unit: 0 };
    const { burst, refillMs: unit } = limit;
    return { value: (burst - 1) * unit, at: this.#steadyNow(), unit };
  }

  /** Refills a bucket. Returns the milliseconds until it has a token; 0 if it has one. */
  #waitForToken(
    state: State | undefined,
    { burst, refillTokens, refillMs: unit }: TokenBucket,
  ): number {
    if (!state) return 0;
    if (state.unit !== unit) {
      state.value = Math.floor((state.value / state.unit) * unit);
      state.unit = unit;
    }
    const now = this.#steadyNow();
    if (now > state.at) {
      state.value += (now - state.at) * refillTokens;
      state.at = now;
    }
    const full = burst * unit;
    if (state.value > full) state.value = full;
    return state.value >= unit
      ? 0
      : Math.ceil((unit - state.value) / refillTokens);
  }

  /** Begins a window if it is later than the last one. Returns the milliseconds until its end if nothing is left of it, otherwise 0. */
  #waitForWindow(
    state: State | undefined,
    { limit, startsAt, endsAt }: FixedWindow,
  ): number {
    if (state && startsAt > state.at) {
      state.at = startsAt;
      state.value = 0;
    }
    return (state?.value ?? 0) < limit ? 0 : Math.max(1, endsAt - this.#now());
  }
}
