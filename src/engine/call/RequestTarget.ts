import type { CredentialsLike } from "../../../domain";

/** Where a request goes, with whose credentials, and how often it may be sent. */
export interface RequestTarget {
  /** Defaults to the connection's region. */
  readonly region?: string | undefined;
  /** Credentials of a role session. Defaults to the caller's own. */
  readonly credentials?: CredentialsLike | undefined;
  /** `once`: sent again only if it certainly had no effect. Defaults to `again`: sent again after any retryable failure. */
  readonly delivery?: "once" | "again";
}

/** Credentials of a request that they do not sign. With them, the caller's are not loaded. */
export const NO_CREDENTIALS: CredentialsLike = {
  accessKeyId: "",
  secretAccessKey: "",
};
