import { types } from "node:util";
import type * as DefaultChain from "@aws-sdk/credential-provider-node";
import type { CredentialKeys } from "../../domain";
import { isError } from "./isError";
import type { Settings } from "./Settings";

/** Keys could not be had; `cause` tells why. */
export class KeysError extends Error {
  override readonly name = "KeysError";
}

/** The keys of the caller: given, from a function, or from the machine's own chain. */
export class CallerKeys {
  readonly #provide: () => CredentialKeys | Promise<CredentialKeys>;
  #latest: CredentialKeys | undefined;

  constructor({ credentials }: Settings) {
    if (typeof credentials === "function") this.#provide = credentials;
    else if (credentials) this.#provide = () => credentials;
    else this.#provide = machineKeys();
  }

  /** The last keys that were given out, so that an error can be searched for them. */
  get latest(): CredentialKeys | undefined {
    return this.#latest;
  }

  /**
   * Keys, as of now.
   *
   * @throws {@link KeysError} when there are none.
   */
  async get(): Promise<CredentialKeys> {
    try {
      this.#latest = checked(await this.#provide());
      // A copy: the SDK writes its own marks into what it is given.
      return { ...this.#latest };
    } catch (cause) {
      const reason = isError(cause) ? cause.message : "no reason given";
      throw new KeysError(reason, { cause });
    }
  }
}

/** A provider may be anybody's code: what it gives is looked at. */
function checked(keys: Partial<CredentialKeys> | undefined): CredentialKeys {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = keys ?? {};
  const told = "the function that gives the credentials gave";
  if (!isText(accessKeyId) || !isText(secretAccessKey))
    throw new TypeError(`${told} no accessKeyId and secretAccessKey`);
  if (sessionToken !== undefined && !isText(sessionToken))
    throw new TypeError(`${told} a sessionToken that is no text`);
  if (expiration !== undefined && !types.isDate(expiration))
    throw new TypeError(`${told} an expiration that is no Date`);
  return { accessKeyId, secretAccessKey, sessionToken, expiration };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The machine's own chain, loaded when it is first asked. */
function machineKeys(): () => Promise<CredentialKeys> {
  let chain: (() => Promise<CredentialKeys>) | undefined;
  return () => {
    chain ??= loadChain().defaultProvider();
    return chain();
  };
}

function loadChain(): typeof DefaultChain {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only who has no keys of his own loads it
  return require("@aws-sdk/credential-provider-node") as typeof DefaultChain;
}
