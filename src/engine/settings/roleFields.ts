import type { Issue } from "../../errors";
import { toJsonObjectString } from "../text/toJsonObjectString";
import { toPath } from "../validation/toIssues";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import { formatNumber } from "../text/formatNumber";

/** STS's limit for a session policy. */
const MAX_SESSION_POLICY_CHARACTERS = 2_048;

const DEFAULT_SESSION_NAME = "aws-lambda-connector";

/** The fields of a role session, in a request or in a connection. Both document them. */
export interface RoleFields extends Omit<
  AssumeRoleParameters,
  "policy" | "roleSessionName"
> {
  readonly roleSessionName?: string;
  readonly sessionPolicy?: unknown;
}

/** The fields of a role session, copied, with their defaults. Only the default of the policy depends on the operation. */
export interface RoleSettings extends Omit<AssumeRoleParameters, "policy"> {
  /** A policy as JSON, or `none`. Missing: the default. */
  readonly sessionPolicy?: string;
}

/** A role of a connection, and its path in the connection: `role`, or for example `role[1]`. */
export interface RoleInConnection {
  readonly path: string;
  readonly role: RoleSettings;
}

/**
 * Copies the fields of a role session, and adds an issue for each that the rules of single fields do not detect: a second
 * external ID, a policy that is not valid, and repeated tags.
 *
 * @param context.path - Path of the fields' object. Missing for the fields of a request.
 */
export function readRoleFields(
  fields: RoleFields,
  context: { readonly path?: string; readonly issues: Issue[] },
): RoleSettings {
  const { roleArn, externalId, externalIdKey, durationSeconds } = fields;
  const { roleSessionName, sourceIdentity, tags } = fields;
  const { path, issues } = context;
  if (externalId !== undefined && externalIdKey !== undefined)
    issues.push({
      path: toPath(path, "externalIdKey"),
      rule: "conflict",
      message: `${toPath(path, "externalIdKey")} cannot be combined with externalId; omit one of them`,
    });
  const sessionPolicy = readSessionPolicy(fields.sessionPolicy, context);
  issues.push(...findRepeatedTags(tags ?? [], path));
  return {
    roleArn,
    roleSessionName: roleSessionName ?? DEFAULT_SESSION_NAME,
    ...(externalId !== undefined && { externalId }),
    ...(externalIdKey !== undefined && { externalIdKey }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(tags && { tags: tags.map(({ key, value }) => ({ key, value })) }),
  };
}

/** Returns the parameters of a session: `sessionPolicy`, or else the default policy, becomes its policy. */
export function toAssumeRoleParameters(
  { sessionPolicy, ...fields }: RoleSettings,
  createDefaultPolicy: () => string,
): AssumeRoleParameters {
  if (sessionPolicy === "none") return fields;
  return { ...fields, policy: sessionPolicy ?? createDefaultPolicy() };
}

/** Finds repeated tag keys as STS does: `Shop` and `shop` are the same key. */
function findRepeatedTags(
  tags: readonly { readonly key: string }[],
  parent: string | undefined,
): Issue[] {
  const firstIndexes = new Map<string, number>();
  return tags.flatMap(({ key }, index) => {
    const lowerCaseKey = key.toLowerCase();
    const first = firstIndexes.get(lowerCaseKey);
    if (first === undefined) {
      firstIndexes.set(lowerCaseKey, index);
      return [];
    }
    const path = toPath(parent, `tags[${index}].key`);
    const message = `${path} must be unique, but tags[${first}] has the same key (AWS ignores case)`;
    return [{ path, rule: "unique", message }];
  });
}

function readSessionPolicy(
  policy: unknown,
  {
    path: parent,
    issues,
  }: { readonly path?: string; readonly issues: Issue[] },
): string | undefined {
  if (policy === undefined || policy === "none") return policy;
  const json = toJsonObjectString(policy);
  const path = toPath(parent, "sessionPolicy");
  if (json === undefined) {
    const message = `${path} must be "none" or a policy, as an object or a JSON string`;
    issues.push({ path, rule: "json", message });
  } else if (json.length > MAX_SESSION_POLICY_CHARACTERS) {
    const message = `${path} must be at most ${formatNumber(MAX_SESSION_POLICY_CHARACTERS)} characters long`;
    issues.push({ path, rule: "size", message });
  }
  return json;
}
