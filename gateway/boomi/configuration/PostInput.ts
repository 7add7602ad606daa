import type { PointInput } from "./PointInput";
import type { Token } from "./PointConfiguration";

/**
 * Configuration of the function after the origin, as an object with the Boomi Sidecar connector's own names.
 *
 * @example
 * const postInput: PostInput = {
 *   region: "eu-central-1",
 *   functionARN: "arn:aws:lambda:eu-central-1:222233334444:function:order-audit",
 *   roleARN: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders",
 *   externalIdKey: "acme/prod/trustKey",
 *   synchronicity: "event",
 *   "include-response-headers": "Content-Type",
 * };
 *
 * @category Gateway
 */
export interface PostInput extends PointInput {
  /** Response headers that the function sees where they are there. Absent: none. */
  readonly "include-response-headers"?: string | readonly string[];

  /**
   * Response headers that the function does not see, whatever else is said. Alone: it sees all others. Absent: those of
   * `skip-request-headers`, where response headers are included.
   */
  readonly "skip-response-headers"?: string | readonly string[];

  /**
   * What else the function sees: `requestPayload`, `responsePayload`, `remoteAddress`, `token`, `operation`, `routing`.
   * Absent: nothing.
   */
  readonly "expand-input"?: string | readonly Token[];
}
