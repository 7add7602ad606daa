import type { CredentialsLike } from "../../../domain";

/** Who makes a call: the credentials that sign its requests, and the cache key of everything that identifies the caller. */
export interface Caller {
  readonly credentials: CredentialsLike;
  readonly region: string;
  /** Equal for equal credentials, region and trust settings of the connection. Contains no secret. */
  readonly key: string;
}
