import { parseFunctionName } from "../arn/parseFunctionName";
import { partitionOf } from "../arn/partitions";

/** The function that a session policy allows to invoke. */
export interface InvocationScope {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly roleArn: string;
  /** Region of the Lambda endpoint. */
  readonly region: string;
}

/**
 * Creates a session policy that allows only `lambda:InvokeFunction` on one function, and only with its qualifier if one is
 * given: see {@link toFunctionArn}.
 */
export function createSessionPolicy(scope: InvocationScope): string {
  return toPolicy([allow("lambda:InvokeFunction", toFunctionArn(scope))]);
}

/** What a statement allows, and on which resource. */
export interface AllowStatement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: object;
}

/** Creates a statement that allows actions on one resource. */
export function allow(
  action: AllowStatement["Action"],
  resource: string,
): AllowStatement {
  return { Effect: "Allow", Action: action, Resource: resource };
}

/** Returns a policy with these statements as JSON. */
export function toPolicy(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * Returns the ARN of a function as the resource of a permission: with its qualifier if one is given, because the resource is
 * the ARN as it was called
 * ({@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html | Lambda's permissions}). A
 * function name without an account refers to the role's account.
 */
export function toFunctionArn(scope: InvocationScope): string {
  const { functionName, roleArn, region } = scope;
  const parts = parseFunctionName(functionName);
  const account = parts.account ?? roleArn.split(":")[4];
  const qualifier = scope.qualifier ?? parts.qualifier;
  return [
    "arn",
    parts.partition ?? partitionOf(region).name,
    "lambda",
    parts.region ?? region,
    account,
    "function",
    parts.name,
    ...(qualifier === undefined ? [] : [qualifier]),
  ].join(":");
}
