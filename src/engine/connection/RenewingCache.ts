import { LruMap } from "../cache/LruMap";
import type { Clock } from "../settings/clock";
import { refreshBeforeMs, refreshPauseMs } from "../settings/refreshPolicy";

/** A value expires this much earlier than stated, because requests need time to arrive; at most 1/20 of its lifetime. */
const MARGIN_MS = 5_000;

/** Passed to the function that loads a value. */
export interface LoadContext {
  /** Fires when no caller waits for the value any more. */
  readonly signal: AbortSignal;
  /** Whether the value is refreshed before it expires, with no caller waiting. */
  readonly isBackground: boolean;
}

/** A loaded value and its lifetime. */
export interface Loaded<Value> {
  readonly value: Value;
  /** Lifetime in ms from now. If it is 0 or less, the waiting callers get the value, but it is not cached. */
  readonly ttlMs: number;
}

/** How a value is loaded, and for how long the caller waits. */
export interface LoadOptions<Value> {
  /** Fires when the caller gives up. Used only if the caller has to wait. */
  readonly signal: AbortSignal;

  /** Loads the value. */
  readonly load: (context: LoadContext) => Promise<Loaded<Value>>;
}

interface CacheEntry<Value> {
  readonly value: Value;
  /** From then on callers wait for a new value. */
  readonly expiresAt: number;
  /** When the value really ends. Until then, it is used if there is no new one. */
  readonly endsAt: number;
  refreshAt: number;
  /** Failed refreshes in a row. */
  failures: number;
}

/** A load in progress, shared by all callers that want the value. */
interface PendingLoad<Value> {
  readonly value: Promise<Value>;
  readonly abandoned: AbortController;
  /** Whether it refreshes a value that is still valid. It then continues even if no caller waits. */
  readonly isBackground: boolean;
  waiting: number;
}

/**
 * Cache of values that expire, by key. There is at most one load per key at a time. Values are refreshed before they
 * expire; until then callers get the old value, and a failed refresh does not affect them.
 */
export class RenewingCache<Value> {
  readonly #clock: Clock;
  readonly #entries: LruMap<string, CacheEntry<Value>>;
  readonly #pending = new Map<string, PendingLoad<Value>>();

  constructor(clock: Clock, maxEntries: number) {
    this.#clock = clock;
    this.#entries = new LruMap({ max: maxEntries });
  }

  /** Number of cached values. */
  get size(): number {
    return this.#entries.size;
  }

  /** Returns the cached value if it needs no refresh. */
  getFresh(name: string): Value | undefined {
    const entry = this.#entries.get(name);
    return entry && this.#clock.now() < entry.refreshAt
      ? entry.value
      : undefined;
  }

  /** Returns the cached value, or loads it if there is none. */
  get(name: string, options: LoadOptions<Value>): Value | Promise<Value> {
    const entry = this.#entries.get(name);
    if (!entry) return this.#wait(name, options);
    const now = this.#clock.now();
    if (now >= entry.endsAt) return this.#wait(name, options);
    if (now < entry.refreshAt) return entry.value;
    if (now >= entry.expiresAt) return this.#waitOrKeep(name, entry, options);
    if (!this.#pending.has(name)) this.#refresh(name, entry, options);
    return entry.value;
  }

  /** Removes a value, unless it has been replaced by a newer one. */
  invalidate(name: string, value: Value): void {
    if (this.#entries.peek(name)?.value === value) this.#entries.delete(name);
  }

  /** Removes all values. Loads in progress continue for the callers that wait for them; the others are aborted. */
  clear(): void {
    this.#entries.clear();
    const loads = [...this.#pending.values()];
    this.#pending.clear();
    for (const { isBackground, waiting, abandoned } of loads)
      if (isBackground && waiting === 1) abandoned.abort();
  }

  #wait(name: string, options: LoadOptions<Value>): Promise<Value> {
    if (options.signal.aborted)
      return Promise.reject(new Error("the call was ended"));
    const load = this.#pending.get(name) ?? this.#load(name, options, false);
    load.waiting++;
    options.signal.addEventListener(
      "abort",
      () => {
        if (--load.waiting === 0) load.abandoned.abort();
      },
      { once: true },
    );
    return load.value;
  }

  /** Waits for a new value. If the load fails, returns the old value, unless it has been removed or has expired. */
  async #waitOrKeep(
    name: string,
    entry: CacheEntry<Value>,
    options: LoadOptions<Value>,
  ): Promise<Value> {
    try {
      return await this.#wait(name, options);
    } catch (error) {
      const isCached = this.#entries.peek(name) === entry;
      if (!isCached || this.#clock.now() >= entry.endsAt) throw error;
      this.#pause(entry);
      return entry.value;
    }
  }

  /** Waits before the next refresh, longer each time. */
  #pause(entry: CacheEntry<Value>): void {
    const now = this.#clock.now();
    // Several callers may have waited for the same load.
    if (now < entry.refreshAt) return;
    entry.refreshAt =
      now + refreshPauseMs(++entry.failures, entry.endsAt - now);
  }

  #refresh(
    name: string,
    entry: CacheEntry<Value>,
    options: LoadOptions<Value>,
  ): void {
    const load = this.#load(name, options, true);
    // Counts as a waiting caller, so that the load continues when the real callers give up.
    load.waiting++;
    load.value.catch(() => {
      this.#pause(entry);
    });
  }

  #load(
    name: string,
    options: LoadOptions<Value>,
    isBackground: boolean,
  ): PendingLoad<Value> {
    const abandoned = new AbortController();
    const isCurrent = (): boolean =>
      this.#pending.get(name)?.abandoned === abandoned;
    const value = options
      .load({ signal: abandoned.signal, isBackground })
      .then((loaded) => {
        if (isCurrent()) this.#store(name, loaded);
        return loaded.value;
      })
      .finally(() => {
        if (isCurrent()) this.#pending.delete(name);
      });
    const load = { value, abandoned, isBackground, waiting: 0 };
    this.#pending.set(name, load);
    // A caller that comes after the last one gave up starts a new load.
    abandoned.signal.addEventListener("abort", () => {
      if (isCurrent()) this.#pending.delete(name);
    });
    return load;
  }

  #store(name: string, { value, ttlMs }: Loaded<Value>): void {
    if (ttlMs <= 0) return;
    this.#removeExpired();
    const end = this.#clock.now() + ttlMs;
    this.#entries.set(name, {
      value,
      expiresAt: end - Math.min(MARGIN_MS, ttlMs / 20),
      endsAt: end,
      refreshAt: end - refreshBeforeMs(ttlMs),
      failures: 0,
    });
  }

  /** Removes expired values, beginning with the least recently used: if credentials rotate, nothing asks for them again. */
  #removeExpired(): void {
    const now = this.#clock.now();
    for (const name of this.#entries.keys()) {
      const entry = this.#entries.peek(name);
      if (entry && now < entry.endsAt) return;
      this.#entries.delete(name);
    }
  }
}
