import type { CredentialsLike } from "../../../domain";
import { environmentVariable } from "../text/environmentVariable";
import type { KeyPart } from "./cacheKey";
import type { Connection, CredentialProvider } from "./Connection";
import { readExpiration } from "./readExpiration";
import { isRoleSession, markRoleSession } from "./roleSession";
import type { ValidCredentials } from "./ValidCredentials";

/** Variables that decide whose credentials the default chain finds. */
const CHAIN_VARIABLES = [
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_EC2_METADATA_DISABLED",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
  "AWS_EC2_METADATA_V1_DISABLED",
  "HOME",
  "USERPROFILE",
];

/** Copies credentials that the rules of the connection accept. */
export function copyCredentials(
  credentials: CredentialsLike,
): ValidCredentials {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const expiration = readExpiration(credentials.expiration);
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration },
    credentials,
  );
}

/** Numbers the provider functions. By identity, because they are the caller's objects and are never written to. */
const providerIds = new WeakMap<CredentialProvider, number>();
let lastProviderId = 0;

/** Returns the part of a connection's key that its credentials determine. */
export function credentialsKey(
  credentials: Connection["credentials"],
): KeyPart {
  if (credentials === undefined)
    return ["chain", CHAIN_VARIABLES.map(environmentVariable)];
  if (typeof credentials !== "function") {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } =
      credentials;
    const isChained = isRoleSession(credentials);
    return [accessKeyId, secretAccessKey, sessionToken, expiration, isChained];
  }
  const id = providerIds.get(credentials) ?? ++lastProviderId;
  providerIds.set(credentials, id);
  return id;
}
