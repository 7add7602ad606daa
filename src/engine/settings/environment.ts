import { environmentVariable } from "../text/environmentVariable";
import { readExpiration } from "./readExpiration";
import type { ValidCredentials } from "./ValidCredentials";

/**
 * The credentials from the environment; `undefined` if it selects a profile or contains none. This is the first source of
 * the AWS SDK's default chain, and the one used in Lambda; reading it here avoids loading the chain.
 */
export function environmentCredentials(): ValidCredentials | undefined {
  return environmentVariable("AWS_PROFILE") ? undefined : environmentKeys();
}

/** The credentials from the environment, even if it selects a profile. */
export function environmentKeys(): ValidCredentials | undefined {
  const accessKeyId = environmentVariable("AWS_ACCESS_KEY_ID");
  const secretAccessKey = environmentVariable("AWS_SECRET_ACCESS_KEY");
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = environmentVariable("AWS_SESSION_TOKEN");
  const expiration = readExpiration(
    environmentVariable("AWS_CREDENTIAL_EXPIRATION"),
  );
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration && { expiration }),
  };
}
