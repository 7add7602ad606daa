import type { CredentialsLike } from "../../../domain";
import { environmentCredentials } from "../settings/environment";
import { refreshBeforeMs, refreshPauseMs } from "../settings/refreshPolicy";
import type { Settings } from "../settings/Settings";
import type { ValidCredentials } from "../settings/ValidCredentials";
import { isError } from "../text/isError";
import { errorMessage } from "../text/errorMessage";
import type { ChainConnection } from "./chain/ChainContext";
import { DefaultChain } from "./chain/DefaultChain";
import { CredentialSourceError } from "./chain/CredentialSourceError";
import {
  PROVIDER_FUNCTION,
  type ProvidedCredentials,
} from "./chain/ProvidedCredentials";
import {
  InvalidCredentialsError,
  readCredentials,
  readProvided,
} from "./readCredentials";

/** No credentials could be loaded; `cause` is the reason. */
export class NoCredentialsError extends Error {
  override readonly name = "NoCredentialsError";
}

/** A provider that has not returned after this time is called again. */
const LOAD_TIMEOUT_MS = 30_000;

/** What the caller's credentials are loaded with. */
export interface CredentialsContext extends ChainConnection {
  /** How far AWS's clock is ahead of this machine's, in ms. */
  readonly skewMs: () => number;
}

type Provide = () => Promise<ProvidedCredentials>;

interface Load {
  readonly credentials: Promise<ValidCredentials>;
  readonly startedAt: number;
}

/**
 * The caller's credentials: static, from a provider function, or from AWS's default chain. They stay in use until they expire,
 * and are refreshed in the background before. A failed refresh is repeated later.
 */
export class CallerCredentials {
  readonly #provide: Provide | undefined;
  readonly #context: CredentialsContext;
  #cached: ValidCredentials | undefined;
  #latest: ValidCredentials | undefined;
  #pending: Load | undefined;
  /** When the cached credentials are refreshed, by AWS's clock. */
  #refreshAt = Infinity;
  /** No background refresh begins before this time, by this machine's clock. */
  #pausedUntil = 0;
  /** Refreshes in a row that failed, or brought the same credentials again. */
  #failures = 0;

  constructor({ credentials }: Settings, context: CredentialsContext) {
    this.#context = context;
    if (typeof credentials === "function")
      this.#provide = async () => ({
        credentials: await credentials(),
        source: PROVIDER_FUNCTION,
      });
    else if (credentials)
      this.#latest = this.#cached = readCredentials(credentials);
    else this.#provide = createChainProvider(context);
  }

  /** The most recent credentials, valid or not. Errors are searched for them. */
  get latest(): ValidCredentials | undefined {
    return this.#latest;
  }

  /**
   * Returns the cached credentials, and begins to refresh them in the background if they expire soon. `undefined`: none are
   * cached, or they have expired.
   */
  use(): ValidCredentials | undefined {
    if (!this.#isValid(this.#cached)) return undefined;
    const now = this.#context.clock.now();
    const isDue = this.#awsTime >= this.#refreshAt && now >= this.#pausedUntil;
    // A failure is the business of the callers that wait when the credentials have expired.
    if (isDue && !this.#isLoading(now)) this.#load().catch(() => undefined);
    return this.#cached;
  }

  /**
   * Returns static credentials as they are, and loads all others again. Concurrent calls share one load. If it fails, the
   * cached credentials are returned for as long as they are valid.
   *
   * @throws {@link NoCredentialsError} if there are none.
   */
  async get(): Promise<ValidCredentials> {
    if (!this.#provide && this.#cached) return this.#cached;
    const { clock } = this.#context;
    const loading = this.#isLoading(clock.now())
      ? this.#pending?.credentials
      : undefined;
    try {
      return await (loading ?? this.#load());
    } catch (error) {
      if (this.#isValid(this.#cached)) return this.#cached;
      throw error;
    }
  }

  /** Removes credentials that AWS rejected from the cache. Returns `false` for static ones, which cannot be replaced. */
  drop(credentials: CredentialsLike): boolean {
    if (!this.#provide) return false;
    if (this.#cached === credentials) this.#cached = undefined;
    return true;
  }

  get #awsTime(): number {
    return this.#context.clock.now() + this.#context.skewMs();
  }

  #isValid(
    credentials: ValidCredentials | undefined,
  ): credentials is ValidCredentials {
    if (!credentials) return false;
    // AWS decides about static credentials: there are no others.
    if (!this.#provide || !credentials.expiration) return true;
    return this.#awsTime < credentials.expiration.getTime();
  }

  #isLoading(now: number): boolean {
    const { startedAt = -Infinity } = this.#pending ?? {};
    return now < startedAt + LOAD_TIMEOUT_MS;
  }

  /** Loads the credentials. The result of a load that takes too long is not cached: another has begun by then. */
  #load(): Promise<ValidCredentials> {
    const load: Load = {
      startedAt: this.#context.clock.now(),
      credentials: this.#provideValid().then(
        (credentials) =>
          this.#pending === load ? this.#store(credentials) : credentials,
        (error: unknown) => {
          if (this.#pending === load) this.#pause();
          throw error;
        },
      ),
    };
    this.#pending = load;
    return load.credentials;
  }

  /** Returns the credentials to use: the same object as before if nothing has changed. */
  #store(credentials: ValidCredentials): ValidCredentials {
    this.#pending = undefined;
    if (this.#cached && areSame(credentials, this.#cached)) {
      this.#pause();
      return this.#cached;
    }
    this.#latest = this.#cached = credentials;
    this.#failures = 0;
    const end = credentials.expiration?.getTime() ?? Infinity;
    this.#refreshAt = end - refreshBeforeMs(end - this.#awsTime);
    this.#pausedUntil = 0;
    return credentials;
  }

  /** Waits before the next background refresh, longer each time. */
  #pause(): void {
    this.#pending = undefined;
    const end = this.#cached?.expiration?.getTime() ?? Infinity;
    this.#pausedUntil =
      this.#context.clock.now() +
      refreshPauseMs(++this.#failures, end - this.#awsTime);
  }

  /** Calls the provider, and once more if it returns credentials that have expired. */
  async #provideValid(): Promise<ValidCredentials> {
    let expired: unknown;
    for (let number = 1; number <= 2; number++) {
      const { credentials, source } = await this.#callProvider();
      this.#latest = credentials;
      if (this.#isValid(credentials)) return credentials;
      expired = describeExpired(credentials, source);
    }
    throw new NoCredentialsError("expired", { cause: expired });
  }

  async #callProvider(): Promise<{
    readonly credentials: ValidCredentials;
    readonly source: string;
  }> {
    try {
      // Not before the load is registered, so that a provider that uses the connection itself does not start another.
      const provided = await Promise.resolve().then(() => this.#provide?.());
      if (!provided) throw new InvalidCredentialsError("nothing");
      return { ...provided, credentials: readProvided(provided) };
    } catch (cause) {
      throw toNoCredentialsError(cause);
    }
  }
}

/** Whether a refresh brought nothing new. */
function areSame(
  { accessKeyId, secretAccessKey, sessionToken, expiration }: ValidCredentials,
  cached: ValidCredentials,
): boolean {
  return (
    accessKeyId === cached.accessKeyId &&
    secretAccessKey === cached.secretAccessKey &&
    sessionToken === cached.sessionToken &&
    expiration?.getTime() === cached.expiration?.getTime()
  );
}

function describeExpired(
  { expiration }: ValidCredentials,
  source: string,
): CredentialSourceError {
  return new CredentialSourceError(
    `${source} returned credentials that expired at ${expiration?.toISOString() ?? "an unknown time"}`,
    { advice: "Renew them, or correct this machine's clock" },
  );
}

function toNoCredentialsError(cause: unknown): NoCredentialsError {
  // Other values are not kept: they can be proxies that throw.
  if (!isError(cause)) return new NoCredentialsError("no reason given");
  if (cause instanceof InvalidCredentialsError)
    return new NoCredentialsError(
      `${PROVIDER_FUNCTION} returned ${cause.message}`,
      { cause },
    );
  const message = errorMessage(cause) || "no reason given";
  return new NoCredentialsError(message, { cause });
}

/** Creates a provider that reads the environment and then the default chain, which is loaded on first use. */
function createChainProvider(connection: ChainConnection): Provide {
  let chain: DefaultChain | undefined;
  return async () => {
    const credentials = environmentCredentials();
    if (credentials) return { credentials, source: "the environment" };
    chain ??= new DefaultChain(connection);
    return chain.load();
  };
}
