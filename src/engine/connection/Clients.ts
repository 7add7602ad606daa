import { LRUCache } from "lru-cache";
import type { CredentialsLike } from "../../../domain";
import { CallerCredentials } from "./CallerCredentials";
import type { Clock } from "./clock";
import {
  toRequestHandler,
  type RequestHandler,
} from "../http/toRequestHandler";
import { lambdaEndpoint, type ServiceEndpoint } from "../http/serviceEndpoint";
import { createClient, type Client, type Service } from "./sdkClients";
import type { Settings } from "./Settings";
import type { Transport } from "../http/transport";
import { VERSION } from "./version";

/** Clients cached per connection; every role session has its own. */
const MAX_CLIENTS = 200;

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
  readonly #lambdaEndpoints = new Map<string, ServiceEndpoint>();
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
    const key = [
      service,
      region,
      accessKeyId,
      secretAccessKey,
      sessionToken,
    ].join(" ");
    const client =
      this.#clients.get(key) ?? this.#create(service, { region, credentials });
    this.#clients.set(key, client);
    return client;
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
