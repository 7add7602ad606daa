import { partitionOf } from "../arn/partitionOf";
import type { Caller } from "../iam/Caller";
import type { CredentialStore } from "../iam/CredentialStore";
import { FULL_ACCESS } from "../iam/fullAccess";
import { createIamId } from "../iam/identifiers";
import type { Role } from "../iam/Role";
import type { Account } from "./Account";
import type { FunctionDefinition } from "./FunctionDefinition";
import { getRoleArn } from "./getRoleArn";

/** Seconds that a session of a role may last unless the role says otherwise. */
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * Creates the environment variables with which a function calls this embedded AWS: its endpoint,
 * and credentials of the function's execution role. A role that does not exist in the account has
 * every permission there.
 */
export function createFunctionVariables(of: {
  readonly definition: FunctionDefinition;
  readonly account: Account;
  readonly store: CredentialStore;

  /** Undefined before the server listens; no module is loaded before. */
  readonly endpoint: string | undefined;
}): Record<string, string> {
  const credentials = of.store.issueExecutionRole(createCaller(of));
  return {
    ...(of.endpoint !== undefined && { AWS_ENDPOINT_URL: of.endpoint }),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

function createCaller(of: {
  readonly definition: FunctionDefinition;
  readonly account: Account;
}): Caller {
  const { name, region } = of.definition;
  const { id: accountId, roles } = of.account;
  const arn = getRoleArn(of.definition, accountId);
  const roleName = arn.split("/").at(-1) ?? name;
  const known = [...roles.values()].find((each) => each.arn === arn);
  const role: Role = known ?? {
    name: roleName,
    accountId,
    arn,
    id: createIamId("AROA"),
    trust: [],
    permissions: FULL_ACCESS,
    maxSessionDuration: DEFAULT_SESSION_SECONDS,
  };
  return {
    accountId,
    arn: `arn:${partitionOf(region)}:sts::${accountId}:assumed-role/${roleName}/${name}`,
    userId: `${role.id}:${name}`,
    permissions: role.permissions,
    session: { role, tags: [], transitiveTagKeys: [] },
  };
}
