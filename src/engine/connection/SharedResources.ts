import type { LruMap } from "../cache/LruMap";
import type { CachedRoleSession } from "./CachedRoleSession";
import type { Transport } from "../http/transport";
import type { Clients } from "./Clients";
import type { Clock } from "../settings/clock";
import type { RecentRoleRequest } from "./RecentRoleRequest";
import type { RenewingCache } from "./RenewingCache";
import type { RoleSessionParameters } from "./RoleSessionParameters";
import type { RetryBudget } from "./retry";

/**
 * What equal connections share: sockets, clients and the retry budget. The caches of role sessions, their parameters and
 * external IDs are shared by all connections.
 */
export interface SharedResources {
  readonly transport: Transport;
  readonly clients: Clients;
  readonly sessions: RenewingCache<CachedRoleSession>;
  readonly externalIds: RenewingCache<string>;
  /** Parameters of recent requests for role sessions: creating them is expensive, and most calls repeat the same few. */
  readonly roleParameters: LruMap<string, RoleSessionParameters>;
  /** The last request for a role session for each function, with its parameters. */
  readonly roleRequests: LruMap<string, RecentRoleRequest>;
  readonly clock: Clock;
  readonly budget: RetryBudget;
  /** How far AWS's clock is ahead of this machine's, in ms, according to AWS's responses. */
  skewMs: number;
}
