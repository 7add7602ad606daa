import type { Exchange } from "../../http/Exchange";
import type { Point } from "../configuration/PointConfiguration";
import type { SidecarError } from "../errors/SidecarError";

/**
 * A failure of a sidecar, as the option `onFailure` receives it.
 *
 * @category Gateway
 */
export interface SidecarFailure {
  /** The error of Boomi's table; its `cause` is what led to it. */
  readonly error: SidecarError;

  /** The point at which it happened. */
  readonly point: Point;

  /** Whether the message was forwarded anyway, because of `failSafe` or `filtering`, or because the invocation is an event. */
  readonly isSuppressed: boolean;

  /** The exchange in which it happened. */
  readonly exchange: Exchange;
}
