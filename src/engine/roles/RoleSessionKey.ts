import { createHash } from "node:crypto";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";

/** Cache key of a role session. Equal for the same caller and equal parameters, of which it contains only a hash. */
export class RoleSessionKey {
  readonly #hash: string;
  #caller: string | undefined;
  #key = "";

  constructor(parameters: AssumeRoleParameters) {
    this.#hash = createHash("sha256")
      .update(JSON.stringify(parameters))
      .digest("base64url");
  }

  /** Returns the key for a caller. The last one is kept: joining strings on every call is measurably slower. */
  for(caller: string): string {
    if (caller !== this.#caller) {
      this.#caller = caller;
      this.#key = `${caller} ${this.#hash}`;
    }
    return this.#key;
  }
}
