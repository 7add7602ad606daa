import type { CredentialsLike } from "../../../domain";
import { errorMessage } from "./errorMessage";
import { isError } from "./isError";
import { hideSecrets } from "./hideSecrets";
import { readStringProperty } from "./readStringProperty";

/** AWS allows no shorter external ID, and hiding single characters would make messages unreadable. */
const MIN_LENGTH = 2;

/** The AWS SDK's placeholder for a missing message. */
const NO_MESSAGE = /\bUnknownError\b/;

/** The secrets of one call. They are removed from its errors. */
export class Secrets {
  readonly #strings = new Set<string>();
  readonly #credentials = new Set<CredentialsLike>();

  /** @param secrets - Secrets that are known from the start. */
  constructor(secrets: readonly string[] = []) {
    this.add(...secrets);
  }

  /** Adds secrets. `undefined` is ignored. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets)
      if (secret !== undefined) this.#strings.add(secret);
  }

  /** Adds the secret parts of credentials: everything except the access key ID. */
  addCredentials(credentials: CredentialsLike | undefined): void {
    if (credentials) this.#credentials.add(credentials);
  }

  /** Replaces every secret in the text by `[hidden]`, plain or encoded. */
  hide(text: string): string {
    const secrets = this.#thatFit(text.length);
    return secrets.length === 0 ? text : hideSecrets(text, secrets);
  }

  /** Hides every secret in the text of an error. */
  hideInError(text: string): string {
    // If a signature does not match, AWS repeats the request in its message, including the session token.
    const canonical = text.indexOf("The Canonical String for this");
    return this.hide(canonical < 0 ? text : text.slice(0, canonical).trimEnd());
  }

  /** The secrets that a text of this length can contain: no encoding is shorter than the secret. */
  #thatFit(length: number): string[] {
    const fitting: string[] = [];
    const add = (secret = ""): void => {
      if (secret.length >= MIN_LENGTH && secret.length <= length)
        fitting.push(secret);
    };
    for (const secret of this.#strings) add(secret);
    for (const { secretAccessKey, sessionToken } of this.#credentials) {
      add(secretAccessKey);
      add(sessionToken);
    }
    return fitting;
  }

  /**
   * Copies a thrown error for use as a `cause`: name, message, code and stack without secrets, and nothing else. The
   * original can contain the request and its credentials.
   */
  toCause(thrown: unknown, depth = 0): Error | undefined {
    if (!isError(thrown)) return undefined;
    const nested =
      depth < 4 ? this.toCause(causeOf(thrown), depth + 1) : undefined;
    const clean = (text: string): string =>
      this.hideInError(text).replace(NO_MESSAGE, "no reason given");
    const read = (field: "name" | "stack" | "code"): string =>
      clean(readStringProperty(thrown, field));
    const message = clean(errorMessage(thrown));
    // Some errors only wrap another one. It is printed once.
    if (nested?.message === message) return nested;
    const copy = new Error(message, nested && { cause: nested });
    copy.name = read("name");
    copy.stack = read("stack");
    const code = read("code");
    return code === "" ? copy : Object.assign(copy, { code });
  }
}

function causeOf(error: Error): unknown {
  try {
    return error.cause;
  } catch {
    return undefined;
  }
}
