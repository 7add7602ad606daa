import { LruMap } from "../cache/LruMap";
import type { CredentialsLike } from "../../../domain";
import { cacheKey } from "../settings/cacheKey";
import type { Caller } from "../credentials/Caller";
import { CallerCredentials } from "../credentials/CallerCredentials";
import type {
  StsRequest,
  StsResponse,
} from "../credentials/chain/ChainContext";
import { limitTime } from "../credentials/limitTime";
import type { Clock } from "../settings/clock";
import {
  toRequestHandler,
  type RequestHandler,
} from "../http/toRequestHandler";
import {
  customEndpoint,
  lambdaEndpoint,
  type ServiceEndpoint,
} from "../http/serviceEndpoint";
import { UnusableSettingError } from "../http/UnusableSettingError";
import type { Client, ClientConfig, SdkModule, Service } from "./sdkClients";
import type { Settings } from "../settings/Settings";
import type { Transport } from "../http/transport";
import { VERSION } from "./version";

/** Clients cached per connection; every role session has its own. */
const MAX_CLIENTS = 200;

/** Regions whose Lambda endpoint is cached. A function's ARN, which a client can choose, contains the region. */
const MAX_REGIONS = 100;

/** What identifies a client. */
export interface ClientKey {
  readonly service: Service;
  readonly region: string;
  readonly credentials: CredentialsLike;
}

/** A client to create. Requests that are not signed have no credentials. */
interface NewClient extends Omit<ClientKey, "credentials"> {
  readonly Client: SdkModule["Client"];
  readonly credentials?: CredentialsLike | undefined;
  /** For requests of the default chain. */
  readonly chain?: Partial<ClientConfig>;
}

/** STS's region if none is configured, as in the AWS SDK. */
const DEFAULT_STS_REGION = "us-east-1";

/** The AWS SDK clients of one connection, created on first use. They send through the connection's transport. */
export class Clients {
  readonly credentials: CallerCredentials;
  readonly #settings: Settings;
  readonly #requestHandler: RequestHandler;
  readonly #clients = new LruMap<string, Client>({ max: MAX_CLIENTS });
  readonly #lambdaEndpoints = new LruMap<string, ServiceEndpoint>({
    max: MAX_REGIONS,
  });
  readonly #skewMs: () => number;
  /** The clock correction that a request of the default chain brought to light, in ms. */
  #chainSkewMs = 0;
  #caller: Caller | undefined;
  #region: Promise<string> | undefined;

  constructor(
    settings: Settings,
    transport: Transport,
    time: { readonly clock: Clock; readonly skewMs: () => number },
  ) {
    this.#settings = settings;
    this.#skewMs = time.skewMs;
    this.#requestHandler = toRequestHandler(transport, () => time.clock.now());
    const requestHandler = limitTime(this.#requestHandler, time.clock);
    this.credentials = new CallerCredentials(settings, {
      ...time,
      settings,
      requestHandler,
      sendToSts: (request) => this.#sendToSts(request, requestHandler),
    });
  }

  /**
   * Returns the region of the settings, or else the one in the metadata of an EC2 instance, as the AWS SDK does.
   *
   * @throws {@link UnusableSettingError} if the profile that should contain it could not be read.
   */
  region(): Promise<string> {
    const { region, missingRegion: message } = this.#settings;
    if (region !== undefined) return Promise.resolve(region);
    if (message !== undefined) {
      const issue = { path: "region", rule: "required", message };
      return Promise.reject(new UnusableSettingError(issue));
    }
    this.#region ??= this.#readMetadataRegion().catch((error: unknown) => {
      // Read again next time: it may have been configured by then.
      this.#region = undefined;
      throw error;
    });
    return this.#region;
  }

  async #readMetadataRegion(): Promise<string> {
    const { STSClient } = await import("@aws-sdk/client-sts");
    const Client = STSClient as unknown as SdkModule["Client"];
    return new Client(this.#toConfig({})).config.region();
  }

  /** Returns Lambda's endpoint in a region. */
  lambdaEndpoint(region: string): ServiceEndpoint {
    const endpoint =
      this.#lambdaEndpoints.get(region) ??
      lambdaEndpoint(this.#settings, region);
    this.#lambdaEndpoints.set(region, endpoint);
    return endpoint;
  }

  /** Returns the client for a service, a region and credentials. */
  for(
    { service, region, credentials }: ClientKey,
    Client: SdkModule["Client"],
  ): Client {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const key = cacheKey(
      "client",
      [service, region],
      [accessKeyId, secretAccessKey, sessionToken],
    );
    const client =
      this.#clients.get(key) ??
      this.#create({ service, region, credentials, Client });
    this.#clients.set(key, client);
    return client;
  }

  /** Returns the caller with these credentials. The last one is kept, because almost every call has the same. */
  callerWith(credentials: CredentialsLike, region: string): Caller {
    if (
      this.#caller?.credentials === credentials &&
      this.#caller.region === region
    )
      return this.#caller;
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const identity = [accessKeyId, secretAccessKey, sessionToken];
    const key = cacheKey("caller", this.#settings.trust, region, identity);
    this.#caller = { credentials, region, key };
    return this.#caller;
  }

  /** Sends a request of the default chain. Its region is that of the profile, as in the AWS SDK. */
  async #sendToSts(
    { load, input, credentials, ...profile }: StsRequest,
    requestHandler: RequestHandler,
  ): Promise<StsResponse> {
    const { Client, Command } = (await load()) as SdkModule;
    const client = this.#create({
      service: "sts",
      Client,
      region: profile.region ?? this.#settings.region ?? DEFAULT_STS_REGION,
      credentials,
      // Nothing else sends these requests again. They have no side effects.
      chain: { requestHandler, maxAttempts: this.#settings.maxAttempts },
    });
    try {
      return (await client.send(new Command(input), {
        credentials,
      })) as StsResponse;
    } finally {
      this.#chainSkewMs = client.config.systemClockOffset ?? 0;
    }
  }

  #create({ service, region, credentials, chain, Client }: NewClient): Client {
    const client = new Client({
      ...this.#toConfig({ region }),
      ...chain,
      endpoint: customEndpoint(service, this.#settings, region),
      // A copy, because the SDK adds properties to the object.
      ...(credentials && { credentials: { ...credentials } }),
    });
    Object.assign(client.config, {
      // Overwritten, because the SDK refuses the region of a custom endpoint if it is not a valid part of a host name.
      region: () => Promise.resolve(region),
      // Otherwise, each new client would learn it from a rejected request.
      systemClockOffset: this.#skewMs() || this.#chainSkewMs,
    });
    return client;
  }

  #toConfig({ region }: Pick<Partial<ClientKey>, "region">): ClientConfig {
    const { useFips, useDualStack } = this.#settings;
    return {
      region,
      // The settings are complete. The SDK must not read the environment and files again, perhaps with another result.
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: useFips,
      useDualstackEndpoint: useDualStack,
      defaultsMode: "legacy",
      retryMode: "standard",
      authSchemePreference: ["sigv4"],
      // Retries are the engine's: the SDK must not send a request twice.
      maxAttempts: 1,
      requestHandler: this.#requestHandler,
      customUserAgent: `aws-lambda-connector/${VERSION}`,
    };
  }
}
