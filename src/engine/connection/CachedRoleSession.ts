import type { ValidCredentials } from "../settings/ValidCredentials";

/** A role session as it is cached. */
export interface CachedRoleSession {
  readonly credentials: ValidCredentials;
  /** External ID from Parameter Store with which the role was assumed. It is removed from errors of the session. */
  readonly externalId?: string;
}
