import type { AssumeRoleParameters } from "../settings/AssumeRoleParameters";
import { cacheKey } from "../settings/cacheKey";

/** Cache key of a role session. Equal only for the same caller and equal parameters. */
export class RoleSessionKey {
  readonly #parameters: string;
  #caller: string | undefined;
  #key = "";

  /**
   * @param externalIdReader - Who reads the external ID from Parameter Store. Optional; defaults to the caller that assumes
   * the role.
   */
  constructor(
    parameters: AssumeRoleParameters,
    externalIdReader?: "connection",
  ) {
    this.#parameters = cacheKey(
      "role session parameters",
      { ...parameters },
      externalIdReader,
    );
  }

  /** Returns the key for a caller. The last one is kept, because hashing on every call is measurably slower. */
  for(caller: string): string {
    if (caller !== this.#caller) {
      this.#caller = caller;
      this.#key = cacheKey("role session", caller, this.#parameters);
    }
    return this.#key;
  }
}
