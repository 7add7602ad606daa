import type { PointInput } from "./PointInput";
import type { ExpandInputToken } from "./PointConfiguration";

/**
 * The pre-processing configuration as an object, with the names of Boomi's Sidecar connector.
 *
 * @example
 * const preInput: PreInput = {
 *   region: "eu-central-1",
 *   functionARN: "arn:aws:lambda:eu-central-1:222233334444:function:order-guard",
 *   roleARN: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders",
 *   externalIdKey: "acme/prod/trustKey",
 *   "include-request-headers": ["X-Region", "X-Tier"],
 *   "sidecar-param-threshold": 0.75,
 * };
 *
 * @category Gateway
 */
export interface PreInput extends PointInput {
  /** What else the function receives: `requestPayload`, `remoteAddress`, `token`, `operation`, `routing`. Defaults to nothing. */
  readonly "expand-input"?:
    | string
    | readonly Exclude<ExpandInputToken, "responsePayload">[]
    | undefined;
}
