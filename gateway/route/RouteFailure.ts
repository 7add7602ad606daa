import type { Exchange } from "../http/Exchange";

/**
 * Reports that a step or the origin failed, or that a request was refused. The client has received only a status.
 *
 * @category Gateway
 */
export interface RouteFailure {
  /** Name of the step that failed, `origin`, or `request` if the request was refused before any step ran. */
  readonly where: string;

  /** What was thrown. */
  readonly error: unknown;

  /** The exchange that failed. */
  readonly exchange: Exchange;
}
