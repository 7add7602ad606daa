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

/** Clients that are kept for one connection: a borrowed session has its own. */
const MOST_CLIENTS = 200;

/** Which client is wanted. */
export interface ClientKey {
  readonly service: Service;
  readonly region: string;
  readonly credentials: CredentialsLike;
}

/** The AWS SDK clients of one connection, made when first wanted, over the connection's own transport. */
export class Clients {
  readonly credentials: CallerCredentials;
  readonly #settings: Settings;
  readonly #requestHandler: RequestHandler;
  readonly #clients = new LRUCache<string, Client>({ max: MOST_CLIENTS });
  readonly #origins = new Map<string, ServiceEndpoint>();
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

  /** The region: the connection's, the environment's, or the one that AWS's configuration files name. */
  region(): Promise<string> {
    const { region } = this.#settings;
    if (region !== undefined) return Promise.resolve(region);
    this.#region ??= this.#create("sts", {})
      .config.region()
      .catch((error: unknown) => {
        // Asked again the next time: somebody may have set it by then.
        this.#region = undefined;
        throw error;
      });
    return this.#region;
  }

  /** Where Lambda is reached in a region. */
  lambdaEndpoint(region: string): ServiceEndpoint {
    const origin =
      this.#origins.get(region) ?? lambdaEndpoint(this.#settings, region);
    this.#origins.set(region, origin);
    return origin;
  }

  /** The client for a service. */
  for(wanted: ClientKey): Client {
    const { service, region, credentials } = wanted;
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
      // A copy: the SDK writes its own marks into what it is given.
      ...(credentials && { credentials: { ...credentials } }),
      useFipsEndpoint: useFips,
      useDualstackEndpoint: useDualStack,
      // Whether anything is sent again is decided in one place, and not there.
      maxAttempts: 1,
      requestHandler: this.#requestHandler,
      customUserAgent: `aws-lambda-connector/${VERSION}`,
    });
  }
}
