import type { Issue } from "../errors";

/** What the name of a role begins with that a sidecar may assume: its operator's own policy allows no other. */
export const SIDECAR_ROLE_PREFIX = "tibco_sidecar_connector";

/**
 * What {@link sidecarRoleOf} makes of a text: the ARN of a role, or what is wrong with the text.
 */
export type SidecarRole =
  | {
      /** As IAM writes it, `arn:aws:iam::…:role/…`. */
      readonly roleArn: string;
    }
  | {
      /** The rule that is broken; its `path` is `roleArn`. */
      readonly issue: Issue;
    };

/**
 * Reads the ARN of a role that a sidecar may assume. It is also taken with `sts` for `iam`, as the Boomi Sidecar connector's
 * examples write it; the name of the role begins with `tibco_sidecar_connector`, and has no path before it. Nothing is sent.
 *
 * @example
 * const role = sidecarRoleOf("arn:aws:sts::222233334444:role/tibco_sidecar_connector_prices");
 * console.log("issue" in role ? role.issue.message : role.roleArn);
 */
export function sidecarRoleOf(roleArn: string): SidecarRole {
  const parts = ROLE.exec(roleArn)?.groups;
  if (!parts)
    return refused(
      "matches",
      "roleArn takes the ARN of a role, for example arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
    );
  const { partition = "", account = "", name = "" } = parts;
  // A path would come before the name, and the operator's pattern does not allow any. The vendor's pages have two prefixes:
  // that pattern is what decides, and it says `tibco`, not `Boomi`.
  if (!name.startsWith(SIDECAR_ROLE_PREFIX))
    return refused(
      "prefix",
      `roleArn takes a role without a path whose name begins with ${SIDECAR_ROLE_PREFIX}`,
    );
  return { roleArn: `arn:${partition}:iam::${account}:role/${name}` };
}

const ROLE =
  /^arn:(?<partition>aws[a-z-]*):(?:iam|sts)::(?<account>\d{12}):role\/(?<name>[\w+=,.@\-/]+)$/;

function refused(rule: string, message: string): SidecarRole {
  return { issue: { path: "roleArn", rule, message } };
}
