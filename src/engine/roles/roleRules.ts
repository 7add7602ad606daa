import type { Issue } from "../../errors";
import type { Call } from "../call/Call";
import { parseFunctionName } from "../arn/parseFunctionName";
import { throwIfInvalid } from "../validation/parse";
import { isRoleSession } from "../settings/roleSession";
import { knownPartitionOf, partitionOfArn } from "../arn/partitions";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import { toPath } from "../validation/toIssues";

/** AWS's limit for a chained role session: one that is requested with the credentials of another role. */
const MAX_CHAINED_SECONDS = 3_600;

/**
 * Rejects a chained role session that is longer than AWS allows.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectLongChainedSession(
  { durationSeconds = 0, path: parent, assumedBy }: RoleSessionParameters,
  call: Call,
): Promise<void> {
  if (durationSeconds <= MAX_CHAINED_SECONDS) return;
  if (!isRoleSession(call.cachedCredentials ?? (await call.credentials())))
    return;
  const path = toPath(parent, "durationSeconds");
  const message = `${path} must be at most 3600 because ${chainedReason(assumedBy?.roleArn)}, and AWS limits chained role sessions to one hour`;
  throwIfInvalid([{ path, rule: "chained", message }], {
    operation: call.operation,
    execution: call.execution && "did-not-run",
  });
}

/** Says why a role session is chained. */
export function chainedReason(assumedBy: string | undefined): string {
  return assumedBy === undefined
    ? "the connection's credentials are themselves a role session"
    : `the role is assumed with the session of ${assumedBy}`;
}

/**
 * Rejects a role in another partition than the region of the STS endpoint: credentials are valid only in their own partition.
 *
 * @throws `ERR_INVALID_INPUT`.
 */
export async function rejectOtherPartition(
  { roleArn, path: parent }: Pick<RoleSessionParameters, "roleArn" | "path">,
  call: Call,
): Promise<void> {
  const region = await call.region();
  const partition = knownPartitionOf(region)?.name;
  const rolePartition = partitionOfArn(roleArn);
  if (partition === undefined || partition === rolePartition) return;
  const path = toPath(parent, "roleArn");
  const message = `${path} is in the partition ${rolePartition}, but the connection's region ${region} is in ${partition}; use a region and credentials of ${rolePartition}`;
  throwIfInvalid([{ path, rule: "partition", message }], {
    operation: call.operation,
    execution: call.execution && "did-not-run",
  });
}

/** Returns an issue if the function is known to be in another partition than the role. */
export function findPartitionIssue(
  functionName: string,
  { roleArn, what }: { readonly roleArn: string; readonly what: string },
): Issue | undefined {
  const parsed = parseFunctionName(functionName);
  const partition =
    parsed.partition ?? knownPartitionOf(parsed.region ?? "")?.name;
  const rolePartition = partitionOfArn(roleArn);
  if (partition === undefined || partition === rolePartition) return undefined;
  return {
    path: "functionName",
    rule: "partition",
    message: `functionName is in the partition ${partition}, but ${what} is in ${rolePartition}; a role can be used only in its own partition`,
  };
}
