import { LRUCache } from "lru-cache";
import type { CredentialsLike } from "../../../domain";
import { cacheKey } from "../settings/cacheKey";
import type { Caller } from "../credentials/Caller";
import { CallerCredentials } from "../credentials/CallerCredentials";
import type { Clock } from "../settings/clock";
import {
  toRequestHandler,
  type RequestHandler,
} from "../http/toRequestHandler";
import { lambdaEndpoint, type ServiceEndpoint } from "../http/serviceEndpoint";
import { createClient, type Client, type Service } from "./sdkClients";
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

/** The AWS SDK clients of one connection, created on first use. They send through the connection's transport. */
export class Clients {
  readonly credentials: CallerCredentials;
  readonly #settings: Settings;
  readonly #requestHandler: RequestHandler;
  readonly #clients = new LRUCache<string, Client>({ max: MAX_CLIENTS });
  readonly #lambdaEndpoints = new LRUCache<string, ServiceEndpoint>({
    max: MAX_REGIONS,
  });
  #caller: Caller | undefined;
  #region: Promise<string> | undefined;

  constructor(settings: Settings, transport: Transport, clock: Clock) {
    this.#settings = settings;
    this.#requestHandler = toRequestHandler(transport);
    this.credentials = new CallerCredentials(
      settings,
      clock,
      this.#requestHandler,
    );
  }

  /** Returns the connection's region, the environment's, or the one in AWS's shared configuration files. */
  region(): Promise<string> {
    const { region } = this.#settings;
    if (region !== undefined) return Promise.resolve(region);
    this.#region ??= this.#create("sts", {})
      .config.region()
      .catch((error: unknown) => {
        // Read again next time: it may have been configured by then.
        this.#region = undefined;
        throw error;
      });
    return this.#region;
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
  for({ service, region, credentials }: ClientKey): Client {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const key = cacheKey(
      "client",
      [service, region],
      [accessKeyId, secretAccessKey, sessionToken],
    );
    const client =
      this.#clients.get(key) ?? this.#create(service, { region, credentials });
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

  #create(
    service: Service,
    { region, credentials }: Partial<ClientKey>,
  ): Client {
    const { endpoints, useFips, useDualStack } = this.#settings;
    return createClient(service, {
      region,
      endpoint: endpoints[service],
      // A copy, because the SDK adds properties to the object.
      ...(credentials && { credentials: { ...credentials } }),
      useFipsEndpoint: useFips,
      useDualstackEndpoint: useDualStack,
      // Retries are the engine's: the SDK must not send a request twice.
      maxAttempts: 1,
      requestHandler: this.#requestHandler,
      customUserAgent: `aws-lambda-connector/${VERSION}`,
    });
  }
}
