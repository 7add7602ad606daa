import type { CredentialsLike } from "../../../../domain";
import { readExpiration } from "../../settings/readExpiration";
import { isNonEmptyString } from "../../text/isNonEmptyString";
import { isObject } from "../../text/isObject";
import { parseJson } from "../../text/parseJson";

/**
 * Reads the credentials that the metadata services of containers and instances return. `undefined`: the document has no
 * complete credentials. They always have a session token and an expiration.
 */
export function readCredentialsDocument(
  text: string | undefined,
): CredentialsLike | undefined {
  const document = parse(text ?? "");
  if (!isObject(document)) return undefined;
  const { Code, AccessKeyId, SecretAccessKey, Token, Expiration } = document;
  // Only documents of instances have a code.
  if (typeof Code === "string" && Code !== "Success") return undefined;
  const expiration =
    typeof Expiration === "string" ? readExpiration(Expiration) : undefined;
  if (
    !isNonEmptyString(AccessKeyId) ||
    !isNonEmptyString(SecretAccessKey) ||
    !isNonEmptyString(Token) ||
    !expiration
  )
    return undefined;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: Token,
    expiration,
  };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
