import type { Issue } from "../../errors";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import type { Call } from "../call/Call";
import { parseFunctionName } from "../arn/parseFunctionName";
import { throwIfInvalid } from "../validation/parse";
import { isRoleSession } from "../connection/roleSession";
import { knownPartitionOf } from "../arn/partitions";

/** The longest session of a role that is borrowed through another, in seconds. */
const LONGEST_CHAINED_SECONDS = 3_600;

/**
 * Refuses a session that is longer than AWS lets one be that is borrowed with another role's.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectLongChainedSession(
  { durationSeconds = 0 }: AssumeRoleParameters,
  call: Call,
): Promise<void> {
  if (durationSeconds <= LONGEST_CHAINED_SECONDS) return;
  if (!isRoleSession(call.cachedCredentials ?? (await call.credentials())))
    return;
  const message =
    "durationSeconds takes at most 3600 here: the connection's keys are a role's session themselves, and AWS ends a role that is borrowed through another after an hour";
  throwIfInvalid([{ path: "durationSeconds", rule: "chained", message }], {
    operation: call.operation,
    execution: "did-not-run",
  });
}

/**
 * Refuses a role of another partition than that of the region in which STS is asked: keys are good in their own only.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectOtherPartition(
  { roleArn }: AssumeRoleParameters,
  call: Call,
): Promise<void> {
  const region = await call.region();
  const here = knownPartitionOf(region)?.name;
  const there = partitionIn(roleArn);
  if (here === undefined || here === there) return;
  const message = `roleArn is in the partition ${there}, and the connection's region ${region} in ${here}; give a connection in ${there}, with keys of it`;
  throwIfInvalid([{ path: "roleArn", rule: "partition", message }], {
    operation: call.operation,
    execution: "did-not-run",
  });
}

/** What is wrong with a function that is in another partition than the role. Absent: nothing that can be told. */
export function partitionIssue(
  functionName: string,
  roleArn: string,
): Issue | undefined {
  const { partition, region } = parseFunctionName(functionName);
  const there = partition ?? knownPartitionOf(region ?? "")?.name;
  const own = partitionIn(roleArn);
  if (there === undefined || there === own) return undefined;
  return {
    path: "functionName",
    rule: "partition",
    message: `functionName is in the partition ${there}, and roleArn in ${own}; a role can be used in its own partition only`,
  };
}

function partitionIn(arn: string): string {
  return arn.split(":")[1] ?? "";
}
