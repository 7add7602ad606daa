import {
  Caption,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";
import {
  parseFunctionName,
  type ParsedFunctionName,
} from "../engine/arn/parseFunctionName";
import { partitionOf } from "../engine/arn/partitions";
import type { Input } from "../engine/validation/Input";
import type { Issue } from "../errors";
import {
  createPermissionPolicy,
  findSizeIssues,
  type PermissionPolicy,
} from "./PermissionPolicy";
import { readFunctions } from "./readFunctions";
import { readPolicyRequest, throwPolicyIssues } from "./readPolicyRequest";
import { IsAccountId, IsRegion, IsSwitch } from "./requestFields";

/** Request of {@link invokePolicy}. */
export class InvokePolicyRequest {
  /**
   * The function or functions, each in any form that AWS accepts: `price`, `price:live` or an ARN. With a version or an alias, only
   * that one may be invoked. Without one, the function may only be invoked by its unqualified name.
   */
  @Caption("Functions")
  readonly functionName!: string | readonly string[];

  /** ARN of the role that the policy is for. Its account is the default of `accountId`. */
  @Caption("Role ARN")
  @IsOptional()
  @IsString()
  @Matches(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:role\/[\w+=,.@\-/]+$/, {
    message:
      "$property must be the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
  })
  readonly roleArn?: string;

  /** Account of functions that are named without one, 12 digits. Defaults to the account of `roleArn`. */
  @IsAccountId()
  readonly accountId?: string;

  /** Region of functions that are named without one. Required unless every function is named with its region. */
  @IsRegion()
  readonly region?: string;

  /** Whether every version and alias may be invoked as well, including future ones. Defaults to `false`. */
  @IsSwitch("Any version")
  readonly anyVersion?: boolean;
}

/**
 * Creates the permission policy for a role that {@link operations!AssumeRoleInvoke} assumes. It allows the role to invoke the
 * named functions, and nothing else. Sends nothing. The result is frozen.
 *
 * AWS checks a call against the ARN that it names: permission for `price` does not include `price:live`, and vice versa.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html |
 * Resources and conditions in the Lambda developer guide}
 *
 * @example
 * const policy = invokePolicy({
 *   functionName: ["price", "offer:live"],
 *   roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
 *   region: "eu-central-1",
 * });
 * console.log(JSON.stringify(policy, null, 2));
 */
export function invokePolicy(
  given: Input<InvokePolicyRequest>,
): PermissionPolicy {
  const operation = "invokePolicy";
  const request = readPolicyRequest(given, {
    operation,
    request: InvokePolicyRequest,
  });
  const issues: Issue[] = checkAccount(request);
  const resources = readFunctions(request, issues).flatMap(({ name, path }) =>
    toResources(parseFunctionName(name), { request, path, issues }),
  );
  throwPolicyIssues(operation, issues);
  const policy = createPermissionPolicy("lambda:InvokeFunction", [
    ...new Set(resources),
  ]);
  throwPolicyIssues(operation, findSizeIssues(policy, "policies"));
  return policy;
}

function checkAccount({ roleArn, accountId }: InvokePolicyRequest): Issue[] {
  const account = roleArn?.split(":")[4];
  if (account === undefined || (accountId ?? account) === account) return [];
  const message = `accountId must be ${account}, the account of roleArn, or omitted`;
  return [{ path: "accountId", rule: "conflict", message }];
}

function toResources(
  parts: ParsedFunctionName,
  target: {
    readonly request: InvokePolicyRequest;
    readonly path: string;
    readonly issues: Issue[];
  },
): string[] {
  const { request, path, issues } = target;
  const roleAccount = request.accountId ?? request.roleArn?.split(":")[4];
  const account = parts.account ?? roleAccount;
  const region = parts.region ?? request.region;
  const { name, qualifier } = parts;
  const report = (rule: string, message: string): void => {
    issues.push({ path, rule, message });
  };
  if (account === undefined)
    report("required", `${path} names no account; set roleArn or accountId`);
  else if (roleAccount !== undefined && account !== roleAccount)
    report(
      "conflict",
      `${path} must be in the role's account ${roleAccount}, not in ${account}; a function in another account requires a resource-based policy`,
    );
  if (region === undefined)
    report("required", `${path} names no region; set region`);
  if (request.anyVersion === true && qualifier !== undefined)
    report(
      "conflict",
      `${path} names the qualifier ${qualifier}, which cannot be combined with anyVersion; omit one of them`,
    );
  if (account === undefined || region === undefined) return [];
  const partition = parts.partition ?? partitionOf(region).name;
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  if (qualifier !== undefined) return [`${arn}:${qualifier}`];
  return request.anyVersion === true ? [arn, `${arn}:*`] : [arn];
}
