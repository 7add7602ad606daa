import { AssumeRoleReport } from "../domain";
import type { Call } from "../src/engine/call/Call";
import { checkRole } from "../src/engine/roles/check/checkRole";
import { prepare } from "../src/engine/invocation/invoke";
import { Operation } from "../src/engine/operation/Operation";
import { AssumeRoleInvokeRequest } from "./AssumeRoleInvoke";

/** The request with which {@link AssumeRoleInvoke} is going to be asked, as it is; the payload is not sent. */
export class CheckAssumeRoleRequest extends AssumeRoleInvokeRequest {}

/**
 * Looks at a role before it goes live, and reports to a person: who asks; whether the external id can be read, and is kept
 * encrypted; whether the role can be assumed with it, **and is refused without one and with a wrong one**; whether its
 * session may invoke the function; what else is open; how long a session lasts. No function runs.
 *
 * A role that is not refused without its external id can be used by whoever makes the caller ask for him (the confused
 * deputy). The sessions that must not come about are asked for with a policy that denies everything.
 *
 * What else is open is told as far as it can be tried without doing it, for the session and for the role behind it: dry runs
 * of another function, of one whose name begins with this one's, and of this one without its qualifier; a list of one
 * function; a parameter that is not there. Not tried are another function by its own name, other actions of Lambda, and all
 * other services. A session that `sessionPolicy` leaves wider is warned of whatever was found.
 *
 * It asks AWS up to eighteen times, and keeps nothing of what it is given. A step that fails is a line of the report, not an error.
 *
 * Needs what {@link AssumeRoleInvoke} needs.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
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
    prepare(request, call);
    return new AssumeRoleReport(await checkRole(request, call));
  }
}
