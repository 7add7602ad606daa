import type { Issue } from "../errors";

/** What the name of a role begins with that a sidecar may assume: its operator's own policy allows no other. */
export const SIDECAR_ROLE_PREFIX = "tibco_sidecar_connector";

/** The ARN of a role as IAM writes it, or what is wrong with it. */
export type SidecarRole =
  { readonly roleArn: string } | { readonly issue: Issue };

/**
 * Reads the ARN of a role for a sidecar, also as the vendor's examples write it, with `sts` for `iam`, and holds its name to
 * the prefix. The vendor's pages have two prefixes: the operator's policy is what decides, and it says `tibco`, not `Boomi`.
 */
export function sidecarRoleOf(roleArn: string): SidecarRole {
  const parts = ROLE.exec(roleArn)?.groups;
  if (!parts)
    return refused(
      "matches",
      "roleArn takes the ARN of a role, for example arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
    );
  const { partition = "", account = "", name = "" } = parts;
  // A path would come before the name, and the operator's pattern does not allow any.
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
