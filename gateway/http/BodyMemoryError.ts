import { formatNumber } from "../../src/internal";

/**
 * The bodies that steps have read use all the memory that is reserved for them. The client receives 503 with `Retry-After`.
 *
 * @category Gateway
 */
export class BodyMemoryError extends Error {
  /** Always `"BodyMemoryError"`. */
  override readonly name = "BodyMemoryError";

  /** Status for the client. */
  readonly status = 503;

  /** Seconds after which the client may try again. */
  readonly retryAfterSeconds = 1;

  /** Called by the gateway. */
  constructor(maxBytes: number) {
    super(
      `the bodies that steps have read would use more than ${formatNumber(maxBytes)} bytes together, which is the limit of bodyMemory`,
    );
  }
}
