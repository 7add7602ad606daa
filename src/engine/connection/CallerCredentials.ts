import { types } from "node:util";
import type * as DefaultChain from "@aws-sdk/credential-provider-node";
import type { CredentialsLike } from "../../../domain";
import type { Clock } from "./clock";
import { environmentCredentials } from "./environment";
import { isError } from "../text/isError";
import { markRoleSession } from "./roleSession";
import type { Settings } from "./Settings";
import type { RequestHandler } from "../http/toRequestHandler";

/** Keys could not be had; `cause` tells why. */
export class NoCredentialsError extends Error {
  override readonly name = "KeysError";
}

/** Keys that are about to expire are asked for anew this long before. */
const RENEW_BEFORE_MS = 300_000;

/** Who has given no answer for so long is asked once more. */
const PATIENCE_MS = 30_000;

/** The keys of the caller: given, from a function, or from the machine's own chain. */
export class CallerCredentials {
  readonly #provide:
    (() => CredentialsLike | Promise<CredentialsLike>) | undefined;
  readonly #clock: Clock;
  #kept: CredentialsLike | undefined;
  #latest: CredentialsLike | undefined;
  #asked:
    | { readonly keys: Promise<CredentialsLike>; readonly at: number }
    | undefined;

  constructor(
    { credentials }: Settings,
    clock: Clock,
    requestHandler: RequestHandler,
  ) {
    this.#clock = clock;
    if (typeof credentials === "function") this.#provide = credentials;
    else if (credentials) this.#latest = this.#kept = checked(credentials);
    else this.#provide = machineKeys(requestHandler);
  }

  /** The last keys that were given, good or not; an error is searched for them. */
  get latest(): CredentialsLike | undefined {
    return this.#latest;
  }

  /** The keys at hand. Absent: none, or they are about to expire. */
  get current(): CredentialsLike | undefined {
    const { expiration } = this.#kept ?? {};
    const isGood =
      !this.#provide ||
      !expiration ||
      this.#clock.now() < expiration.getTime() - RENEW_BEFORE_MS;
    return isGood ? this.#kept : undefined;
  }

  /**
   * Keys, asked for anew where somebody gives them. Whoever asks meanwhile waits for the same.
   *
   * @throws {@link KeysError} when there are none.
   */
  get(): Promise<CredentialsLike> {
    if (!this.#provide && this.#kept) return Promise.resolve(this.#kept);
    const now = this.#clock.now();
    if (this.#asked && now < this.#asked.at + PATIENCE_MS)
      return this.#asked.keys;
    const keys = this.#ask().finally(() => {
      if (this.#asked?.keys === keys) this.#asked = undefined;
    });
    this.#asked = { keys, at: now };
    return keys;
  }

  /** Forgets keys that AWS no longer takes; `false` where nobody can give others. */
  drop(keys: CredentialsLike): boolean {
    if (!this.#provide) return false;
    if (this.#kept === keys) this.#kept = undefined;
    return true;
  }

  async #ask(): Promise<CredentialsLike> {
    try {
      this.#latest = this.#kept = checked(await this.#provide?.());
      return this.#kept;
    } catch (cause) {
      const reason = isError(cause) ? cause.message : "no reason given";
      throw new NoCredentialsError(reason, { cause });
    }
  }
}

/** A provider may be anybody's code: what it gives is looked at. */
function checked(keys: Partial<CredentialsLike> | undefined): CredentialsLike {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = keys ?? {};
  const told = "the credentials function returned";
  if (!isText(accessKeyId) || !isText(secretAccessKey))
    throw new TypeError(`${told} no accessKeyId and secretAccessKey`);
  if (sessionToken !== undefined && !isText(sessionToken))
    throw new TypeError(`${told} a sessionToken that is no text`);
  if (expiration !== undefined && !types.isDate(expiration))
    throw new TypeError(`${told} an expiration that is no Date`);
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration },
    keys ?? {},
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The machine's own chain, loaded when it is first asked. */
function machineKeys(
  requestHandler: RequestHandler,
): () => Promise<CredentialsLike> {
  let chain: (() => Promise<CredentialsLike>) | undefined;
  return () => {
    const keys = environmentCredentials();
    if (keys) return Promise.resolve(keys);
    // What the chain asks of AWS goes over the connection's own sockets, proxy and certificates.
    chain ??= loadChain().defaultProvider({
      clientConfig: { requestHandler: requestHandler as never },
    });
    return chain();
  };
}

function loadChain(): typeof DefaultChain {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only who has no keys of his own loads it
  return require("@aws-sdk/credential-provider-node") as typeof DefaultChain;
}
