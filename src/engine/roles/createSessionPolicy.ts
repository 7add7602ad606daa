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
 * given: the resource of an invocation is the ARN as it was called
 * ({@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html | Lambda's permissions}). A
 * function name without an account refers to the role's account.
 */
export function createSessionPolicy(scope: InvocationScope): string {
  const { functionName, roleArn, region } = scope;
  const parts = parseFunctionName(functionName);
  const account = parts.account ?? roleArn.split(":")[4];
  const qualifier = scope.qualifier ?? parts.qualifier;
  const arn = [
    "arn",
    parts.partition ?? partitionOf(region).name,
    "lambda",
    parts.region ?? region,
    account,
    "function",
    parts.name,
    ...(qualifier === undefined ? [] : [qualifier]),
  ].join(":");
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: arn },
    ],
  });
}
