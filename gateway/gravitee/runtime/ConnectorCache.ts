import { LRUCache } from "lru-cache";
import { createConnector, type Connection, type Connector } from "../../../src";
import { CONNECTING, REGION } from "../configuration/ParsedConfiguration";
import type { PolicyOptions } from "../configuration/PolicyOptions";
import { readTrust } from "./readTrustStore";
import type { Settled } from "./evaluateConfiguration";

/** As many are kept open where regions or keys come out of expressions; the one that was not used for longest is closed. */
const MOST = 64;

/** As the vendor's SDK has it, in ms. */
const CONNECT_MS = 2_000;

/** The connectors of a policy: one for each way to be connected, however many calls there are. */
export class Connectors {
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
  at(settled: Settled): Connector {
    const { texts, times, trustAll } = settled;
    const key = JSON.stringify([
      ...CONNECTING.map((name) => texts[name]),
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

  #connectionOf(settled: Settled): Connection {
    const { region, accessKey, secretKey, endpoint } = settled.texts;
    const { connection, honourEndpoint = false } = this.#options;
    return {
      ...connection,
      region: region ?? REGION,
      connectTimeoutMs: settled.times.connectionTimeoutMs ?? CONNECT_MS,
      ...(honourEndpoint && endpoint !== undefined && { endpoint }),
      ...(accessKey !== undefined &&
        secretKey !== undefined && {
          credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
        }),
      ...readTrust(settled),
    };
  }
}
