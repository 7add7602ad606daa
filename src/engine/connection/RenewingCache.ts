import { LRUCache } from "lru-cache";
import type { Clock } from "./clock";

/** A value is renewed this long before its end, or when a quarter of a shorter life is left. */
const RENEW_BEFORE_MS = 300_000;

/** It is not used to the very end: what is sent with it has to arrive. A twentieth of a shorter life. */
const SPARE_MS = 5_000;

/** A renewal that failed is tried again after this time, or when a quarter of what was left has passed. */
const TRY_AGAIN_MS = 30_000;

/** Why a value is loaded, and for how long anyone is interested in it. */
export interface LoadContext {
  /** Fires when no caller waits for the value any more. */
  readonly signal: AbortSignal;
  /** Whether the value is refreshed before it expires, with no caller waiting. */
  readonly isBackground: boolean;
}

/** What was brought, and for how long it is good. */
export interface Loaded<Value> {
  readonly value: Value;
  /** In ms from now. 0 or less: it serves whoever waits for it, and is not kept. */
  readonly ttlMs: number;
}

/** Who wants a value, and how it is had. */
export interface LoadOptions<Value> {
  /** Fires when whoever asked has given up. Looked at only where he has to wait. */
  readonly signal: AbortSignal;

  /** Brings it. */
  readonly load: (errand: LoadContext) => Promise<Loaded<Value>>;
}

interface CacheEntry<Value> {
  readonly value: Value;
  readonly expiresAt: number;
  renewAt: number;
}

/** A request for a value that is under way. */
interface PendingLoad<Value> {
  readonly value: Promise<Value>;
  readonly abandoned: AbortController;
  /** Whether it was sent before its time, and goes on where nobody waits. */
  readonly isBackground: boolean;
  waiting: number;
}

/**
 * Values that know when they end, by name. One request at a time is under way for each; it is made before the end, while
 * the old value serves on, and a request that fails then disturbs nobody.
 */
export class RenewingCache<Value> {
  readonly #clock: Clock;
  readonly #kept: LRUCache<string, CacheEntry<Value>>;
  readonly #errands = new Map<string, PendingLoad<Value>>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#kept = new LRUCache({ max: most });
  }

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** The value that is kept, where there is nothing to do about it. */
  getFresh(name: string): Value | undefined {
    const kept = this.#kept.get(name);
    return kept && this.#clock.now() < kept.renewAt ? kept.value : undefined;
  }

  /** The value that is kept, else one that is brought. */
  get(name: string, wish: LoadOptions<Value>): Value | Promise<Value> {
    const kept = this.#kept.get(name);
    if (!kept) return this.#wait(name, wish);
    const now = this.#clock.now();
    if (now >= kept.expiresAt) return this.#wait(name, wish);
    if (now >= kept.renewAt && !this.#errands.has(name))
      this.#renew(name, kept, wish);
    return kept.value;
  }

  /** Forgets a value that is no longer good, unless a newer one has taken its place. */
  invalidate(name: string, value: Value): void {
    if (this.#kept.peek(name)?.value === value) this.#kept.delete(name);
  }

  /** Forgets everything; what is under way serves who waits for it, and ends where nobody does. */
  clear(): void {
    this.#kept.clear();
    const errands = [...this.#errands.values()];
    this.#errands.clear();
    for (const { isBackground, waiting, abandoned: abandoned } of errands)
      if (isBackground && waiting === 1) abandoned.abort();
  }

  #wait(name: string, wish: LoadOptions<Value>): Promise<Value> {
    if (wish.signal.aborted)
      return Promise.reject(new Error("the call was ended"));
    const errand = this.#errands.get(name) ?? this.#send(name, wish, false);
    errand.waiting++;
    wish.signal.addEventListener(
      "abort",
      () => {
        if (--errand.waiting === 0) errand.abandoned.abort();
      },
      { once: true },
    );
    return errand.value;
  }

  #renew(
    name: string,
    kept: CacheEntry<Value>,
    wish: LoadOptions<Value>,
  ): void {
    const errand = this.#send(name, wish, true);
    // It goes on whoever gives up.
    errand.waiting++;
    errand.value.catch(() => {
      const now = this.#clock.now();
      kept.renewAt = now + Math.min(TRY_AGAIN_MS, (kept.expiresAt - now) / 4);
    });
  }

  #send(
    name: string,
    { load: bring }: LoadOptions<Value>,
    isBackground: boolean,
  ): PendingLoad<Value> {
    const abandoned = new AbortController();
    const isUnderWay = (): boolean =>
      this.#errands.get(name)?.abandoned === abandoned;
    const value = bring({
      signal: abandoned.signal,
      isBackground: isBackground,
    })
      .then((brought) => {
        if (isUnderWay()) this.#keep(name, brought);
        return brought.value;
      })
      .finally(() => {
        if (isUnderWay()) this.#errands.delete(name);
      });
    const errand = { value, abandoned, isBackground, waiting: 0 };
    this.#errands.set(name, errand);
    // Whoever comes after the last one has gone begins anew.
    abandoned.signal.addEventListener("abort", () => {
      if (isUnderWay()) this.#errands.delete(name);
    });
    return errand;
  }

  #keep(name: string, { value, ttlMs: goodForMs }: Loaded<Value>): void {
    if (goodForMs <= 0) return;
    const end = this.#clock.now() + goodForMs;
    this.#kept.set(name, {
      value,
      expiresAt: end - Math.min(SPARE_MS, goodForMs / 20),
      renewAt: end - Math.min(RENEW_BEFORE_MS, goodForMs / 4),
    });
  }
}
