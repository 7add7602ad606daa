/**
 * The store of a limit failed: it threw, rejected, returned something invalid, or did not respond in time. A request that is refused for it
 * receives 503 with `Retry-After`.
 *
 * @category Gateway
 */
export class LimitStoreError extends Error {
  /** Always `"LimitStoreError"`. */
  override readonly name = "LimitStoreError";

  /** Status for the client. */
  readonly status = 503;

  /** Seconds after which the client may try again. */
  readonly retryAfterSeconds = 1;
}
