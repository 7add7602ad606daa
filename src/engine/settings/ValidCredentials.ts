import type { CredentialsLike } from "../../../domain";

/** Credentials that have been checked and copied. */
export interface ValidCredentials extends CredentialsLike {
  readonly expiration?: Date | undefined;
}
