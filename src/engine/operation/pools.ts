import { sendChainRequest } from "../actions/sendChainRequest";
import { Pool, type PublicPool } from "../connection/Pool";
import type { TestHooks } from "../settings/TestHooks";

const processPool = new Pool(sendChainRequest);

/**
 * Sockets, clients, role sessions and external IDs that the connections of this process share.
 *
 * Connections with equal settings share one entry. Connectors created with test hooks use a separate pool. After `empty`,
 * open connectors keep working and open new sockets.
 *
 * @example
 * const { open, idle, waiting, sessions } = pool.inspect();
 * console.log(
 *   `${open} sockets, ${idle} idle; ${waiting} requests wait; ${sessions} sessions`,
 * );
 * pool.empty();
 */
export const pool: PublicPool = processPool;

/** Pools of test hooks. By identity, because hooks are the caller's objects and are never written to. */
const hookPools = new WeakMap<object, Pool>();

/** Returns the pool for test hooks, or the pool of the process if there are none. */
export function poolFor(hooks: TestHooks | null): Pool {
  const owner = hooks?.transport ?? hooks?.clock;
  if (!hooks || !owner) return processPool;
  const hookPool = hookPools.get(owner) ?? new Pool(sendChainRequest, hooks);
  hookPools.set(owner, hookPool);
  return hookPool;
}
