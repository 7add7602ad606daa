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
import { functionArn, type LambdaFunction } from "../state/LambdaFunction";

/** The function a call is about, after name, region and rights were found in order. */
export interface ResolvedFunction {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;

  /** Version or alias, from the name or the query. Absent: the call names none. */
  readonly qualifier?: string;

  /** ARN as the call means it, with its qualifier; permissions are held against it. */
  readonly arn: string;

  /** The function itself. Absent: it does not exist. */
  readonly found?: LambdaFunction;
}

/** Reads the function's name in any of its forms, and asks whether the caller may do this to it. */
export function resolveFunction(
  call: ApiCall,
  needs: {
    /** Such as `lambda:InvokeFunction`. */
    readonly action: string;

    /** Notes further violations of the request, told together with those of the name. */
    readonly check?: (violations: Violations) => void;
  },
): ResolvedFunction {
  const text = call.route.functionName ?? "";
  const given = new Map(parseQuery(call.request.rawQuery)).get("Qualifier");
  const violations = new Violations("lambda");
  checkFunctionName(text, violations);
  checkQualifier(given, violations);
  needs.check?.(violations);
  violations.throwIfAny();
  const address = locate(call, { text, given });
  authorize(call, {
    service: "lambda",
    action: needs.action,
    resource: address.arn,
    ownerId: address.accountId,
  });
  return address;
}

function locate(
  call: ApiCall,
  {
    text,
    given,
  }: { readonly text: string; readonly given: string | undefined },
): ResolvedFunction {
  const parts = parseFunctionName(text) ?? { name: text };
  if (
    given !== undefined &&
    parts.qualifier !== undefined &&
    given !== parts.qualifier
  )
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
  const qualifier = parts.qualifier ?? given;
  const bare = functionArn({ region, accountId, name });
  const found = call.cloud.accounts
    .get(accountId)
    ?.functions.find({ region, name });
  return {
    name,
    region,
    accountId,
    arn: qualifier === undefined ? bare : `${bare}:${qualifier}`,
    ...(qualifier !== undefined && { qualifier }),
    ...(found && { found }),
  };
}

/** What Lambda answers when a function, or its version, does not exist. */
export function createFunctionNotFoundError(arn: string): Error {
  return createLambdaError(
    "ResourceNotFoundException",
    `Function not found: ${arn}`,
  );
}
