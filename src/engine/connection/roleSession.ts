import type { CredentialsLike } from "../../../domain";
import type { Clock } from "./clock";

/** Keys of which we know that they are a role's session. */
const known = new WeakSet<object>();

/** What the AWS SDK writes beside keys that it had for a role, by where it had them. */
const SOURCES = [
  "CREDENTIALS_STS_ASSUME_ROLE",
  "CREDENTIALS_STS_ASSUME_ROLE_WEB_ID",
  "CREDENTIALS_SSO",
  "CREDENTIALS_HTTP",
  "CREDENTIALS_IMDS",
];

/** Remembers that keys are a role's session, as far as is known of those that they were made of. */
export function markRoleSession<Keys extends CredentialsLike>(
  keys: Keys,
  madeOf?: object,
): Keys {
  if (!madeOf || isRoleSession(madeOf)) known.add(keys);
  return keys;
}

/** Whether keys are known to be a role's session; a role borrowed with them lasts an hour at most. */
export function isRoleSession(keys: object): boolean {
  if (known.has(keys)) return true;
  const { $source } = keys as { $source?: unknown };
  if (typeof $source !== "object" || $source === null) return false;
  return SOURCES.some((source) => source in $source);
}

/** For how long keys are good, in ms, by AWS's clock, which may not be this machine's; 0 where nobody knows. */
export function remainingLifetimeMs(
  { expiration }: CredentialsLike,
  { clock, skewMs }: { readonly clock: Clock; readonly skewMs: number },
): number {
  return expiration ? expiration.getTime() - clock.now() - skewMs : 0;
}
