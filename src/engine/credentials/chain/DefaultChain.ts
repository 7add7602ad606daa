import { environmentVariable } from "../../text/environmentVariable";
import { environmentCredentials } from "../../settings/environment";
import { CredentialSourceError } from "./CredentialSourceError";
import type { ProvidedCredentials } from "./ProvidedCredentials";
import { assumeRoleWithWebIdentity } from "./assumeRole";
import type { ChainConnection, ChainContext } from "./ChainContext";
import { describeIncompleteCredentials } from "./incompleteCredentials";
import { hasCredentials, ProfileResolver } from "./ProfileResolver";
import { readProfiles, type Profiles } from "./profiles";
import { InstanceCredentials } from "./InstanceCredentials";
import { loadFromContainer } from "./loadFromContainer";
import { isMetadataDisabled } from "./metadataSettings";

const ADVICE =
  "Set credentials on the connection, or configure the AWS SDK's default credential chain";

/**
 * AWS's default chain: loads credentials from the first source that is configured, in the order of the AWS SDK: environment,
 * profile, web identity token, container, instance metadata. A source that is configured and fails is an error: the next one
 * would be another identity.
 */
export class DefaultChain {
  readonly #context: ChainContext;

  constructor(connection: ChainConnection) {
    const { clock, metadata } = connection;
    const instance = new InstanceCredentials({ clock, metadata: metadata() });
    this.#context = { ...connection, instance };
  }

  /**
   * Loads the credentials. Nothing is cached.
   *
   * @throws {@link CredentialSourceError}.
   */
  async load(): Promise<ProvidedCredentials> {
    const credentials = environmentCredentials();
    if (credentials) return { credentials, source: "the environment" };
    const read = readProfiles();
    const { profile: selected } = this.#context.settings;
    const incomplete = describeIncompleteCredentials(selected, read.profiles);
    if (incomplete !== undefined) throw notFound(incomplete);
    return (
      (await this.#loadFromProfile(selected, read)) ??
      (await this.#loadWithWebIdentity()) ??
      (await loadFromContainer(this.#context)) ??
      (await this.#loadFromMachine(selected))
    );
  }

  async #loadFromProfile(
    selected: string | undefined,
    { profiles, files }: Profiles,
  ): Promise<ProvidedCredentials | undefined> {
    const name = selected ?? "default";
    const profile = profiles.get(name);
    if (selected !== undefined && !profile)
      throw notFound(
        `the profile ${selected}, which AWS_PROFILE selects, is neither in ${files.join(" nor in ")}`,
        "Correct AWS_PROFILE, or add the profile to one of these files",
      );
    if (!profile || !hasCredentials(profile)) return undefined;
    const resolver = new ProfileResolver(profiles, this.#context);
    return {
      credentials: await resolver.resolve(name),
      source: `the profile ${name}`,
    };
  }

  async #loadWithWebIdentity(): Promise<ProvidedCredentials | undefined> {
    const tokenFile = environmentVariable("AWS_WEB_IDENTITY_TOKEN_FILE");
    if (tokenFile === undefined) return undefined;
    const roleArn = environmentVariable("AWS_ROLE_ARN");
    if (roleArn === undefined)
      throw notFound(
        "the environment has AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN",
      );
    const source = "the environment (AWS_WEB_IDENTITY_TOKEN_FILE)";
    const roleSessionName = environmentVariable("AWS_ROLE_SESSION_NAME");
    const credentials = await assumeRoleWithWebIdentity(
      { source, roleArn, tokenFile, roleSessionName },
      this.#context,
    );
    return { credentials, source };
  }

  /** The last source: every machine can have it, so that its failure usually means that nothing is configured. */
  async #loadFromMachine(profile = "default"): Promise<ProvidedCredentials> {
    const others = `neither the environment nor the profile ${profile} has any`;
    if (isMetadataDisabled())
      throw notFound(
        `${others}, and AWS_EC2_METADATA_DISABLED turns off the instance metadata service`,
      );
    try {
      const credentials = await this.#context.instance.load();
      return { credentials, source: "the instance metadata service" };
    } catch (error) {
      if (!(error instanceof CredentialSourceError)) throw error;
      const { message, retryable } = error;
      throw new CredentialSourceError(
        `no AWS credentials were found (${others}, and ${message})`,
        { advice: ADVICE, retryable },
      );
    }
  }
}

function notFound(reason: string, advice = ADVICE): CredentialSourceError {
  return new CredentialSourceError(
    `no AWS credentials were found (${reason})`,
    { advice },
  );
}
