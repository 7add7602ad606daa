import { environmentVariable } from "../../text/environmentVariable";
import type { Profile } from "./profiles";

/**
 * Describes credentials of which the environment or the selected profile has only a part. `undefined`: there are none. The
 * AWS SDK skips them and uses the next source, which can be the identity of the machine: not the one that was meant.
 */
export function describeIncompleteCredentials(
  selected: string | undefined,
  profiles: ReadonlyMap<string, Profile>,
): string | undefined {
  // With AWS_PROFILE, the SDK does not read credentials from the environment.
  if (selected !== undefined) return describeProfile(selected, profiles);
  return describeEnvironment() ?? describeProfile("default", profiles);
}

function describeEnvironment(): string | undefined {
  const part = describePart(
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
  )(environmentVariable);
  return part && `the environment has ${part}`;
}

/** Keys of a profile that say how to get credentials. The profile's own credentials are then not checked. */
export const OTHER_SOURCES =
  /^(role_arn|web_identity_token_file|credential_process|credential_source|login_session|sso_\w+)$/;

function describeProfile(
  selected: string,
  profiles: ReadonlyMap<string, Profile>,
): string | undefined {
  const seen = new Set<string>();
  for (let name: string | undefined = selected; name && !seen.has(name);) {
    seen.add(name);
    const profile: Profile = profiles.get(name) ?? new Map<string, string>();
    const part = describePart(
      "aws_access_key_id",
      "aws_secret_access_key",
      "aws_session_token",
    )((key) => profile.get(key));
    const hasOther = [...profile.keys()].some((key) => OTHER_SOURCES.test(key));
    // A profile that another one names as its source must have credentials of its own.
    if (part && (!hasOther || name !== selected))
      return `the profile ${name} has ${part}`;
    name = profile.has("role_arn") ? profile.get("source_profile") : undefined;
  }
  return undefined;
}

/** Creates a function that describes an incomplete set of credentials. */
function describePart(
  keyName: string,
  secretName: string,
  tokenName: string,
): (read: (name: string) => string | undefined) => string | undefined {
  return (read) => {
    const [key, secret, token] = [keyName, secretName, tokenName].map(read);
    if (key && secret) return undefined;
    if (key) return `${keyName} without ${secretName}`;
    if (secret) return `${secretName} without ${keyName}`;
    return token && `${tokenName} without ${keyName} and ${secretName}`;
  };
}
