import { partitionOf } from "../arn/partitionOf";
import type { FunctionDefinition } from "./FunctionDefinition";

/** Returns the ARN of a function's execution role. */
export function getRoleArn(
  { role, name, region }: FunctionDefinition,
  accountId: string,
): string {
  return (
    role ??
    `arn:${partitionOf(region)}:iam::${accountId}:role/service-role/${name}`
  );
}
