import { describeArnProblem } from "../engine/arn/describeArnProblem";
import type { Issue } from "../errors";

/** The prefix of the role names that a sidecar may assume. The policy of Boomi's gateway allows no other roles. */
export const SIDECAR_ROLE_PREFIX = "tibco_sidecar_connector";

/** The result of {@link sidecarRoleOf}: the role ARN in IAM's form, or what is wrong with the given ARN. */
export type SidecarRole =
  | {
      /** ARN in IAM's form, `arn:aws:iam::…:role/…`. */
      readonly roleArn: string;
    }
  | {
      /** The broken rule; its `path` is `roleArn`. */
      readonly issue: Issue;
    };

/**
 * Checks that a sidecar may assume a role, and returns its ARN in IAM's form. `sts` is accepted in place of `iam`, as in the
 * examples of Boomi's Sidecar connector. The role name must start with `tibco_sidecar_connector`, and the role must not have a
 * path. Sends nothing.
 *
 * @example
 * const role = sidecarRoleOf(
 *   "arn:aws:sts::222233334444:role/tibco_sidecar_connector_prices",
 * );
 * console.log("issue" in role ? role.issue.message : role.roleArn);
 */
export function sidecarRoleOf(roleArn: string): SidecarRole {
  const parts = ROLE.exec(roleArn)?.groups;
  if (!parts)
    return toIssue(
      "matches",
      `roleArn must be the ARN of a role, for example arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices${describeArnProblem(roleArn, ["iam", "sts"])}`,
    );
  const { partition = "", account = "", name = "" } = parts;
  // A path comes before the role name, so the prefix in the gateway's policy rules it out. Boomi's pages mention two prefixes;
  // that policy decides, and it has `tibco`, not `Boomi`.
  if (!name.startsWith(SIDECAR_ROLE_PREFIX))
    return toIssue(
      "prefix",
      `roleArn must be the ARN of a role that has no path and whose name starts with ${SIDECAR_ROLE_PREFIX}`,
    );
  return { roleArn: `arn:${partition}:iam::${account}:role/${name}` };
}

const ROLE =
  /^arn:(?<partition>aws[a-z-]*):(?:iam|sts)::(?<account>\d{12}):role\/(?<name>[\w+=,.@\-/]+)$/;

function toIssue(rule: string, message: string): SidecarRole {
  return { issue: { path: "roleArn", rule, message } };
}
