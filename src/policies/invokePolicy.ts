import { Function as LambdaFunction } from "../../domain";
import {
  Caption,
  IsBoolean,
  IsOptional,
  IsString,
  isValid,
  Matches,
} from "../../domain/decorators";
import { functionParts, type FunctionParts } from "../engine/arn/functionName";
import type { Given } from "../engine/validation/Given";
import { kindOf } from "../engine/text/kindOf";
import { partitionOf } from "../engine/arn/partitions";
import type { Issue } from "../errors";
import { permit, read, refusePolicy, type PermissionPolicy } from "./policy";

/** Which functions may be invoked, and where they are. */
export class InvokePolicyRequest {
  /**
   * The function, or a list of them, each in any form that AWS takes: `price`, `price:live`, an ARN. With a version or an
   * alias, only that may be invoked; without one, only the function as it is called by its name alone.
   */
  @Caption("Functions")
  readonly functionName!: string | readonly string[];

  /** ARN of the role that the policy is for; names the account of functions named without one. Absent: see `accountId`. */
  @Caption("Role ARN")
  @IsOptional()
  @IsString()
  @Matches(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:role\/[\w+=,.@\-/]+$/, {
    message:
      "roleArn takes the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
  })
  readonly roleArn?: string;

  /** Account of functions named without one, 12 digits. Absent: the role's; one of the two is needed, unless all are ARNs. */
  @Caption("Account id")
  @IsOptional()
  @IsString()
  @Matches(/^\d{12}$/, { message: "accountId takes 12 digits" })
  readonly accountId?: string;

  /** Region of functions named without one. Absent: each is named with its region. */
  @Caption("Region")
  @IsOptional()
  @IsString()
  @Matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, {
    message: "region takes AWS's name of a region, for example eu-central-1",
  })
  readonly region?: string;

  /** Whether every version and alias may be invoked as well, those to come included. Absent or `false`: as they are named. */
  @Caption("Any version")
  @IsOptional()
  @IsBoolean({ message: "anyVersion takes true or false" })
  readonly anyVersion?: boolean;
}

/** What IAM takes for all inline policies of a role together, in characters without white space. */
const LONGEST_POLICY = 10_240;

/**
 * Writes the permission policy for a role that is to be borrowed with {@link operations!AssumeRoleInvoke}: that it may invoke
 * the named functions, and nothing else. Nothing is sent. The answer is frozen.
 *
 * AWS holds a call to the ARN by which it is made: who may invoke `price` may not invoke `price:live`, and the other way round.
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
  given: Given<InvokePolicyRequest>,
): PermissionPolicy {
  const operation = "invokePolicy";
  const request = read(given, { operation, request: InvokePolicyRequest });
  const issues: Issue[] = accountIssues(request);
  const resources = namesOf(request, issues).flatMap(({ name, path }) =>
    resourcesOf(functionParts(name), { request, path, issues }),
  );
  refusePolicy(operation, issues);
  const policy = permit("lambda:InvokeFunction", [...new Set(resources)]);
  if (JSON.stringify(policy).length > LONGEST_POLICY)
    refusePolicy(operation, [
      {
        path: "functionName",
        rule: "size",
        message: `functionName takes as many functions as a policy of ${LONGEST_POLICY.toLocaleString("en")} characters can name; write several policies`,
      },
    ]);
  return policy;
}

function accountIssues({ roleArn, accountId }: InvokePolicyRequest): Issue[] {
  const account = roleArn?.split(":")[4];
  if (account === undefined || (accountId ?? account) === account) return [];
  const message = `accountId is another account than the role's, ${account}; give one of them`;
  return [{ path: "accountId", rule: "conflict", message }];
}

interface Named {
  readonly name: string;
  readonly path: string;
}

function namesOf(request: InvokePolicyRequest, issues: Issue[]): Named[] {
  const field = "functionName";
  const given: unknown = request.functionName;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0 || given === undefined)
    issues.push({
      path: field,
      rule: "required",
      message: `${field} is required: the function, or a list of at least one`,
    });
  return list.flatMap((name, index) => {
    const path = Array.isArray(given) ? `${field}[${index}]` : field;
    if (typeof name === "string" && isName(name)) return [{ name, path }];
    const found = typeof name === "string" ? "" : `, not ${kindOf(name)}`;
    if (given !== undefined)
      issues.push({
        path,
        rule: "matches",
        message: `${path} takes the name or ARN of a function, without wildcards, for example price or price:live${found}`,
      });
    return [];
  });
}

function isName(functionName: string): boolean {
  const named = Object.assign(new LambdaFunction(), { functionName });
  return isValid(named, LambdaFunction);
}

function resourcesOf(
  parts: FunctionParts,
  at: {
    readonly request: InvokePolicyRequest;
    readonly path: string;
    readonly issues: Issue[];
  },
): string[] {
  const { request, path, issues } = at;
  const own = request.accountId ?? request.roleArn?.split(":")[4];
  const account = parts.account ?? own;
  const region = parts.region ?? request.region;
  const { name, qualifier } = parts;
  const complain = (rule: string, message: string): void => {
    issues.push({ path, rule, message });
  };
  if (account === undefined)
    complain("required", `${path} names no account; give roleArn or accountId`);
  else if (own !== undefined && account !== own)
    complain(
      "conflict",
      `${path} is in account ${account}, and the role in ${own}, which would need a policy of the function's own`,
    );
  if (region === undefined)
    complain("required", `${path} names no region; give region`);
  if (request.anyVersion === true && qualifier !== undefined)
    complain(
      "conflict",
      `${path} names ${qualifier}, which does not go together with anyVersion; leave one of them out`,
    );
  if (account === undefined || region === undefined) return [];
  const partition = parts.partition ?? partitionOf(region).name;
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  if (qualifier !== undefined) return [`${arn}:${qualifier}`];
  return request.anyVersion === true ? [arn, `${arn}:*`] : [arn];
}
