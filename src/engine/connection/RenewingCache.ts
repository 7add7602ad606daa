import { LRUCache } from "lru-cache";
import type { Clock } from "./clock";
import type { Errand } from "../call/errand";

/** A value is renewed this long before its end, or when a quarter of a shorter life is left. */
const RENEW_BEFORE_MS = 300_000;

/** It is not used to the very end: what is sent with it has to arrive. A twentieth of a shorter life. */
const SPARE_MS = 5_000;

/** A renewal that failed is tried again after this time, or when a quarter of what was left has passed. */
const TRY_AGAIN_MS = 30_000;

/** What was brought, and for how long it is good. */
export interface Brought<Value> {
  readonly value: Value;
  /** In ms from now. 0 or less: it serves whoever waits for it, and is not kept. */
  readonly goodForMs: number;
}

/** Who wants a value, and how it is had. */
export interface Wish<Value> {
  /** Fires when whoever asked has given up. Looked at only where he has to wait. */
  readonly signal: AbortSignal;

  /** Brings it. */
  readonly bring: (errand: Errand) => Promise<Brought<Value>>;
}

interface Kept<Value> {
  readonly value: Value;
  readonly goneAt: number;
  renewAt: number;
}

/** A request for a value that is under way. */
interface UnderWay<Value> {
  readonly value: Promise<Value>;
  readonly nobodyWaits: AbortController;
  /** Whether it was sent before its time, and goes on where nobody waits. */
  readonly ahead: boolean;
  waiting: number;
}

/**
 * Values that know when they end, by name. One request at a time is under way for each; it is made before the end, while
 * the old value serves on, and a request that fails then disturbs nobody.
 */
export class RenewingCache<Value> {
  readonly #clock: Clock;
  readonly #kept: LRUCache<string, Kept<Value>>;
  readonly #errands = new Map<string, UnderWay<Value>>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#kept = new LRUCache({ max: most });
  }

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** The value that is kept, where there is nothing to do about it. */
  peek(name: string): Value | undefined {
    const kept = this.#kept.get(name);
    return kept && this.#clock.now() < kept.renewAt ? kept.value : undefined;
  }

  /** The value that is kept, else one that is brought. */
  take(name: string, wish: Wish<Value>): Value | Promise<Value> {
    const kept = this.#kept.get(name);
    if (!kept) return this.#wait(name, wish);
    const now = this.#clock.now();
    if (now >= kept.goneAt) return this.#wait(name, wish);
    if (now >= kept.renewAt && !this.#errands.has(name))
      this.#renew(name, kept, wish);
    return kept.value;
  }

  /** Forgets a value that is no longer good, unless a newer one has taken its place. */
  drop(name: string, value: Value): void {
    if (this.#kept.peek(name)?.value === value) this.#kept.delete(name);
  }

  /** Forgets everything; what is under way serves who waits for it, and ends where nobody does. */
  clear(): void {
    this.#kept.clear();
    const errands = [...this.#errands.values()];
    this.#errands.clear();
    for (const { ahead, waiting, nobodyWaits } of errands)
      if (ahead && waiting === 1) nobodyWaits.abort();
  }

  #wait(name: string, wish: Wish<Value>): Promise<Value> {
    if (wish.signal.aborted)
      return Promise.reject(new Error("the call was ended"));
    const errand = this.#errands.get(name) ?? this.#send(name, wish, false);
    errand.waiting++;
    wish.signal.addEventListener(
      "abort",
      () => {
        if (--errand.waiting === 0) errand.nobodyWaits.abort();
      },
      { once: true },
    );
    return errand.value;
  }

  #renew(name: string, kept: Kept<Value>, wish: Wish<Value>): void {
    const errand = this.#send(name, wish, true);
    // It goes on whoever gives up.
    errand.waiting++;
    errand.value.catch(() => {
      const now = this.#clock.now();
      kept.renewAt = now + Math.min(TRY_AGAIN_MS, (kept.goneAt - now) / 4);
    });
  }

  #send(name: string, { bring }: Wish<Value>, ahead: boolean): UnderWay<Value> {
    const nobodyWaits = new AbortController();
    const isUnderWay = (): boolean =>
      this.#errands.get(name)?.nobodyWaits === nobodyWaits;
    const value = bring({ signal: nobodyWaits.signal, ahead })
      .then((brought) => {
        if (isUnderWay()) this.#keep(name, brought);
        return brought.value;
      })
      .finally(() => {
        if (isUnderWay()) this.#errands.delete(name);
      });
    const errand = { value, nobodyWaits, ahead, waiting: 0 };
    this.#errands.set(name, errand);
    // Whoever comes after the last one has gone begins anew.
    nobodyWaits.signal.addEventListener("abort", () => {
      if (isUnderWay()) this.#errands.delete(name);
    });
    return errand;
  }

  #keep(name: string, { value, goodForMs }: Brought<Value>): void {
    if (goodForMs <= 0) return;
    const end = this.#clock.now() + goodForMs;
    this.#kept.set(name, {
      value,
      goneAt: end - Math.min(SPARE_MS, goodForMs / 20),
      renewAt: end - Math.min(RENEW_BEFORE_MS, goodForMs / 4),
    });
  }
}
