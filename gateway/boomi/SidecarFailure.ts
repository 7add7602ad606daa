import type { Exchange } from "../http/Exchange";
import type { Point } from "./configuration/PointConfiguration";
import type { SidecarError } from "./SidecarError";

/**
 * A failure of a sidecar, for the host's eyes.
 *
 * @category Gateway
 */
export interface SidecarFailure {
  /** What went wrong, by the vendor's table; what led to it is its `cause`. */
  readonly error: SidecarError;

  /** Before the origin, or after it. */
  readonly point: Point;

  /** Whether traffic went on: fail-safe, or an event. */
  readonly isSuppressed: boolean;

  /** The exchange in which it happened. */
  readonly exchange: Exchange;
}
