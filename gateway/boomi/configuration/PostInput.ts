import type { PointInput } from "./PointInput";
import type { ExpandInputToken } from "./PointConfiguration";

/**
 * The post-processing configuration as an object, with the names of Boomi's Sidecar connector.
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
  /** Response headers that the function receives if present. Defaults to none. */
  readonly "include-response-headers"?: string | readonly string[] | undefined;

  /**
   * Response headers that the function does not receive, even if another key names them. Without an include list it receives all
   * others. If response headers are selected, the headers of `skip-request-headers` are skipped as well. Defaults to none.
   */
  readonly "skip-response-headers"?: string | readonly string[] | undefined;

  /**
   * What else the function receives: `requestPayload`, `responsePayload`, `remoteAddress`, `token`, `operation`, `routing`.
   * Defaults to nothing.
   */
  readonly "expand-input"?: string | readonly ExpandInputToken[] | undefined;
}
