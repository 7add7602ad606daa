import type { Exchange } from "../http/Exchange";

/**
 * Reports that a step or the origin failed. The client has received only a status.
 *
 * @category Gateway
 */
export interface RouteFailure {
  /** Name of the step that failed, or `origin`. */
  readonly where: string;

  /** What was thrown. */
  readonly error: unknown;

  /** The exchange that failed. */
  readonly exchange: Exchange;
}
