import type { Transport } from "../http/transport";
import type { Clock } from "./clock";

/** Replacements for the clock and the network, for tests. */
export interface TestHooks {
  /** Clock that decides when calls time out and role sessions expire. Defaults to the machine's clock. */
  readonly clock?: Clock | undefined;

  /**
   * Sends the HTTP requests. The connector does not close it. Connections with the same transport share their caches.
   * Defaults to `node:http` and `node:https`.
   */
  readonly transport?: Transport | undefined;
}
