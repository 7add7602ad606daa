import type { CredentialsLike } from "../../../domain";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";

/** Whose credentials sign the requests of a call, if not the caller's own: a role session. */
export interface Principal {
  readonly parameters: RoleSessionParameters;

  /** The cached credentials. `undefined`: none are cached, or they must be refreshed. */
  readonly current: CredentialsLike | undefined;

  /**
   * Returns cached or new credentials.
   *
   * @throws `ERR_CREDENTIALS` if the role cannot be assumed.
   */
  load(): Promise<CredentialsLike>;

  /** Removes credentials that AWS rejected from the cache. */
  drop(credentials: CredentialsLike): void;
}
