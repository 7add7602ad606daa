import { AssumeRoleReport } from "../domain";
import type { Call } from "../src/engine/call/Call";
import { checkRole } from "../src/engine/roles/check/checkRole";
import { prepareInvocation } from "../src/engine/invocation/prepareInvocation";
import { Operation } from "../src/engine/operation/Operation";
import { AssumeRoleInvokeRequest } from "./AssumeRoleInvoke";

/** Request of {@link AssumeRoleInvoke} to check. Its payload is not sent. */
export class CheckAssumeRoleRequest extends AssumeRoleInvokeRequest {}

/**
 * Checks that a role is set up correctly and securely for {@link AssumeRoleInvoke}. No function runs.
 *
 * The report contains:
 * - the identity of the caller;
 * - whether the external ID can be read, and is stored encrypted;
 * - whether the role can be assumed with the external ID, **and cannot be assumed without it or with a wrong one**;
 * - whether the role session may invoke the function;
 * - what else the session and the role may do;
 * - how long the session lasts.
 *
 * Anyone who can make this caller assume a role that does not require the external ID can use that role (the confused deputy
 * problem). The checks that must be refused request a session policy that denies everything.
 *
 * Further permissions are checked only by requests without side effects: dry runs of another function, of a function whose
 * name starts with this one's, and of this function without its qualifier; a list of one function; and a read of a parameter
 * that does not exist. Other existing functions, other actions of Lambda, and other services are not checked. If
 * `sessionPolicy` widens the session, the report always contains a warning.
 *
 * The operation sends up to 18 requests to AWS and caches nothing. A failed check is part of the report, not an error. It
 * needs the same permissions as {@link AssumeRoleInvoke}.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html |
 * The confused deputy problem in the IAM user guide}
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 *
 * @example
 * const report = await connector.checkAssumeRole({
 *   functionName: "price",
 *   roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
 *   externalIdKey: "acme/prod/trustKey",
 * });
 * console.log(`${report}`);
 */
export class CheckAssumeRole extends Operation<
  CheckAssumeRoleRequest,
  AssumeRoleReport
> {
  readonly name = "CheckAssumeRole";
  readonly permissions = [
    "sts:GetCallerIdentity",
    "ssm:GetParameter",
    "sts:AssumeRole",
    "lambda:InvokeFunction",
  ];
  readonly request = CheckAssumeRoleRequest;

  protected async run(
    request: CheckAssumeRoleRequest,
    call: Call,
  ): Promise<AssumeRoleReport> {
    prepareInvocation(request, call);
    return new AssumeRoleReport(await checkRole(request, call));
  }
}
