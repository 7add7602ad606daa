import { cacheKey, LruMap } from "../../../src/internal";
import { createConnector, type Connection, type Connector } from "../../../src";
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

/** The connectors of a policy, one for each combination of connection options. */
export class ConnectorCache {
  readonly #options: PolicyOptions;
  #isClosed = false;
  readonly #connectors = new LruMap<string, Connector>({
    max: MAX_CONNECTORS,
    dispose: (connector) => {
      connector.close();
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
    const key = cacheKey(
      "policy connector",
      CONNECTION_OPTIONS.map((name) => strings[name]),
      [timeouts.connectionTimeoutMs, trustAll],
    );
    if (this.#isClosed) throw new Error("the policy has been closed");
    let connector = this.#connectors.get(key);
    if (!connector) {
      const { connect = createConnector } = this.#options;
      connector = connect(this.#toConnection(configuration));
      this.#connectors.set(key, connector);
    }
    return connector;
  }

  /** Closes all connectors. Invocations in progress complete; new ones fail. */
  close(): void {
    this.#isClosed = true;
    this.#connectors.clear();
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
