import { LruMap } from "../cache/LruMap";
import type { CredentialsLike } from "../../../domain";
import { cacheKey } from "../settings/cacheKey";
import type { Caller } from "../credentials/Caller";
import { CallerCredentials } from "../credentials/CallerCredentials";
import {
  askEndpoint,
  type AskEndpoint,
} from "../credentials/chain/askEndpoint";
import type { SendToSts } from "../credentials/chain/ChainContext";
import { MetadataService } from "../credentials/chain/MetadataService";
import { MetadataRegion } from "../credentials/MetadataRegion";
import { limitTime } from "../credentials/limitTime";
import type { Clock } from "../settings/clock";
import {
  toRequestHandler,
  type RequestHandler,
} from "../http/toRequestHandler";
import {
  customEndpoint,
  serviceEndpoint,
  type EndpointService,
  type ServiceEndpoint,
} from "../http/serviceEndpoint";
import { UnusableSettingError } from "../http/UnusableSettingError";
import type { Client, ClientConfig, SdkModule, Service } from "./sdkClients";
import type { Settings } from "../settings/Settings";
import type { Transport } from "../http/transport";
import { VERSION } from "./version";

/** Clients cached per connection; every role session has its own. */
const MAX_CLIENTS = 200;

/** Endpoints that are cached. A function's ARN, which a client can choose, contains the region. */
const MAX_ENDPOINTS = 100;

/** What identifies a client. */
export interface ClientKey {
  readonly service: Service;
  readonly region: string;
  readonly credentials: CredentialsLike;
}

/** A client to create. */
interface NewClient extends ClientKey {
  readonly Client: SdkModule["Client"];
}

/** What a connection's clients use of the engine. */
export interface ClientsContext {
  readonly clock: Clock;
  /** How far AWS's clock is ahead of this machine's, in ms. */
  readonly skewMs: () => number;
  /** Sends a request of the default chain through `transport`. */
  readonly createSendToSts: (transport: Transport) => SendToSts;
}

/** The AWS SDK clients of one connection, created on first use. They send through the connection's transport. */
export class Clients {
  readonly credentials: CallerCredentials;
  readonly #settings: Settings;
  readonly #requestHandler: RequestHandler;
  readonly #clients = new LruMap<string, Client>({ max: MAX_CLIENTS });
  readonly #endpoints = new LruMap<string, ServiceEndpoint>({
    max: MAX_ENDPOINTS,
  });
  readonly #skewMs: () => number;
  readonly #metadataRegion: MetadataRegion;
  #caller: Caller | undefined;
  #region: Promise<string> | undefined;

  constructor(
    settings: Settings,
    transport: Transport,
    { clock, skewMs, createSendToSts }: ClientsContext,
  ) {
    this.#settings = settings;
    this.#skewMs = skewMs;
    const now = (): number => clock.now();
    this.#requestHandler = toRequestHandler(transport, now);
    const ask: AskEndpoint = (request) => askEndpoint(request, clock);
    let service: MetadataService | undefined;
    // Created on first use, because most programs do not need its code. It is shared with its token.
    const metadata = (): MetadataService =>
      (service ??= new MetadataService({
        ask,
        clock,
        profile: settings.profile,
      }));
    this.#metadataRegion = new MetadataRegion({ clock, metadata });
    const limited = limitTime(transport, clock);
    this.credentials = new CallerCredentials(settings, {
      clock,
      skewMs,
      settings,
      requestHandler: toRequestHandler(limited, now),
      sendToSts: createSendToSts(limited),
      ask,
      metadata,
    });
  }

  /**
   * Returns the region of the settings, or else the one in the metadata of an EC2 instance, as the AWS SDK does.
   *
   * @throws {@link UnusableSettingError} if there is none, or the profile that should contain it could not be read.
   */
  region(): Promise<string> {
    const { region, missingRegion: message } = this.#settings;
    if (region !== undefined) return Promise.resolve(region);
    if (message !== undefined) {
      const issue = { path: "region", rule: "required", message };
      return Promise.reject(new UnusableSettingError(issue));
    }
    this.#region ??= this.#metadataRegion.load().catch((error: unknown) => {
      // Read again next time: it may have been configured by then.
      this.#region = undefined;
      throw error;
    });
    return this.#region;
  }

  /** Returns the endpoint of a service in a region. */
  endpoint(service: EndpointService, region: string): ServiceEndpoint {
    const key = `${service} ${region}`;
    const endpoint =
      this.#endpoints.get(key) ??
      serviceEndpoint({ service, region }, this.#settings);
    this.#endpoints.set(key, endpoint);
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

  #create({ service, region, credentials, Client }: NewClient): Client {
    const client = new Client({
      ...this.#toConfig(region),
      endpoint: customEndpoint({ service, region }, this.#settings),
      // A copy, because the SDK adds properties to the object.
      credentials: { ...credentials },
    });
    Object.assign(client.config, {
      // Overwritten, because the SDK refuses the region of a custom endpoint if it is not a valid part of a host name.
      region: () => Promise.resolve(region),
      // Otherwise, each new client would learn it from a rejected request.
      systemClockOffset: this.#skewMs(),
    });
    return client;
  }

  #toConfig(region: string): ClientConfig {
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
