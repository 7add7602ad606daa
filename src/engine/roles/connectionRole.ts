import type { Call } from "../call/Call";
import { RoleSessionKey } from "../connection/RoleSessionKey";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import {
  toAssumeRoleParameters,
  type RoleInConnection,
} from "../settings/roleFields";
import { throwIfInvalid } from "../validation/parse";
import {
  createAssumePolicy,
  createOperationPolicy,
  type OperationScope,
  type ScopeFields,
} from "./createOperationPolicy";
import { RolePrincipal } from "./RolePrincipal";
import { findPartitionIssue } from "./roleRules";

/** An operation and its request. */
export interface OperationRequest {
  readonly permissions: readonly string[];
  readonly request: ScopeFields;
}

/**
 * Makes a call sign its requests with the session of the connection's last role. Nothing is sent before the first request
 * needs the session. Does nothing for an operation without permissions: it sends nothing with the caller's credentials.
 *
 * @throws `ERR_INVALID_INPUT` if the role cannot be used for the request's function.
 */
export function useConnectionRole(
  operation: OperationRequest,
  call: Call,
): void | Promise<void> {
  const { role, region } = call.settings;
  if (!role || operation.permissions.length === 0) return;
  if (region === undefined)
    return call.region().then((loaded) => {
      use({ ...operation, roles: role, region: loaded }, call);
    });
  use({ ...operation, roles: role, region }, call);
}

interface RoleUse extends OperationRequest {
  readonly roles: readonly RoleInConnection[];
  readonly region: string;
}

function use(roleUse: RoleUse, call: Call): void {
  const { roleParameters } = call.shared;
  const key = toKey(roleUse, call);
  let parameters = roleParameters.get(key);
  if (!parameters) {
    parameters = createChain(roleUse, call);
    roleParameters.set(key, parameters);
  }
  call.principal = new RolePrincipal(parameters, call);
}

/** Everything that decides about the parameters. Not hashed, because that takes longer than the rest of the look-up. */
function toKey({ permissions, request, region }: RoleUse, call: Call): string {
  // None of them is ever empty.
  const { functionName = "", qualifier = "" } = request;
  const { externalIdKey = "", roleArn = "" } = request;
  return `${call.settings.key}\n${permissions.join()}\n${region}\n${functionName}\n${qualifier}\n${externalIdKey}\n${roleArn}`;
}

/** Creates the parameters of the last role's session, which contain those of the roles before it. */
function createChain(roleUse: RoleUse, call: Call): RoleSessionParameters {
  const { roles } = roleUse;
  rejectOtherPartition(roleUse, call);
  let previous: RoleSessionParameters | undefined;
  roles.forEach(({ path, role }, index) => {
    const next = roles[index + 1]?.role;
    const scope: OperationScope = { ...roleUse, roleArn: role.roleArn };
    const parameters = toAssumeRoleParameters(role, () =>
      next ? createAssumePolicy(next.roleArn) : createOperationPolicy(scope),
    );
    previous = {
      ...parameters,
      cacheKey: new RoleSessionKey(parameters, previous && "connection"),
      path,
      ...(previous && { assumedBy: previous }),
    };
  });
  if (!previous) throw new Error("a connection has no empty list of roles");
  return previous;
}

function rejectOtherPartition({ roles, request }: RoleUse, call: Call): void {
  const { functionName } = request;
  const { roleArn } = roles.at(-1)?.role ?? {};
  const issue =
    functionName !== undefined && roleArn !== undefined
      ? findPartitionIssue(functionName, {
          roleArn,
          what: "the connection's role",
        })
      : undefined;
  throwIfInvalid(issue ? [issue] : [], {
    operation: call.operation,
    execution: call.invokes ? "did-not-run" : undefined,
  });
}
