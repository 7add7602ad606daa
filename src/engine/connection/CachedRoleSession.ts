import type { CredentialsLike } from "../../../domain";

/** A role session as it is cached. */
export interface CachedRoleSession {
  readonly credentials: CredentialsLike;
  /** External ID from Parameter Store with which the role was assumed. It is removed from errors of the session. */
  readonly externalId?: string;
}
