import { LruMap } from "../cache/LruMap";
import type { StsSession } from "../codecs/stsCodecs";
import type { StsRequest } from "../credentials/chain/ChainContext";
import type { CachedRoleSession } from "./CachedRoleSession";
import { Clients } from "./Clients";
import { systemClock, type Clock } from "../settings/clock";
import { CheckedTransport } from "../http/CheckedTransport";
import { NodeTransport } from "../http/NodeTransport";
import { RetryBudget } from "./retry";
import type { SharedResources } from "./SharedResources";
import type { TestHooks } from "../settings/TestHooks";
import { RenewingCache } from "./RenewingCache";
import type { RecentRoleRequest } from "./RecentRoleRequest";
import type { RoleSessionParameters } from "./RoleSessionParameters";
import type { Settings } from "../settings/Settings";
import type { SocketCounts, Transport } from "../http/transport";

/** Connections whose resources are kept. The least recently used one is evicted first. */
const MAX_CONNECTIONS = 500;

/** Connections whose open connectors are counted. An entry is only a key and a number. */
const MAX_REFERENCE_COUNTS = 10_000;

/** Role sessions and external IDs that are cached. The least recently used one is evicted first. */
const MAX_SESSIONS = 10_000;
const MAX_EXTERNAL_IDS = 10_000;

/** Requests for role sessions whose parameters are cached. The least recently used one is evicted first. */
const MAX_ROLE_PARAMETERS = 1_000;

/** Number of connections, role sessions and sockets in the pool. */
export interface PoolReport extends SocketCounts {
  /** Distinct connections whose resources are kept; 0 to 500. */
  readonly connections: number;

  /** Role sessions that are cached; 0 to 10,000. */
  readonly sessions: number;
}

/** What a default chain belongs to. */
export interface ChainOwner {
  readonly settings: Settings;
  readonly shared: SharedResources;
  /** Ends requests that receive no response. */
  readonly transport: Transport;
}

/** Sends a request of a default chain. */
export type SendChainRequest = <Input extends object>(
  request: StsRequest<Input>,
  owner: ChainOwner,
) => Promise<StsSession>;

/** Everything that is kept between calls, by connection. */
export class Pool {
  readonly #shared: LruMap<string, SharedResources>;
  /** Number of open connectors by connection. Emptying the pool does not change it. */
  readonly #referenceCounts = new LruMap<string, number>({
    max: MAX_REFERENCE_COUNTS,
  });
  readonly #transport: Transport | undefined;
  readonly #clock: Clock;
  readonly #sessions: RenewingCache<CachedRoleSession>;
  readonly #externalIds: RenewingCache<string>;
  readonly #roleParameters = new LruMap<string, RoleSessionParameters>({
    max: MAX_ROLE_PARAMETERS,
  });
  readonly #roleRequests = new LruMap<string, RecentRoleRequest>({
    max: MAX_ROLE_PARAMETERS,
  });

  readonly #sendChainRequest: SendChainRequest;

  constructor(
    sendChainRequest: SendChainRequest,
    { clock = systemClock, transport }: TestHooks = {},
  ) {
    this.#sendChainRequest = sendChainRequest;
    this.#clock = clock;
    this.#transport = transport && new CheckedTransport(transport);
    this.#sessions = new RenewingCache(clock, MAX_SESSIONS);
    this.#externalIds = new RenewingCache(clock, MAX_EXTERNAL_IDS);
    this.#shared = new LruMap<string, SharedResources>({
      max: MAX_CONNECTIONS,
      // A transport from the test hooks is closed by the code that created it.
      dispose: (evicted) => {
        if (!transport) evicted.transport.close?.();
      },
    });
  }

  /** Returns the resources that connections with these settings share. */
  for(settings: Settings): SharedResources {
    const existing = this.#shared.get(settings.key);
    if (existing) return existing;
    const transport = this.#transport ?? new NodeTransport(settings);
    const shared: SharedResources = {
      transport,
      clients: new Clients(settings, transport, {
        clock: this.#clock,
        skewMs: () => shared.skewMs,
        createSendToSts: (limited) => (request) =>
          this.#sendChainRequest(request, {
            settings,
            shared,
            transport: limited,
          }),
      }),
      sessions: this.#sessions,
      externalIds: this.#externalIds,
      roleParameters: this.#roleParameters,
      roleRequests: this.#roleRequests,
      clock: this.#clock,
      budget: new RetryBudget(),
      skewMs: 0,
    };
    this.#shared.set(settings.key, shared);
    return shared;
  }

  /** Counts a connector that was opened. */
  acquire({ key }: Settings): void {
    this.#referenceCounts.set(key, (this.#referenceCounts.get(key) ?? 0) + 1);
  }

  /** Counts a connector that was closed. The last one of a connection releases the shared resources. */
  release({ key }: Settings): void {
    const remaining = (this.#referenceCounts.get(key) ?? 1) - 1;
    if (remaining > 0) {
      this.#referenceCounts.set(key, remaining);
      return;
    }
    this.#referenceCounts.delete(key);
    this.#shared.delete(key);
    // No connection is left that could use the cached role sessions.
    if (this.#shared.size === 0) this.#clearCaches();
  }

  /** Returns the number of connections, role sessions and sockets. */
  inspect(): PoolReport {
    const all = [...this.#shared.values()];
    const sum = (count: (shared: SharedResources) => number): number =>
      all.reduce((total, shared) => total + count(shared), 0);
    const sockets = (field: keyof SocketCounts): number =>
      sum(({ transport }) => transport.inspect?.()[field] ?? 0);
    return {
      connections: all.length,
      sessions: this.#sessions.size,
      open: sockets("open"),
      idle: sockets("idle"),
      waiting: sockets("waiting"),
    };
  }

  /** Closes idle sockets now and busy ones when they become idle, and clears the caches. */
  empty(): void {
    this.#shared.clear();
    this.#clearCaches();
  }

  #clearCaches(): void {
    this.#sessions.clear();
    this.#externalIds.clear();
    this.#roleParameters.clear();
    this.#roleRequests.clear();
  }
}

/** The public part of the pool: `inspect` returns what it contains, `empty` releases it. */
export type PublicPool = Pick<Pool, "inspect" | "empty">;
