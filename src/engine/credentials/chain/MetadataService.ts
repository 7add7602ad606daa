import { isHeaderValue } from "../../http/isHeaderValue";
import type { Clock } from "../../settings/clock";
import {
  EndpointError,
  isSuccessful,
  isTemporary,
  toShownUrl,
  type AskEndpoint,
  type EndpointResponse,
} from "./askEndpoint";
import { CredentialSourceError } from "./CredentialSourceError";
import { isVersion1Disabled, metadataEndpoint } from "./metadataSettings";

/** Time limit of one request, in ms. */
const TIMEOUT_MS = 1_000;

/** How long a token is valid, in seconds: as long as possible. */
const TOKEN_LIFETIME_S = 21_600;

/** A token is replaced this long before it expires, in ms. */
const RENEW_BEFORE_MS = 300_000;

/** Without the beginning of the path. */
const TOKEN_PATH = "/latest/api/token";

/** Statuses of a service that has no version 2. */
const NO_TOKENS = [403, 404, 405];

/** How requests are sent: with a token, or without one to version 1. */
interface Access {
  readonly endpoint: URL;
  readonly token: string | undefined;
  /** When it is replaced, in epoch ms. */
  readonly until: number;
}

/** The instance metadata service, ready for requests. */
export interface Metadata {
  /** The name of the service, as the subject of a sentence. */
  readonly service: string;
  /** Requests a path. `undefined`: the body is too large. */
  readonly get: (path: string) => Promise<string | undefined>;
}

/** The service responded with another status than 200 to 299. */
class MetadataStatusError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** Version 2 gave no token, and settings turn off version 1. */
class NoTokenError extends Error {}

/** What the client of the instance metadata service uses. */
export interface MetadataServiceOptions {
  readonly ask: AskEndpoint;
  readonly clock: Clock;
  /** The selected profile. Defaults to `default`. */
  readonly profile: string | undefined;
}

/**
 * Client of the instance metadata service of EC2. It keeps the token of version 2. Version 1 is used as the AWS SDK does: if the
 * service gives no token, or the token does not arrive, as in a container that is more hops away than the service allows.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html | IMDS credential provider}
 */
export class MetadataService {
  readonly #options: MetadataServiceOptions;
  #kept: Access | undefined;

  constructor(options: MetadataServiceOptions) {
    this.#options = options;
  }

  /**
   * Reads metadata: calls `read`, and again if the service no longer accepts the token.
   *
   * @throws {@link CredentialSourceError}.
   */
  async read<T>(read: (metadata: Metadata) => Promise<T>): Promise<T> {
    const endpoint = metadataEndpoint(this.#options.profile);
    try {
      const kept = this.#findKept(endpoint);
      try {
        return await this.#readWith(kept ?? (await this.#open(endpoint)), read);
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
        this.#kept = undefined;
        if (!kept) throw error;
        return await this.#readWith(await this.#open(endpoint), read);
      }
    } catch (error) {
      throw describeFailure(error, endpoint);
    }
  }

  #findKept(endpoint: URL): Access | undefined {
    const kept = this.#kept;
    const isValid =
      kept?.endpoint.origin === endpoint.origin &&
      this.#options.clock.now() < kept.until;
    return isValid ? kept : undefined;
  }

  /** Requests a token. */
  async #open(endpoint: URL): Promise<Access> {
    const response = await this.#requestToken(endpoint);
    if (response?.status === 400) throw new MetadataStatusError(400);
    const token = response?.text?.trim();
    if (token !== undefined && isHeaderValue(token)) {
      const lifetimeMs = TOKEN_LIFETIME_S * 1_000 - RENEW_BEFORE_MS;
      const until = this.#options.clock.now() + lifetimeMs;
      return (this.#kept = { endpoint, token, until });
    }
    const version1 = { endpoint, token: undefined, until: Infinity };
    // Other failures can pass, so that the next call tries version 2 again.
    if (response && NO_TOKENS.includes(response.status)) this.#kept = version1;
    return version1;
  }

  /** `undefined`: the service was reached, but its response was not. */
  async #requestToken(endpoint: URL): Promise<EndpointResponse | undefined> {
    try {
      return await this.#options.ask({
        method: "PUT",
        endpoint,
        path: TOKEN_PATH,
        headers: {
          "x-aws-ec2-metadata-token-ttl-seconds": String(TOKEN_LIFETIME_S),
        },
        timeoutMs: TIMEOUT_MS,
      });
    } catch (error) {
      if (error instanceof EndpointError && error.isConnected) return undefined;
      throw error;
    }
  }

  #readWith<T>(
    { endpoint, token }: Access,
    read: (metadata: Metadata) => Promise<T>,
  ): Promise<T> {
    const { ask, profile } = this.#options;
    if (token === undefined && isVersion1Disabled(profile))
      throw new NoTokenError();
    const get: Metadata["get"] = async (path) => {
      const { status, text } = await ask({
        method: "GET",
        endpoint,
        path,
        headers:
          token === undefined ? {} : { "x-aws-ec2-metadata-token": token },
        timeoutMs: TIMEOUT_MS,
      });
      if (!isSuccessful(status)) throw new MetadataStatusError(status);
      return text;
    };
    return read({ service: describeService(endpoint), get });
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof MetadataStatusError && error.status === 401;
}

function describeFailure(error: unknown, endpoint: URL): unknown {
  const service = describeService(endpoint);
  if (error instanceof MetadataStatusError) {
    const { status } = error;
    const reason = status === 404 ? ", which means that it has no role" : "";
    return new CredentialSourceError(
      `${service} responded with status ${status}${reason}`,
      {
        retryable: isTemporary(status),
        advice: "Attach a role to the instance, or try again later",
      },
    );
  }
  if (error instanceof NoTokenError)
    return new CredentialSourceError(
      `${service} gave no token, and its version 1 is turned off`,
      {
        retryable: true,
        advice: "Check the instance's metadata options, or try again later",
      },
    );
  if (error instanceof EndpointError)
    return new CredentialSourceError(
      `${service} did not respond (${error.code || error.message})`,
      {
        retryable: true,
        advice: "Check that it can be reached, or try again later",
      },
    );
  return error;
}

function describeService(endpoint: URL): string {
  return `the instance metadata service at ${toShownUrl(endpoint.origin)}`;
}
