import { LRUCache } from "lru-cache";
import type { CredentialsLike } from "../../../domain";
import { Clients } from "./Clients";
import { systemClock, type Clock } from "./clock";
import { NodeTransport } from "../http/NodeTransport";
import { RetryBudget } from "./retry";
import type { SharedResources } from "./SharedResources";
import type { TestHooks } from "./TestHooks";
import { RenewingCache } from "./RenewingCache";
import type { Settings } from "./Settings";
import type { SocketCounts, Transport } from "../http/transport";

/** Connections that are kept; the one that was unused longest goes first. */
const MOST_CONNECTIONS = 500;

/** Connections of which it is known how many connectors are open; they cost no more than their names. */
const MOST_HELD = 10_000;

/** Sessions and external ids that are kept; the one that was unused longest goes first. */
const MOST_SESSIONS = 10_000;
const MOST_EXTERNAL_IDS = 10_000;

/** What the pool holds at this moment. */
export interface PoolReport extends SocketCounts {
  /** Connections that are kept and differ from each other; 0 to 500. */
  readonly connections: number;

  /** Borrowed sessions that are kept; 0 to 10,000. */
  readonly sessions: number;
}

/** Everything that is kept between calls, by connection. */
export class Pool {
  readonly #shared: LRUCache<string, SharedResources>;
  /** Connectors that are open, by connection; they outlive what was let go of by {@link empty}. */
  readonly #holders = new LRUCache<string, number>({ max: MOST_HELD });
  readonly #transport: Transport | undefined;
  readonly #clock: Clock;
  readonly #sessions: RenewingCache<CredentialsLike>;
  readonly #externalIds: RenewingCache<string>;

  constructor({ clock = systemClock, transport }: TestHooks = {}) {
    this.#clock = clock;
    this.#transport = transport;
    this.#sessions = new RenewingCache(clock, MOST_SESSIONS);
    this.#externalIds = new RenewingCache(clock, MOST_EXTERNAL_IDS);
    this.#shared = new LRUCache<string, SharedResources>({
      max: MOST_CONNECTIONS,
      // A transport that was handed in belongs to who made it.
      dispose: (unused) => {
        if (!transport) unused.transport.close?.();
      },
    });
  }

  /** What connections of these settings share. */
  for(settings: Settings): SharedResources {
    const known = this.#shared.get(settings.key);
    if (known) return known;
    const transport = this.#transport ?? new NodeTransport(settings);
    const shared: SharedResources = {
      transport,
      clients: new Clients(settings, transport, this.#clock),
      sessions: this.#sessions,
      externalIds: this.#externalIds,
      clock: this.#clock,
      budget: new RetryBudget(),
      skewMs: 0,
    };
    this.#shared.set(settings.key, shared);
    return shared;
  }

  /** One connector more that is open over a connection. */
  acquire({ key }: Settings): void {
    this.#holders.set(key, (this.#holders.get(key) ?? 0) + 1);
  }

  /** One connector less; with the last one goes what they shared, however often it was made anew. */
  release({ key }: Settings): void {
    const left = (this.#holders.get(key) ?? 1) - 1;
    if (left > 0) {
      this.#holders.set(key, left);
      return;
    }
    this.#holders.delete(key);
    this.#shared.delete(key);
    // Whoever closes his last connector is through with what it borrowed as well.
    if (this.#shared.size === 0) this.#forget();
  }

  /** What is held at this moment. */
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

  /** Lets go of everything: idle sockets at once, busy ones when they are done; caches are forgotten. */
  empty(): void {
    this.#shared.clear();
    this.#forget();
  }

  #forget(): void {
    this.#sessions.clear();
    this.#externalIds.clear();
  }
}

const pools = new WeakMap<object, Pool>();

/** What a user may ask of the pool: to tell what it holds, and to let go of it. */
export type PublicPool = Pick<Pool, "inspect" | "empty">;

const processPool = new Pool();

/**
 * What all connections of this process keep between calls: sockets, clients, borrowed sessions.
 *
 * Connections are equal, and share, when their settings are. Connectors made over seams of their own are not in it.
 * A connector that is still open works on after `empty`, over new sockets.
 *
 * @example
 * const { open, idle, waiting, sessions } = pool.inspect();
 * console.log(`${open} sockets, ${idle} idle; ${waiting} requests wait; ${sessions} sessions`);
 * pool.empty();
 */
export const pool: PublicPool = processPool;

/** The pool behind a pair of seams: without any, the one that everybody shares. */
export function poolFor(seams: TestHooks | null): Pool {
  const owner = seams?.transport ?? seams?.clock;
  if (!seams || !owner) return processPool;
  const known = pools.get(owner) ?? new Pool(seams);
  pools.set(owner, known);
  return known;
}
