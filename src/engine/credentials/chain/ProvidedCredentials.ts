import type { CredentialsLike } from "../../../../domain";

/** The source of credentials that the caller's function returns. */
export const PROVIDER_FUNCTION = "the credentials function";

/** Credentials and where they are from, as the subject of a sentence. */
export interface ProvidedCredentials {
  readonly credentials: CredentialsLike;
  readonly source: string;
}
