import type { ApiCall } from "../state/ApiCall";
import { parseQuery } from "../http/parseQuery";
import { Violations } from "../protocol/Violations";
import { authorize } from "../iam/authorize";
import { createLambdaError } from "../protocol/createLambdaError";
import {
  checkFunctionName,
  checkQualifier,
  parseFunctionName,
} from "../arn/FunctionName";
import {
  createFunctionArn,
  type LambdaFunction,
} from "../state/LambdaFunction";

/** The function that a request refers to, after validation and authorization. */
export interface ResolvedFunction {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;

  /** Version or alias, from the name or the query, if any. */
  readonly qualifier?: string;

  /** ARN as the request contains it, with its qualifier. Permissions are checked against it. */
  readonly arn: string;

  /** The function, if it exists. */
  readonly found?: LambdaFunction;
}

/** Reads the function name in any form and checks the caller's permission. */
export function resolveFunction(
  call: ApiCall,
  options: {
    /** Action, such as `lambda:InvokeFunction`. */
    readonly action: string;

    /** Adds further constraint violations, which are reported together with those of the name. */
    readonly check?: (violations: Violations) => void;
  },
): ResolvedFunction {
  const written = call.route.functionName ?? "";
  const queryQualifier = new Map(parseQuery(call.request.rawQuery)).get(
    "Qualifier",
  );
  const violations = new Violations("lambda");
  checkFunctionName(written, violations);
  checkQualifier(queryQualifier, violations);
  options.check?.(violations);
  violations.throwIfAny();
  const resolved = locate(call, { written, queryQualifier });
  authorize(call, {
    service: "lambda",
    action: options.action,
    resource: resolved.arn,
    ownerId: resolved.accountId,
  });
  return resolved;
}

function locate(
  call: ApiCall,
  {
    written,
    queryQualifier,
  }: { readonly written: string; readonly queryQualifier: string | undefined },
): ResolvedFunction {
  const parts = parseFunctionName(written) ?? { name: written };
  const qualifier = parts.qualifier ?? queryQualifier;
  if (queryQualifier !== undefined && queryQualifier !== qualifier)
    throw createLambdaError(
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  const { name, region = call.region } = parts;
  if (region !== call.region)
    throw createLambdaError(
      "ResourceNotFoundException",
      `Functions from '${region}' are not reachable in this region ('${call.region}')`,
    );
  const accountId = parts.accountId ?? call.caller.accountId;
  const unqualifiedArn = createFunctionArn({ region, accountId, name });
  const found = call.cloud.accounts
    .get(accountId)
    ?.functions.find({ region, name });
  return {
    name,
    region,
    accountId,
    arn:
      qualifier === undefined
        ? unqualifiedArn
        : `${unqualifiedArn}:${qualifier}`,
    ...(qualifier !== undefined && { qualifier }),
    ...(found && { found }),
  };
}

/** Creates Lambda's error for a function or version that does not exist. */
export function createFunctionNotFoundError(arn: string): Error {
  return createLambdaError(
    "ResourceNotFoundException",
    `Function not found: ${arn}`,
  );
}
