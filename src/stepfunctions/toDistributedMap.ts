import {
  parseFunctionName,
  type ParsedFunctionName,
} from "../engine/arn/parseFunctionName";
import type { Input } from "../engine/validation/Input";
import type { Places } from "../engine/validation/misplacedFields";
import type { Issue } from "../errors";
import { deepFreeze } from "../policies/deepFreeze";
import { findSizeIssues } from "../policies/PermissionPolicy";
import { readFunctions, type NamedFunction } from "../policies/readFunctions";
import {
  readPolicyRequest,
  throwPolicyIssues,
} from "../policies/readPolicyRequest";
import { DistributedMapRequest } from "./DistributedMapRequest";
import {
  createDefinition,
  EXPRESS_TIMEOUT_SECONDS,
  type StateMachineDefinition,
} from "./StateMachineDefinition";
import {
  createRolePolicy,
  createTrustPolicy,
  type StateMachineRolePolicy,
  type StateMachineTrustPolicy,
} from "./StateMachinePolicies";

/** The result of {@link toDistributedMap}: what to create a state machine with. */
export interface DistributedMap {
  /** Definition of the state machine, which must have the type Standard. */
  readonly definition: StateMachineDefinition;

  /** Permission policy of the state machine's role. */
  readonly rolePolicy: StateMachineRolePolicy;

  /** Trust policy of the state machine's role. */
  readonly trustPolicy: StateMachineTrustPolicy;
}

/**
 * Creates a Step Functions state machine that invokes functions for requests in S3, like `InvokeMany`, but on more than one
 * machine: its definition, with a Distributed Map, and the two policies of its role. {@link toMapItems} writes the requests.
 * Sends nothing. The result is frozen.
 *
 * Each request runs at most once, unless it is `idempotent`: it is sent again only after an error that Lambda reports before
 * it starts the function, for example `Lambda.TooManyRequestsException`. A function must not throw errors with such a name,
 * including `Lambda.`: Step Functions could not tell them apart. Starting the state machine a second time sends all requests
 * again, so start it with a `name`. The policy does not allow redriving a run, which would send requests again that may have run.
 *
 * Step Functions can assume a role in another account, but not with an external ID. Functions of other accounts are therefore
 * rejected; use `InvokeMany` with a role for them.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html |
 * Distributed mode in the Step Functions developer guide}
 * @see {@link https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html |
 * IAM policies for Distributed Map states in the Step Functions developer guide}
 *
 * @example
 * const { definition, rolePolicy, trustPolicy } = toDistributedMap({
 *   stateMachineArn:
 *     "arn:aws:states:eu-central-1:111122223333:stateMachine:prices",
 *   functionName: ["price", "offer:live"],
 *   itemsBucket: "acme-batches",
 *   itemsKey: "prices/items.jsonl",
 *   resultsPrefix: "prices/results",
 *   concurrency: 2_000,
 * });
 * console.log(JSON.stringify(definition, null, 2));
 */
export function toDistributedMap(
  given: Input<DistributedMapRequest>,
): DistributedMap {
  const operation = "toDistributedMap";
  const request = readPolicyRequest(given, {
    operation,
    request: DistributedMapRequest,
    elsewhere: NO_ROLE,
  });
  const issues = checkTimeout(request);
  const arns = readFunctions(request, issues).flatMap((each) =>
    toFunctionArns(each, { request, issues }),
  );
  throwPolicyIssues(operation, issues);
  const rolePolicy = createRolePolicy(request, [...new Set(arns)]);
  throwPolicyIssues(operation, findSizeIssues(rolePolicy, "state machines"));
  return deepFreeze({
    definition: createDefinition(request),
    rolePolicy,
    trustPolicy: createTrustPolicy(request),
  });
}

const NO_EXTERNAL_ID =
  "must be omitted, because Step Functions cannot assume a role with an external ID; use InvokeMany with a role for functions of other accounts";

const NO_ROLE: Places = {
  role: NO_EXTERNAL_ID,
  roleArn: NO_EXTERNAL_ID,
  externalId: NO_EXTERNAL_ID,
  externalIdKey: NO_EXTERNAL_ID,
};

function checkTimeout(request: DistributedMapRequest): Issue[] {
  const { executionType, timeoutSeconds = 0 } = request;
  if (executionType !== "EXPRESS" || timeoutSeconds <= EXPRESS_TIMEOUT_SECONDS)
    return [];
  const message = `timeoutSeconds must be at most ${EXPRESS_TIMEOUT_SECONDS} for executionType EXPRESS`;
  return [{ path: "timeoutSeconds", rule: "conflict", message }];
}

/** The ARNs that the role must be allowed to invoke, for one function. */
function toFunctionArns(
  { name, path }: NamedFunction,
  {
    request,
    issues,
  }: { readonly request: DistributedMapRequest; readonly issues: Issue[] },
): string[] {
  const parts = parseFunctionName(name);
  const { stateMachineArn, anyVersion } = request;
  issues.push(...checkPlace(parts, { path, stateMachineArn }));
  const { qualifier } = parts;
  if (anyVersion === true && qualifier !== undefined)
    issues.push({
      path,
      rule: "conflict",
      message: `${path} names the qualifier ${qualifier}, which cannot be combined with anyVersion; omit one of them`,
    });
  const [, partition = "", , region = "", account = ""] =
    stateMachineArn.split(":");
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${parts.name}`;
  if (qualifier !== undefined) return [`${arn}:${qualifier}`];
  return anyVersion === true ? [arn, `${arn}:*`] : [arn];
}

/** A function must be in the account, region and partition of the state machine. */
function checkPlace(
  parts: ParsedFunctionName,
  {
    path,
    stateMachineArn,
  }: { readonly path: string; readonly stateMachineArn: string },
): Issue[] {
  const [, partition, , region, account = ""] = stateMachineArn.split(":");
  const rule = "conflict";
  if ((parts.account ?? account) !== account)
    return [
      {
        path,
        rule,
        message: `${path} must be in the account ${account} of stateMachineArn, because Step Functions cannot assume a role with an external ID; use InvokeMany with a role for functions of other accounts`,
      },
    ];
  if (
    (parts.region ?? region) === region &&
    (parts.partition ?? partition) === partition
  )
    return [];
  const message = `${path} must be in the region and partition of stateMachineArn`;
  return [{ path, rule, message }];
}
