import type { CredentialsLike } from "../../../../domain";
import type { Clock } from "../../settings/clock";
import { CredentialSourceError } from "./CredentialSourceError";
import type { Metadata, MetadataService } from "./MetadataService";
import { isMetadataDisabled } from "./metadataSettings";
import { readCredentialsDocument } from "./readCredentialsDocument";

const ROLE_PATH = "/latest/meta-data/iam/security-credentials/";

/** How long credentials are used again while there are no newer ones, in ms: 5 minutes, and up to 5 more. */
const EXTENSION_MS = 300_000;

/** What the credentials of an instance are loaded with. */
export interface InstanceCredentialsOptions {
  readonly metadata: MetadataService;
  readonly clock: Clock;
}

/** The credentials of an EC2 instance's role. */
export class InstanceCredentials {
  readonly #metadata: MetadataService;
  readonly #clock: Clock;
  #latest: CredentialsLike | undefined;

  constructor({ metadata, clock }: InstanceCredentialsOptions) {
    this.#metadata = metadata;
    this.#clock = clock;
  }

  /**
   * Loads the credentials. If the service fails, or returns credentials that have expired, the last ones are used on for some
   * minutes: AWS may still accept them.
   *
   * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html | Static stability}
   * @throws {@link CredentialSourceError}.
   */
  async load(): Promise<CredentialsLike> {
    if (isMetadataDisabled())
      throw new CredentialSourceError(
        "the instance metadata service is turned off by AWS_EC2_METADATA_DISABLED",
        { advice: "Unset AWS_EC2_METADATA_DISABLED" },
      );
    const last = this.#latest;
    try {
      const loaded = await this.#metadata.read(readRole);
      const hasExpired = toTime(loaded) < this.#clock.now();
      return (this.#latest = hasExpired ? this.#extend(loaded) : loaded);
    } catch (error) {
      if (!last) throw error;
      return (this.#latest = this.#extend(last));
    }
  }

  #extend(credentials: CredentialsLike): CredentialsLike {
    const until = this.#clock.now() + EXTENSION_MS * (1 + Math.random());
    const expiration = Math.max(Math.floor(until), toTime(credentials));
    return { ...credentials, expiration: new Date(expiration) };
  }
}

function toTime({ expiration }: CredentialsLike): number {
  return new Date(expiration ?? NaN).getTime();
}

async function readRole({ service, get }: Metadata): Promise<CredentialsLike> {
  const role = (await get(ROLE_PATH))?.trim() ?? "";
  // Other characters are not allowed in a path.
  const text = /^[\x21-\x7e]+$/.test(role)
    ? await get(`${ROLE_PATH}${role}`)
    : undefined;
  const credentials = readCredentialsDocument(text);
  if (credentials) return credentials;
  throw new CredentialSourceError(`${service} returned no credentials`, {
    advice: "Check the role of the instance",
  });
}
