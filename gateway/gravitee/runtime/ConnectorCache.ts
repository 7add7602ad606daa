import { LRUCache } from "../../../src/internal";
import { createConnector, type Connection, type Connector } from "../../../src";
import {
  CONNECTION_OPTIONS,
  DEFAULT_REGION,
} from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { readTrustStore } from "./readTrustStore";
import type { EvaluatedConfiguration } from "./evaluateConfiguration";

/** As many are kept open where regions or keys come out of expressions; the one that was not used for longest is closed. */
const MOST = 64;

/** As the vendor's SDK has it, in ms. */
const CONNECT_MS = 2_000;

/** The connectors of a policy: one for each way to be connected, however many calls there are. */
export class ConnectorCache {
  readonly #options: PolicyOptions;
  #isClosed = false;
  readonly #open = new LRUCache<string, Connector>({
    max: MOST,
    dispose: (connector) => {
      connector.close();
    },
  });

  constructor(options: PolicyOptions) {
    this.#options = options;
  }

  /**
   * The connector of a call.
   *
   * @throws TrustError, and `ERR_INVALID_INPUT` where region or keys are none.
   */
  get(settled: EvaluatedConfiguration): Connector {
    const { strings: texts, timeouts: times, trustAll } = settled;
    const key = JSON.stringify([
      ...CONNECTION_OPTIONS.map((name) => texts[name]),
      times.connectionTimeoutMs,
      trustAll,
    ]);
    if (this.#isClosed) throw new Error("the policy has been closed");
    let connector = this.#open.get(key);
    if (!connector) {
      const { connect = createConnector } = this.#options;
      connector = connect(this.#connectionOf(settled));
      this.#open.set(key, connector);
    }
    return connector;
  }

  /** Lets go of all of them; calls under way come to their end, and there are no others. */
  close(): void {
    this.#isClosed = true;
    this.#open.clear();
  }

  #connectionOf(settled: EvaluatedConfiguration): Connection {
    const { region, accessKey, secretKey, endpoint } = settled.strings;
    const { connection, honourEndpoint = false } = this.#options;
    return {
      ...connection,
      region: region ?? DEFAULT_REGION,
      connectTimeoutMs: settled.timeouts.connectionTimeoutMs ?? CONNECT_MS,
      ...(honourEndpoint && endpoint !== undefined && { endpoint }),
      ...(accessKey !== undefined &&
        secretKey !== undefined && {
          credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
        }),
      ...readTrustStore(settled),
    };
  }
}
