import { environmentVariable } from "../http/environmentVariable";
import { readSharedFiles } from "../settings/sharedFiles";

/**
 * Describes credentials of which the environment or the selected profile has only a part. `undefined`: there are none. The
 * AWS SDK skips them and uses the next source, which can be the identity of the machine: not the one that was meant.
 */
export function describeIncompleteCredentials(): string | undefined {
  const profile = environmentVariable("AWS_PROFILE");
  // With AWS_PROFILE, the SDK does not read credentials from the environment.
  if (profile !== undefined) return describeProfile(profile);
  return describeEnvironment() ?? describeProfile("default");
}

function describeEnvironment(): string | undefined {
  const part = describePart(
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
  )(environmentVariable);
  return part && `the environment has ${part}`;
}

/** Keys of a profile that say how to get credentials. The SDK then ignores the profile's own credentials, complete or not. */
const OTHER_SOURCES =
  /^(role_arn|web_identity_token_file|credential_process|credential_source|login_session|sso_\w+)$/;

function describeProfile(selected: string): string | undefined {
  const profiles = readProfiles();
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

type Profile = Map<string, string>;

/** Reads the profiles of both shared files. Keys of the credentials file take precedence, as in the SDK. */
function readProfiles(): Map<string, Profile> {
  const { config, credentials } = readSharedFiles();
  const profiles = new Map<string, Profile>();
  for (const { sections } of [config, credentials])
    for (const [name, section] of sections)
      profiles.set(name, new Map([...(profiles.get(name) ?? []), ...section]));
  return profiles;
}
