import type { LimitStore } from "./LimitStore";

/**
 * Options that {@link throttle} and {@link quota} have in common.
 *
 * @category Gateway
 */
export interface LimitOptions {
  /**
   * Name of the step, 1 to 100 characters. A store keeps limits by it: two limits with the same name, type and store count together. Required
   * with `store`. Defaults to `throttle` or `quota`.
   */
  readonly name?: string | undefined;

  /** Where the limit counts. Defaults to a `MemoryLimitStore` of its own. The step does not close it. */
  readonly store?: LimitStore | undefined;

  /**
   * What happens to a request if the store throws, rejects, returns something invalid, or does not respond in time: `allow`: it passes
   * without being counted; `refuse`: it is responded to with 503 and `Retry-After`. `onFault` of the route receives a `LimitStoreError` in
   * both cases. Defaults to `allow`: an outage of the store does not become one of the route. Allowed only with `store`.
   */
  readonly onStoreFailure?: "allow" | "refuse" | undefined;

  /** Most milliseconds to wait for the store, 1 to 2,147,483,647. Defaults to 1,000. Allowed only with `store`. */
  readonly storeTimeoutMs?: number | undefined;
}
