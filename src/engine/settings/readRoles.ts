import { types } from "node:util";
import type { Issue } from "../../errors";
import { partitionOfArn, knownPartitionOf } from "../arn/partitions";
import { describeType } from "../text/describeType";
import { readEntity } from "../validation/parse";
import { ConnectionRole } from "./ConnectionRole";
import {
  readRoleFields,
  type RoleInConnection,
  type RoleSettings,
} from "./roleFields";
import { formatNumber } from "../text/formatNumber";

/** The longest chain of roles. Each one costs a request to STS for a new session. */
const MAX_ROLES = 5;

/** AWS's limit for a chained role session: one that is requested with the credentials of another role. */
const MAX_CHAINED_SECONDS = 3_600;

/**
 * Reads the roles of a connection once, and copies them. Adds an issue for each broken rule.
 *
 * @param given - A role, or an array of roles of which each is assumed by the previous one.
 */
export function readRoles(
  given: unknown,
  issues: Issue[],
): readonly RoleInConnection[] | undefined {
  const own: Issue[] = [];
  const roles = readSafely(given, own);
  if (own.length === 0) own.push(...findChainIssues(roles));
  issues.push(...own);
  return own.length === 0 ? roles : undefined;
}

/** A getter or a proxy can throw on any access. */
function readSafely(given: unknown, issues: Issue[]): RoleInConnection[] {
  try {
    return readList(given, issues);
  } catch {
    const message = "role could not be read because a getter or proxy threw";
    issues.push({ path: "role", rule: "readable", message });
    return [];
  }
}

function readList(given: unknown, issues: Issue[]): RoleInConnection[] {
  if (!Array.isArray(given) && isObject(given)) {
    const role = readRole(given, { path: "role", issues });
    return role ? [{ path: "role", role }] : [];
  }
  const items = Array.isArray(given) ? Array.from<unknown>(given) : [];
  if (items.length === 0 || items.length > MAX_ROLES) {
    const found = Array.isArray(given)
      ? `an array of ${formatNumber(items.length)}`
      : describeType(given);
    const message = `role must be an object with roleArn, or an array of 1 to ${MAX_ROLES} of them, not ${found}`;
    issues.push({ path: "role", rule: "roles", message });
    return [];
  }
  return items.flatMap((item, index) => {
    const path = `role[${index}]`;
    const role = readRole(item, { path, issues });
    return role ? [{ path, role }] : [];
  });
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !types.isDate(value);
}

function readRole(
  given: unknown,
  context: { readonly path: string; readonly issues: Issue[] },
): RoleSettings | undefined {
  const { issues } = context;
  const before = issues.length;
  const read = readEntity(given, { entity: ConnectionRole, ...context });
  return read && issues.length === before
    ? readRoleFields(read as ConnectionRole, context)
    : undefined;
}

/** Finds roles that cannot be assumed with the session of the previous one. */
function findChainIssues(roles: readonly RoleInConnection[]): Issue[] {
  return roles.slice(1).flatMap(({ path, role }, index) => {
    const own = partitionOfArn(role.roleArn);
    const previous = roles[index];
    const partition = partitionOfArn(previous?.role.roleArn ?? "");
    const issues: Issue[] = [];
    if (previous && partition !== own)
      issues.push({
        path: `${path}.roleArn`,
        rule: "partition",
        message: `${path}.roleArn is in the partition ${own}, but ${previous.path} is in ${partition}; a role can be used only in its own partition`,
      });
    if ((role.durationSeconds ?? 0) > MAX_CHAINED_SECONDS)
      issues.push({
        path: `${path}.durationSeconds`,
        rule: "chained",
        message: `${path}.durationSeconds must be at most ${MAX_CHAINED_SECONDS} because the role is assumed with another role session, and AWS limits chained role sessions to one hour`,
      });
    return issues;
  });
}

/** Returns an issue if the first role cannot be assumed from the connection's region. */
export function findRegionIssue(
  [first]: readonly RoleInConnection[],
  region = "",
): Issue[] {
  const partition = knownPartitionOf(region)?.name;
  if (!first || partition === undefined) return [];
  const own = partitionOfArn(first.role.roleArn);
  if (partition === own) return [];
  const path = `${first.path}.roleArn`;
  const message = `${path} is in the partition ${own}, but the connection's region ${region} is in ${partition}; use a region and credentials of ${own}`;
  return [{ path, rule: "partition", message }];
}
