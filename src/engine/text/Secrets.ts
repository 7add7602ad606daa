import type { CredentialsLike } from "../../../domain";
import { isError } from "./isError";
import { readStringProperty } from "./readStringProperty";

const HIDDEN = "[hidden]";

/** AWS takes no shorter external id; a single character would blot out half of a message. */
const SHORTEST = 2;

/** What the AWS SDK puts in place of a message where AWS has sent none. */
const NOTHING_SAID = /\bUnknownError\b/;

/** The secrets of one call, so that none of them leaves it inside an error. */
export class Secrets {
  readonly #texts = new Set<string>();
  readonly #keys = new Set<CredentialsLike>();

  /** Takes note of a secret; absent ones are passed over. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets)
      if (secret !== undefined) this.#texts.add(secret);
  }

  /** Takes note of keys, of which all but the id are secret. */
  addCredentials(keys: CredentialsLike | undefined): void {
    if (keys) this.#keys.add(keys);
  }

  /** The text, with every known secret hidden. */
  hide(text: string): string {
    // AWS repeats the request, session token and all, when a signature does not fit.
    const repeated = text.indexOf("The Canonical String for this");
    let shown = repeated < 0 ? text : text.slice(0, repeated).trimEnd();
    for (const secret of this.#spelled())
      shown = shown.replaceAll(secret, HIDDEN);
    return shown;
  }

  /** Every secret as it is and as URLs write it, the longest first: one may begin another, whose rest would stay. */
  #spelled(): string[] {
    const secrets = [...this.#texts];
    for (const { secretAccessKey, sessionToken = "" } of this.#keys)
      secrets.push(secretAccessKey, sessionToken);
    return (
      secrets
        .filter(({ length }) => length >= SHORTEST)
        // By its bytes: half of a surrogate pair cannot be encoded.
        .flatMap((secret) => [
          secret,
          encodeURIComponent(Buffer.from(secret).toString()),
        ])
        .sort((a, b) => b.length - a.length)
    );
  }

  /**
   * A copy of what was thrown that is fit to be a `cause`: name, message, code and trace, secrets hidden, and nothing
   * else. The original may carry the request, and with it the keys.
   */
  toCause(thrown: unknown, depth = 0): Error | undefined {
    if (!isError(thrown)) return undefined;
    const nested =
      depth < 4 ? this.toCause(causeOf(thrown), depth + 1) : undefined;
    const text = (field: "name" | "message" | "stack" | "code"): string =>
      this.hide(readStringProperty(thrown, field)).replace(
        NOTHING_SAID,
        "no reason given",
      );
    const copy = new Error(text("message"), nested && { cause: nested });
    copy.name = text("name");
    copy.stack = text("stack");
    const code = text("code");
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
