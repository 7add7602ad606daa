import type { CredentialsLike } from "../../../domain";
import type { Clock } from "../settings/clock";
import { copyDate } from "../settings/copyDate";
import { environmentCredentials } from "../settings/environment";
import { createDefaultChain, type ChainContext } from "./defaultChain";
import { describeIncompleteCredentials } from "./incompleteCredentials";
import { isError } from "../text/isError";
import { isNonEmptyString } from "../text/isNonEmptyString";
import { markRoleSession } from "../settings/roleSession";

/** No credentials could be loaded; `cause` is the reason. */
export class NoCredentialsError extends Error {
  override readonly name = "NoCredentialsError";
}

/** Credentials are loaded again this long before they expire. */
const REFRESH_BEFORE_MS = 300_000;

/** A provider that has not returned after this time is called again. */
const LOAD_TIMEOUT_MS = 30_000;

/** The caller's credentials: static, from a provider function, or from the AWS SDK's default chain. */
export class CallerCredentials {
  readonly #provide:
    (() => CredentialsLike | Promise<CredentialsLike>) | undefined;
  readonly #clock: Clock;
  #cached: CredentialsLike | undefined;
  #latest: CredentialsLike | undefined;
  #pending:
    | {
        readonly credentials: Promise<CredentialsLike>;
        readonly startedAt: number;
      }
    | undefined;

  constructor(context: ChainContext) {
    const { credentials } = context.settings;
    this.#clock = context.clock;
    if (typeof credentials === "function") this.#provide = credentials;
    else if (credentials) this.#latest = this.#cached = toCopy(credentials);
    else this.#provide = createDefaultProvider(context);
  }

  /** The most recent credentials, valid or not. Errors are searched for them. */
  get latest(): CredentialsLike | undefined {
    return this.#latest;
  }

  /** The cached credentials. `undefined`: none are cached, or they expire soon. */
  get current(): CredentialsLike | undefined {
    const { expiration } = this.#cached ?? {};
    const isFresh =
      !this.#provide ||
      !expiration ||
      this.#clock.now() < expiration.getTime() - REFRESH_BEFORE_MS;
    return isFresh ? this.#cached : undefined;
  }

  /**
   * Returns static credentials as they are, and loads all others again. Concurrent calls share one load.
   *
   * @throws {@link NoCredentialsError} if there are none.
   */
  get(): Promise<CredentialsLike> {
    if (!this.#provide && this.#cached) return Promise.resolve(this.#cached);
    const now = this.#clock.now();
    if (this.#pending && now < this.#pending.startedAt + LOAD_TIMEOUT_MS)
      return this.#pending.credentials;
    const credentials = this.#load().finally(() => {
      if (this.#pending?.credentials === credentials) this.#pending = undefined;
    });
    this.#pending = { credentials, startedAt: now };
    return credentials;
  }

  /** Removes credentials that AWS rejected from the cache. Returns `false` for static ones, which cannot be replaced. */
  drop(credentials: CredentialsLike): boolean {
    if (!this.#provide) return false;
    if (this.#cached === credentials) this.#cached = undefined;
    return true;
  }

  async #load(): Promise<CredentialsLike> {
    try {
      this.#latest = this.#cached = toCopy(await this.#provide?.());
      return this.#cached;
    } catch (cause) {
      const reason = isError(cause) ? cause.message : "no reason given";
      throw new NoCredentialsError(reason, { cause });
    }
  }
}

/** Validates and copies credentials: a provider is the caller's code and can return anything. */
function toCopy(
  credentials: Partial<CredentialsLike> | undefined,
): CredentialsLike {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } =
    credentials ?? {};
  if (!isNonEmptyString(accessKeyId) || !isNonEmptyString(secretAccessKey))
    throw new TypeError(
      "the credentials function returned no accessKeyId and secretAccessKey",
    );
  if (sessionToken !== undefined && !isNonEmptyString(sessionToken))
    throw new TypeError(
      "the credentials function returned a sessionToken that is not a non-empty string",
    );
  const end = copyDate(expiration);
  if (expiration !== undefined && !end)
    throw new TypeError(
      "the credentials function returned an expiration that is not a valid Date",
    );
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration: end },
    credentials ?? {},
  );
}

/** Creates a provider that reads the environment and then the AWS SDK's default chain, loaded on first use. */
function createDefaultProvider(
  context: ChainContext,
): () => Promise<CredentialsLike> {
  let chain: (() => Promise<CredentialsLike>) | undefined;
  return () => {
    const credentials = environmentCredentials();
    if (credentials) return Promise.resolve(credentials);
    const incomplete = describeIncompleteCredentials();
    if (incomplete !== undefined) throw new Error(incomplete);
    chain ??= createDefaultChain(context);
    return chain();
  };
}
