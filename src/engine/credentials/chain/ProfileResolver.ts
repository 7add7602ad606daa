import type { CredentialsLike } from "../../../../domain";
import { environmentKeys } from "../../settings/environment";
import { CredentialSourceError } from "./CredentialSourceError";
import { assumeRole, assumeRoleWithWebIdentity } from "./assumeRole";
import type { ChainContext } from "./ChainContext";
import { OTHER_SOURCES } from "./incompleteCredentials";
import type { Profile } from "./profiles";
import { loadFromContainer } from "./loadFromContainer";
import { runCredentialProcess } from "./runCredentialProcess";
import { loadFromLogin, loadFromSso } from "./ssoSources";

/** Whether a profile says where its credentials come from. */
export function hasCredentials(profile: Profile): boolean {
  return [...profile.keys()].some(
    (key) =>
      key === "aws_access_key_id" ||
      key === "aws_secret_access_key" ||
      OTHER_SOURCES.test(key),
  );
}

/**
 * Loads the credentials of a profile, with the profiles that it names as its source. The order of the sources in one profile
 * is that of the AWS SDK.
 */
export class ProfileResolver {
  readonly #profiles: ReadonlyMap<string, Profile>;
  readonly #context: ChainContext;

  constructor(profiles: ReadonlyMap<string, Profile>, context: ChainContext) {
    this.#profiles = profiles;
    this.#context = context;
  }

  /**
   * @param path - The profiles that led here, each of which names the next as its source. Defaults to none.
   * @throws {@link CredentialSourceError}.
   */
  async resolve(
    name: string,
    path: readonly string[] = [],
  ): Promise<CredentialsLike> {
    const profile = this.#profiles.get(name);
    if (!profile)
      throw new CredentialSourceError(
        `the profile ${path.at(-1) ?? ""} has source_profile = ${name}, but there is no profile ${name}`,
        { advice: "Correct source_profile, or add that profile" },
      );
    const credentials = staticCredentials(profile);
    if (credentials && path.length > 0) return credentials;
    if (isRoleProfile(profile)) return this.#assumeRole(name, profile, path);
    return credentials ?? this.#loadFromOther(name, profile);
  }

  #loadFromOther(name: string, profile: Profile): Promise<CredentialsLike> {
    const context = this.#context;
    const [roleArn, tokenFile, command] = [
      profile.get("role_arn"),
      profile.get("web_identity_token_file"),
      profile.get("credential_process"),
    ];
    if (roleArn !== undefined && tokenFile !== undefined)
      return assumeRoleWithWebIdentity(
        {
          source: `the profile ${name}`,
          roleArn,
          tokenFile,
          roleSessionName: profile.get("role_session_name"),
        },
        context,
      );
    if (command !== undefined) return runCredentialProcess(command, name);
    if ([...profile.keys()].some((key) => key.startsWith("sso_")))
      return loadFromSso(name, context);
    if (profile.has("login_session")) return loadFromLogin(name, context);
    const source = profile.get("credential_source");
    if (source !== undefined) return this.#loadFromSource(name, source);
    throw new CredentialSourceError(
      `the profile ${name} ${describeIncompleteProfile(profile)}`,
      { advice: "Add the missing settings to the profile" },
    );
  }

  async #assumeRole(
    name: string,
    profile: Profile,
    path: readonly string[],
  ): Promise<CredentialsLike> {
    if (profile.has("mfa_serial"))
      throw new CredentialSourceError(
        `the profile ${name} has mfa_serial, but the connector cannot ask for a code`,
        {
          advice:
            "Remove mfa_serial, or set credentials on the connection to a function that asks for the code",
        },
      );
    const sourceCredentials = await this.#loadSource(name, profile, path);
    return assumeRole(
      {
        name,
        profile,
        credentials: sourceCredentials,
        // The region of the selected profile, also for the roles of its sources, as in the AWS SDK.
        region: this.#profiles.get(path[0] ?? name)?.get("region"),
      },
      this.#context,
    );
  }

  #loadSource(
    name: string,
    profile: Profile,
    path: readonly string[],
  ): Promise<CredentialsLike> {
    const source = profile.get("source_profile");
    if (source === undefined)
      return this.#loadFromSource(name, profile.get("credential_source") ?? "");
    const visited = [...path, name];
    // A profile may be its own source, if it has credentials.
    const isCircle =
      path.includes(source) || (source === name && !staticCredentials(profile));
    if (isCircle)
      throw new CredentialSourceError(
        `the profiles ${[...visited, source].join(" → ")} name each other as source_profile in a circle`,
        {
          advice:
            "Set source_profile of one of them to a profile that has credentials",
        },
      );
    return this.resolve(source, visited);
  }

  async #loadFromSource(
    name: string,
    source: string,
  ): Promise<CredentialsLike> {
    if (source === "EcsContainer") {
      const provided = await loadFromContainer(this.#context);
      if (provided) return provided.credentials;
      throw this.#missingSource(
        name,
        source,
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set",
      );
    }
    if (source === "Ec2InstanceMetadata") return this.#context.instance.load();
    if (source === "Environment") {
      const credentials = environmentKeys();
      if (credentials) return credentials;
      throw this.#missingSource(
        name,
        source,
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
      );
    }
    throw this.#missingSource(
      name,
      source,
      "this must be EcsContainer, Ec2InstanceMetadata or Environment",
    );
  }

  #missingSource(
    name: string,
    source: string,
    reason: string,
  ): CredentialSourceError {
    return new CredentialSourceError(
      `the profile ${name} has credential_source = ${source}, but ${reason}`,
      { advice: "Correct credential_source, or set these variables" },
    );
  }
}

function staticCredentials(profile: Profile): CredentialsLike | undefined {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    profile.get("aws_access_key_id"),
    profile.get("aws_secret_access_key"),
    profile.get("aws_session_token"),
  ];
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return undefined;
  return { accessKeyId, secretAccessKey, sessionToken };
}

function isRoleProfile(profile: Profile): boolean {
  const hasSource = profile.has("source_profile");
  return (
    profile.has("role_arn") && hasSource !== profile.has("credential_source")
  );
}

function describeIncompleteProfile(profile: Profile): string {
  if (profile.has("web_identity_token_file"))
    return "has web_identity_token_file without role_arn";
  if (profile.has("source_profile"))
    return "has role_arn with both source_profile and credential_source";
  if (profile.has("role_arn"))
    return "has role_arn without source_profile, credential_source or web_identity_token_file";
  return "has no credentials";
}
