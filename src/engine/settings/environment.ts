import type { CredentialsLike } from "../../../domain";
import { environmentVariable } from "../http/environmentVariable";
import { copyDate } from "./copyDate";

/**
 * The credentials from the environment; `undefined` if it selects a profile or contains none. This is the first source of
 * the AWS SDK's default chain, and the one used in Lambda; reading it here avoids loading the chain.
 */
export function environmentCredentials(): CredentialsLike | undefined {
  const accessKeyId = environmentVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environmentVariable("AWS_SECRET_ACCESS_KEY");
  if (environmentVariable("AWS_PROFILE") || !accessKeyId || !secretAccessKey)
    return undefined;
  const sessionToken = environmentVariable("AWS_SESSION_TOKEN");
  const expiration = copyDate(
    new Date(environmentVariable("AWS_CREDENTIAL_EXPIRATION") ?? NaN),
  );
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration && { expiration }),
  };
}
