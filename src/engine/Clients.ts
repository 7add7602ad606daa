import { LRUCache } from "lru-cache";
import type { CredentialKeys } from "../../domain";
import { CallerKeys } from "./CallerKeys";
import { toRequestHandler, type RequestHandler } from "./requestHandler";
import { createClient, type Client, type Service } from "./services";
import type { Settings } from "./Settings";
import type { Transport } from "./transport";
import { VERSION } from "./version";

/** Clients that are kept for one connection: a borrowed session has its own. */
const MOST_CLIENTS = 200;

/** Which client is wanted. */
export interface Wanted {
  readonly service: Service;
  readonly region: string;
  /** How often one call may be sent: 1 for what must not happen twice. */
  readonly maxAttempts: number;
  /** Borrowed keys. Absent: the caller's own. */
  readonly keys?: CredentialKeys | undefined;
}

/** The AWS SDK clients of one connection, made when first wanted, over the connection's own transport. */
export class Clients {
  readonly keys: CallerKeys;
  readonly #settings: Settings;
  readonly #requestHandler: RequestHandler;
  readonly #clients = new LRUCache<string, Client>({ max: MOST_CLIENTS });
  #region: Promise<string> | undefined;

  constructor(settings: Settings, transport: Transport) {
    this.#settings = settings;
    this.keys = new CallerKeys(settings);
    this.#requestHandler = toRequestHandler(transport);
  }

  /** The region: the connection's, the environment's, or the one that AWS's configuration files name. */
  region(): Promise<string> {
    const { region } = this.#settings;
    if (region !== undefined) return Promise.resolve(region);
    this.#region ??= this.#create("sts", { maxAttempts: 1 })
      .config.region()
      .catch((error: unknown) => {
        // Asked again the next time: somebody may have set it by then.
        this.#region = undefined;
        throw error;
      });
    return this.#region;
  }

  /** The client for a service. */
  for(wanted: Wanted): Client {
    const { service, region, maxAttempts, keys } = wanted;
    const key = [service, region, maxAttempts, keys?.accessKeyId].join(" ");
    const client =
      this.#clients.get(key) ??
      this.#create(service, { region, maxAttempts, keys });
    this.#clients.set(key, client);
    return client;
  }

  #create(
    service: Service,
    { region, maxAttempts, keys }: Partial<Wanted> & { maxAttempts: number },
  ): Client {
    const { endpoints, useFips, useDualStack } = this.#settings;
    return createClient(service, {
      region,
      endpoint: endpoints[service],
      credentials: keys ? { ...keys } : () => this.keys.get(),
      useFipsEndpoint: useFips,
      useDualstackEndpoint: useDualStack,
      maxAttempts,
      requestHandler: this.#requestHandler,
      customUserAgent: `aws-lambda-connector/${VERSION}`,
    });
  }
}
