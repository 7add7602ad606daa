import type { CredentialsLike } from "../../../../domain";

/** Credentials and where they are from, as the subject of a sentence. */
export interface ProvidedCredentials {
  readonly credentials: CredentialsLike;
  readonly source: string;
}
