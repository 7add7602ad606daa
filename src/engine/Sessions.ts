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

/** Borrowed keys that know when they expire. One request at a time is under way for each. */
export class Sessions {
  readonly #clock: Clock;
  readonly #sessions = new LRUCache<string, Session>({ max: MOST_SESSIONS });
  readonly #underWay = new Map<string, Promise<CredentialKeys>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many are kept. */
  get size(): number {
    return this.#sessions.size;
  }

  /** The keys that are kept under a name, as long as they are good; else those that `borrow` brings. */
  keys(
    name: string,
    borrow: () => Promise<CredentialKeys>,
  ): Promise<CredentialKeys> {
    const kept = this.#sessions.get(name);
    if (kept && this.#clock.now() < kept.renewAt)
      return Promise.resolve(kept.keys);
    const known = this.#underWay.get(name);
    if (known) return known;
    const fresh = borrow()
      .then((keys) => {
        this.#sessions.set(name, { keys, renewAt: this.#renewAt(keys) });
        return keys;
      })
      .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, fresh);
    return fresh;
  }

  /** Forgets keys that are no longer good, unless newer ones have taken their place. */
  drop(name: string, keys: CredentialKeys): void {
    if (this.#sessions.peek(name)?.keys === keys) this.#sessions.delete(name);
  }

  #renewAt({ expiration }: CredentialKeys): number {
    if (!expiration) return 0;
    const left = expiration.getTime() - this.#clock.now();
    return expiration.getTime() - Math.min(RENEW_BEFORE_MS, left / 4);
  }
}
