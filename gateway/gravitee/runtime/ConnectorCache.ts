import { cacheKey, LruMap } from "../../../src/internal";
import type { Connection, Connector } from "../../../src";
import {
  leaseConnector,
  type ConnectorLease,
} from "../../connectors/leaseConnector";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import {
  CONNECTION_OPTIONS,
  DEFAULT_REGION,
} from "../configuration/templatedOptions";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";
import { readTrustStore } from "./readTrustStore";

/** Most connectors kept open, for configurations whose region or credentials are expressions. The least recently used is closed. */
const MAX_CONNECTORS = 64;

/** Default connect timeout of Gravitee's SDK. */
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * The connectors of a policy, one for each combination of connection options. Policies with the same connection share connectors; each is
 * closed with the last policy that has it.
 */
export class ConnectorCache {
  readonly #options: PolicyOptions;
  #isClosed = false;
  readonly #leases = new LruMap<string, ConnectorLease>({
    max: MAX_CONNECTORS,
    dispose: ({ release }) => {
      release();
    },
  });

  constructor(options: PolicyOptions) {
    this.#options = options;
  }

  /**
   * The connector for an evaluated configuration; created if there is none yet.
   *
   * @throws TrustStoreError, or `ERR_INVALID_INPUT` if the region or the credentials are not valid.
   */
  get(configuration: EvaluatedConfiguration): Connector {
    const { strings, timeouts, trustAll } = configuration;
    const settings = [
      ...CONNECTION_OPTIONS.map((name) => strings[name]),
      timeouts.connectionTimeoutMs,
      trustAll,
      this.#options.honourEndpoint,
    ];
    const key = cacheKey("policy connector", settings);
    if (this.#isClosed) throw new Error("the policy has been closed");
    let lease = this.#leases.get(key);
    if (!lease) {
      const connection = this.#toConnection(configuration);
      lease = leaseConnector({
        shared: this.#options.connection,
        // The content of a trust store can have changed since another policy read it.
        settings: [settings, connection.ca ?? null],
        toConnection: () => connection,
        connect: this.#options.connect,
      });
      this.#leases.set(key, lease);
    }
    return lease.connector;
  }

  /** Releases all connectors. Invocations in progress complete; new ones fail. */
  close(): void {
    this.#isClosed = true;
    this.#leases.clear();
  }

  #toConnection(configuration: EvaluatedConfiguration): Connection {
    const { strings, timeouts } = configuration;
    const { region, accessKey, secretKey, endpoint } = strings;
    const { connection, honourEndpoint = false } = this.#options;
    return {
      ...connection,
      region: region ?? DEFAULT_REGION,
      connectTimeoutMs: timeouts.connectionTimeoutMs ?? CONNECT_TIMEOUT_MS,
      ...(honourEndpoint && endpoint !== undefined && { endpoint }),
      ...(accessKey !== undefined &&
        secretKey !== undefined && {
          credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
        }),
      ...readTrustStore(configuration),
    };
  }
}
