import type { Issue } from "../../errors";
import type { AssumeRoleParameters } from "../connection/AssumeRoleParameters";
import type { Call } from "../call/Call";
import { parseFunctionName } from "../arn/parseFunctionName";
import { throwIfInvalid } from "../validation/parse";
import { isRoleSession } from "../settings/roleSession";
import { knownPartitionOf } from "../arn/partitions";

/** AWS's limit for a chained role session: one that is requested with the credentials of another role. */
const MAX_CHAINED_SECONDS = 3_600;

/**
 * Rejects a chained role session that is longer than AWS allows.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectLongChainedSession(
  { durationSeconds = 0 }: AssumeRoleParameters,
  call: Call,
): Promise<void> {
  if (durationSeconds <= MAX_CHAINED_SECONDS) return;
  if (!isRoleSession(call.cachedCredentials ?? (await call.credentials())))
    return;
  const message =
    "durationSeconds must be at most 3600 because the connection's credentials are themselves a role session, and AWS limits chained role sessions to one hour";
  throwIfInvalid([{ path: "durationSeconds", rule: "chained", message }], {
    operation: call.operation,
    execution: "did-not-run",
  });
}

/**
 * Rejects a role in another partition than the region of the STS endpoint: credentials are valid only in their own partition.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectOtherPartition(
  { roleArn }: AssumeRoleParameters,
  call: Call,
): Promise<void> {
  const region = await call.region();
  const partition = knownPartitionOf(region)?.name;
  const rolePartition = partitionIn(roleArn);
  if (partition === undefined || partition === rolePartition) return;
  const message = `roleArn is in the partition ${rolePartition}, but the connection's region ${region} is in ${partition}; use a region and credentials of ${rolePartition}`;
  throwIfInvalid([{ path: "roleArn", rule: "partition", message }], {
    operation: call.operation,
    execution: "did-not-run",
  });
}

/** Returns an issue if the function is known to be in another partition than the role. */
export function findPartitionIssue(
  functionName: string,
  roleArn: string,
): Issue | undefined {
  const parsed = parseFunctionName(functionName);
  const partition =
    parsed.partition ?? knownPartitionOf(parsed.region ?? "")?.name;
  const rolePartition = partitionIn(roleArn);
  if (partition === undefined || partition === rolePartition) return undefined;
  return {
    path: "functionName",
    rule: "partition",
    message: `functionName is in the partition ${partition}, but roleArn is in ${rolePartition}; a role can be used only in its own partition`,
  };
}

function partitionIn(arn: string): string {
  return arn.split(":")[1] ?? "";
}
