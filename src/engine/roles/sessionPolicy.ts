import { parseFunctionName } from "../arn/parseFunctionName";
import { partitionOf } from "../arn/partitions";

/** What a session is narrowed to. */
export interface InvocationScope {
  readonly functionName: string;
  readonly qualifier?: string | undefined;
  readonly roleArn: string;
  /** The region in which Lambda is asked. */
  readonly region: string;
}

/**
 * A session policy that allows `lambda:InvokeFunction` on the one function, and on its qualifier alone where one is
 * named: the resource of a call is the ARN as it was called
 * ({@link https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html | Lambda's permissions}). A
 * function named without an account is the role's.
 */
export function policyForFunction(narrowed: InvocationScope): string {
  const { functionName, roleArn, region } = narrowed;
  const parts = parseFunctionName(functionName);
  const account = parts.account ?? roleArn.split(":")[4];
  const qualifier = narrowed.qualifier ?? parts.qualifier;
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
