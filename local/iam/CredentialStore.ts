import { signingKey, type Scope } from "../signature";
import type { Caller } from "./Caller";
import {
  createIamId,
  createSecretAccessKey,
  createSessionToken,
} from "./identifiers";

/** Borrowed keys kept so that using them after their end is answered as expired, not as unknown. */
const SESSION_LIMIT = 10_000;

/** Signing keys kept for each secret; one per day, region and service. */
const SIGNING_KEY_LIMIT = 32;

/** Keys that were given out, and to whom. */
export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;

  /** Must accompany the key. Absent: a user's own key. */
  readonly sessionToken?: string;

  /** Epoch milliseconds. Absent: never. */
  readonly expiresAt?: number;
  readonly caller: Caller;

  /** Derives the key that signs in one scope; made once for each. */
  signingKey(scope: Scope): Buffer;
}

/** Keys of a session, which expire. */
export type LentKey = IssuedKey &
  Required<Pick<IssuedKey, "sessionToken" | "expiresAt">>;

/** Every access key of this embedded AWS. */
export class KeyRing {
  readonly #keys = new Map<string, IssuedKey>();
  readonly #sessions: string[] = [];

  /** Gives out a user's key, which does not expire. */
  issue(caller: Caller): IssuedKey {
    return this.#keep(createKey({ caller, accessKeyId: createIamId("AKIA") }));
  }

  /** Gives out borrowed keys. */
  lend(caller: Caller, expiresAt: number): LentKey {
    const sessionToken = createSessionToken();
    const accessKeyId = createIamId("ASIA");
    const key = createKey({ caller, accessKeyId, sessionToken, expiresAt });
    this.#sessions.push(accessKeyId);
    if (this.#sessions.length > SESSION_LIMIT)
      this.#keys.delete(this.#sessions.shift() ?? "");
    this.#keep(key);
    return { ...key, sessionToken, expiresAt };
  }

  find(accessKeyId: string): IssuedKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  #keep(key: IssuedKey): IssuedKey {
    this.#keys.set(key.accessKeyId, key);
    return key;
  }
}

function createKey(
  facts: Omit<IssuedKey, "signingKey" | "secretAccessKey">,
): IssuedKey {
  const secretAccessKey = createSecretAccessKey();
  const derived = new Map<string, Buffer>();
  return {
    ...facts,
    secretAccessKey,
    signingKey(scope) {
      const name = `${scope.date}/${scope.region}/${scope.service}`;
      const known = derived.get(name);
      if (known) return known;
      if (derived.size >= SIGNING_KEY_LIMIT) derived.clear();
      const key = signingKey(secretAccessKey, scope);
      derived.set(name, key);
      return key;
    },
  };
}
