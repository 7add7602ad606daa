import { types } from "node:util";
import { readExpiration } from "../settings/readExpiration";
import { markRoleSession } from "../settings/roleSession";
import type { ValidCredentials } from "../settings/ValidCredentials";
import { describeType } from "../text/describeType";
import { isNonEmptyString } from "../text/isNonEmptyString";
import { CredentialSourceError } from "./chain/CredentialSourceError";
import {
  PROVIDER_FUNCTION,
  type ProvidedCredentials,
} from "./chain/ProvidedCredentials";

/** What a provider returned is not a set of credentials. The message continues a sentence: "it returned …". */
export class InvalidCredentialsError extends Error {
  override readonly name = "InvalidCredentialsError";
}

/**
 * Validates and copies credentials: a provider is the caller's code and can return anything.
 *
 * @throws {@link InvalidCredentialsError}.
 */
export function readCredentials(value: unknown): ValidCredentials {
  if (typeof value !== "object" || value === null)
    throw new InvalidCredentialsError(
      `${describeType(value)}, not an object with accessKeyId and secretAccessKey`,
    );
  if (types.isProxy(value))
    throw new InvalidCredentialsError(
      "a proxy, not an object with accessKeyId and secretAccessKey",
    );
  const { accessKeyId, secretAccessKey, sessionToken, expiration } =
    readFields(value);
  if (!isNonEmptyString(accessKeyId) || !isNonEmptyString(secretAccessKey))
    throw new InvalidCredentialsError("no accessKeyId and secretAccessKey");
  if (sessionToken !== undefined && !isNonEmptyString(sessionToken))
    throw new InvalidCredentialsError(
      "a sessionToken that is not a non-empty string",
    );
  const end = readExpiration(expiration);
  if (expiration !== undefined && !end)
    throw new InvalidCredentialsError(
      "an expiration that is not a valid Date or ISO 8601 string",
    );
  return markRoleSession(
    { accessKeyId, secretAccessKey, sessionToken, expiration: end },
    value,
  );
}

/**
 * Validates the credentials that a source provided.
 *
 * @throws {@link InvalidCredentialsError} if the source is the caller's function, and otherwise {@link CredentialSourceError},
 * which names the source.
 */
export function readProvided({
  credentials,
  source,
}: ProvidedCredentials): ValidCredentials {
  try {
    return readCredentials(credentials);
  } catch (error) {
    const isFromChain =
      error instanceof InvalidCredentialsError && source !== PROVIDER_FUNCTION;
    if (!isFromChain) throw error;
    throw new CredentialSourceError(`${source} returned ${error.message}`, {
      advice: "Correct what it returns, or set credentials on the connection",
    });
  }
}

type Fields = Partial<Record<keyof ValidCredentials, unknown>>;

/** Reads each property once. */
function readFields(value: Fields): Fields {
  try {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = value;
    return { accessKeyId, secretAccessKey, sessionToken, expiration };
  } catch {
    throw new InvalidCredentialsError("an object with a getter that throws");
  }
}
