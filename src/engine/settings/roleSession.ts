import type { CredentialsLike } from "../../../domain";
import type { Clock } from "./clock";
import type { ValidCredentials } from "./ValidCredentials";

/** Marks credentials known to be a role session. Not enumerable, so that printing and copying do not show it. */
const ROLE_SESSION = Symbol("role session");

/** Names in `$source`, which the AWS SDK adds to credentials, that mean a role session. */
const ROLE_SOURCES = [
  "CREDENTIALS_STS_ASSUME_ROLE",
  "CREDENTIALS_STS_ASSUME_ROLE_WEB_ID",
  "CREDENTIALS_SSO",
  "CREDENTIALS_HTTP",
  "CREDENTIALS_IMDS",
];

/**
 * Marks credentials as a role session and returns them. If they are a copy, pass the original as `source`: the copy is
 * then marked only if the original is a role session.
 *
 * @param credentials - An object that the engine created, never the caller's own.
 */
export function markRoleSession<Marked extends CredentialsLike>(
  credentials: Marked,
  source?: object,
): Marked {
  if (!source || isRoleSession(source))
    Object.defineProperty(credentials, ROLE_SESSION, { value: true });
  return credentials;
}

/** Whether credentials are known to be a role session. A role assumed with one (role chaining) lasts at most one hour. */
export function isRoleSession(credentials: object): boolean {
  if (Object.hasOwn(credentials, ROLE_SESSION)) return true;
  const { $source } = credentials as { $source?: unknown };
  if (typeof $source !== "object" || $source === null) return false;
  return ROLE_SOURCES.some((source) => source in $source);
}

/** Remaining lifetime of credentials in ms by AWS's clock, which can differ from this machine's; 0 if unknown. */
export function remainingLifetimeMs(
  { expiration }: ValidCredentials,
  { clock, skewMs }: { readonly clock: Clock; readonly skewMs: number },
): number {
  return expiration ? expiration.getTime() - clock.now() - skewMs : 0;
}
