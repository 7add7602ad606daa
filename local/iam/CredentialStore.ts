import { deriveSigningKey, type CredentialScope } from "../signature";
import type { Caller } from "./Caller";
import {
  createIamId,
  createSecretAccessKey,
  createSessionToken,
} from "./identifiers";

/**
 * Maximum number of session credentials that are kept. Expired ones are kept too, so that their use
 * is reported as expired and not as unknown.
 */
const SESSION_LIMIT = 10_000;

/** Maximum number of cached signing keys per secret; one per date, region and service. */
const SIGNING_KEY_LIMIT = 32;

/** Credentials and the caller to whom they belong. */
export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;

  /** Token that requests must include. Undefined for the access key of a user. */
  readonly sessionToken?: string;

  /** Expiry in epoch milliseconds. Undefined if they do not expire. */
  readonly expiresAt?: number;
  readonly caller: Caller;

  /** Derives the signing key of a scope and caches it. */
  deriveSigningKey(scope: CredentialScope): Buffer;
}

/** Temporary credentials of a role session. */
export type SessionCredentials = IssuedCredentials &
  Required<Pick<IssuedCredentials, "sessionToken" | "expiresAt">>;

/** All credentials of this embedded AWS. */
export class CredentialStore {
  readonly #byAccessKeyId = new Map<string, IssuedCredentials>();
  readonly #sessions: string[] = [];

  /** By ARN of the caller. */
  readonly #executionRoles = new Map<
    string,
    IssuedCredentials & { readonly sessionToken: string }
  >();

  /** Issues an access key for a user, which does not expire. By default, it is generated. */
  issueUser(
    caller: Caller,
    given?: Pick<IssuedCredentials, "accessKeyId" | "secretAccessKey">,
  ): IssuedCredentials {
    const accessKeyId = given?.accessKeyId ?? createIamId("AKIA");
    return this.#add(
      createCredentials({ caller, accessKeyId }, given?.secretAccessKey),
    );
  }

  /** Issues temporary credentials for a session. */
  issueSession(caller: Caller, expiresAt: number): SessionCredentials {
    const sessionToken = createSessionToken();
    const accessKeyId = createIamId("ASIA");
    const credentials = createCredentials({
      caller,
      accessKeyId,
      sessionToken,
      expiresAt,
    });
    this.#sessions.push(accessKeyId);
    if (this.#sessions.length > SESSION_LIMIT)
      this.#byAccessKeyId.delete(this.#sessions.shift() ?? "");
    this.#add(credentials);
    return { ...credentials, sessionToken, expiresAt };
  }

  /**
   * Issues the credentials of a function's execution role, which do not expire. The functions of
   * the same caller share them.
   */
  issueExecutionRole(
    caller: Caller,
  ): IssuedCredentials & { readonly sessionToken: string } {
    const known = this.#executionRoles.get(caller.arn);
    if (known) return known;
    const sessionToken = createSessionToken();
    const accessKeyId = createIamId("ASIA");
    const credentials = {
      ...createCredentials({ caller, accessKeyId, sessionToken }),
      sessionToken,
    };
    this.#executionRoles.set(caller.arn, credentials);
    const [oldest] = this.#executionRoles;
    if (oldest && this.#executionRoles.size > SESSION_LIMIT) {
      this.#executionRoles.delete(oldest[0]);
      this.#byAccessKeyId.delete(oldest[1].accessKeyId);
    }
    this.#add(credentials);
    return credentials;
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#byAccessKeyId.get(accessKeyId);
  }

  #add(credentials: IssuedCredentials): IssuedCredentials {
    this.#byAccessKeyId.set(credentials.accessKeyId, credentials);
    return credentials;
  }
}

function createCredentials(
  properties: Omit<IssuedCredentials, "deriveSigningKey" | "secretAccessKey">,
  secretAccessKey = createSecretAccessKey(),
): IssuedCredentials {
  const signingKeys = new Map<string, Buffer>();
  return {
    ...properties,
    secretAccessKey,
    deriveSigningKey(scope) {
      const name = `${scope.date}/${scope.region}/${scope.service}`;
      const known = signingKeys.get(name);
      if (known) return known;
      if (signingKeys.size >= SIGNING_KEY_LIMIT) signingKeys.clear();
      const key = deriveSigningKey(secretAccessKey, scope);
      signingKeys.set(name, key);
      return key;
    },
  };
}
