import { cacheKey } from "../../src/internal";
import { createConnector, type Connection, type Connector } from "../../src";

/** What a step needs a connector for. */
export interface ConnectorRequest {
  /** The options that all connections of a system have. Compared by identity: they may contain functions. */
  readonly shared?: object | undefined;

  /** The settings of this connection. Compared by value. */
  readonly settings: Parameters<typeof cacheKey>[1];

  /** The complete connection. Called if no step has this connector yet. */
  readonly toConnection: () => Connection;

  /** Creates the connector. Defaults to `createConnector`. */
  readonly connect?: ((connection: Connection) => Connector) | undefined;
}

/** A connector that several steps may use. */
export interface ConnectorLease {
  readonly connector: Connector;

  /** Closes the connector, unless another step uses it. Later calls have no effect. */
  readonly release: () => void;
}

interface SharedConnector {
  readonly connector: Connector;
  users: number;
}

/** The connectors that steps of this process use. */
const connectors = new Map<string, SharedConnector>();

/**
 * Returns the connector for a connection, shared by all steps with equal connections: a gateway may have thousands of steps for few
 * accounts and regions.
 */
export function leaseConnector({
  shared,
  settings,
  toConnection,
  connect = createConnector,
}: ConnectorRequest): ConnectorLease {
  const key = cacheKey("gateway", idOf(shared), idOf(connect), settings);
  let entry = connectors.get(key);
  if (!entry) {
    entry = { connector: connect(toConnection()), users: 0 };
    connectors.set(key, entry);
  }
  const leased = entry;
  leased.users++;
  let isReleased = false;
  return {
    connector: leased.connector,
    release: () => {
      if (isReleased) return;
      isReleased = true;
      leased.users--;
      if (leased.users > 0) return;
      connectors.delete(key);
      leased.connector.close();
    },
  };
}

/** Numbers of objects. They are the caller's, so the number cannot be a field. */
const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(object: object | undefined): number {
  if (!object) return 0;
  const id = ids.get(object) ?? ++lastId;
  ids.set(object, id);
  return id;
}
