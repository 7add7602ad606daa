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
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;

  /** Must accompany the key. Absent: a user's own key. */
  readonly sessionToken?: string;

  /** Epoch milliseconds. Absent: never. */
  readonly expiresAt?: number;
  readonly caller: Caller;

  /** Derives the key that signs in one scope; made once for each. */
  deriveSigningKey(scope: Scope): Buffer;
}

/** Keys of a session, which expire. */
export type SessionCredentials = IssuedCredentials &
  Required<Pick<IssuedCredentials, "sessionToken" | "expiresAt">>;

/** Every access key of this embedded AWS. */
export class CredentialStore {
  readonly #keys = new Map<string, IssuedCredentials>();
  readonly #sessions: string[] = [];

  /** Gives out a user's key, which does not expire. */
  issueUser(caller: Caller): IssuedCredentials {
    return this.#keep(
      createCredentials({ caller, accessKeyId: createIamId("AKIA") }),
    );
  }

  /** Gives out borrowed keys. */
  issueSession(caller: Caller, expiresAt: number): SessionCredentials {
    const sessionToken = createSessionToken();
    const accessKeyId = createIamId("ASIA");
    const key = createCredentials({
      caller,
      accessKeyId,
      sessionToken,
      expiresAt,
    });
    this.#sessions.push(accessKeyId);
    if (this.#sessions.length > SESSION_LIMIT)
      this.#keys.delete(this.#sessions.shift() ?? "");
    this.#keep(key);
    return { ...key, sessionToken, expiresAt };
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#keys.get(accessKeyId);
  }

  #keep(key: IssuedCredentials): IssuedCredentials {
    this.#keys.set(key.accessKeyId, key);
    return key;
  }
}

function createCredentials(
  facts: Omit<IssuedCredentials, "deriveSigningKey" | "secretAccessKey">,
): IssuedCredentials {
  const secretAccessKey = createSecretAccessKey();
  const derived = new Map<string, Buffer>();
  return {
    ...facts,
    secretAccessKey,
    deriveSigningKey(scope) {
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
