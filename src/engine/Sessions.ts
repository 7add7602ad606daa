import { LRUCache } from "lru-cache";
import type { CredentialKeys } from "../../domain";
import type { Clock } from "./clock";

/** Sessions that are kept for one connection; the one that was unused longest goes first. */
const MOST_SESSIONS = 1_000;

/** Renewed this long before the end, or when a quarter of a shorter session is left. */
const RENEW_BEFORE_MS = 60_000;

interface Session {
  readonly keys: CredentialKeys;
  readonly renewAt: number;
}

/** Who wants keys, and how they are had. */
export interface Wish {
  /** Fires when whoever asked has given up. */
  readonly signal: AbortSignal;

  /** Brings keys; its own signal fires when nobody waits for them any more. */
  readonly borrow: (signal: AbortSignal) => Promise<CredentialKeys>;
}

/** A request for keys that is under way. */
interface Errand {
  readonly keys: Promise<CredentialKeys>;
  readonly nobodyWaits: AbortController;
  waiting: number;
}

/** Borrowed keys that know when they expire. One request at a time is under way for each. */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new LRUCache<string, Session>({ max: MOST_SESSIONS });
  readonly #errands = new Map<string, Errand>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many are kept. */
  get size(): number {
    return this.#sessions.size;
  }

  /** The keys that are kept under a name, as long as they are good. */
  atHand(name: string): CredentialKeys | undefined {
    const kept = this.#sessions.get(name);
    return kept && this.#clock.now() < kept.renewAt ? kept.keys : undefined;
  }

  /** The same, else those that are borrowed. */
  keys(name: string, wish: Wish): Promise<CredentialKeys> {
    const kept = this.atHand(name);
    if (kept) return Promise.resolve(kept);
    if (wish.signal.aborted)
      return Promise.reject(new Error("the call was ended"));
    const errand = this.#errands.get(name) ?? this.#send(name, wish);
    errand.waiting++;
    wish.signal.addEventListener(
      "abort",
      () => {
        if (--errand.waiting === 0) errand.nobodyWaits.abort();
      },
      { once: true },
    );
    return errand.keys;
  }

  /** Forgets keys that are no longer good, unless newer ones have taken their place. */
  drop(name: string, keys: CredentialKeys): void {
    if (this.#sessions.peek(name)?.keys === keys) this.#sessions.delete(name);
  }

  #send(name: string, { borrow }: Wish): Errand {
    const nobodyWaits = new AbortController();
    const keys = borrow(nobodyWaits.signal)
      .then((fresh) => {
        this.#sessions.set(name, {
          keys: fresh,
          renewAt: this.#renewAt(fresh),
        });
        return fresh;
      })
      .finally(() => {
        if (this.#errands.get(name)?.nobodyWaits === nobodyWaits)
          this.#errands.delete(name);
      });
    const errand = { keys, nobodyWaits, waiting: 0 };
    this.#errands.set(name, errand);
    // Whoever comes after the last one has gone begins anew.
    nobodyWaits.signal.addEventListener("abort", () => {
      if (this.#errands.get(name) === errand) this.#errands.delete(name);
    });
    return errand;
  }

  #renewAt({ expiration }: CredentialKeys): number {
    if (!expiration) return 0;
    const left = expiration.getTime() - this.#clock.now();
    return expiration.getTime() - Math.min(RENEW_BEFORE_MS, left / 4);
  }
}
