import type { Call } from "../call/Call";
import { RoleSessionKey } from "../connection/RoleSessionKey";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import {
  toAssumeRoleParameters,
  type RoleInConnection,
} from "../settings/roleFields";
import { cacheKey } from "../settings/cacheKey";
import { throwIfInvalid } from "../validation/parse";
import {
  createAssumePolicy,
  createOperationPolicy,
  type OperationScope,
  type ScopeFields,
} from "./createOperationPolicy";
import { RolePrincipal } from "./RolePrincipal";
import { findPartitionIssue } from "./roleRules";

/** What decides about the session of an operation's request: the resources that the request names, and the region. */
interface RoleScope {
  readonly request: ScopeFields;
  readonly region: string;
}

/** The connection's role, as one operation uses it. */
export class OperationRole {
  readonly #roles: readonly RoleInConnection[];
  readonly #permissions: readonly string[];
  /** The last scope and its parameters, because most calls repeat it, and looking it up is measurably slower. */
  #last:
    (RoleScope & { readonly parameters: RoleSessionParameters }) | undefined;

  constructor(
    roles: readonly RoleInConnection[],
    permissions: readonly string[],
  ) {
    this.#roles = roles;
    this.#permissions = permissions;
  }

  /**
   * Makes a call sign its requests with the session of the last role. Nothing is sent before the first request needs the
   * session. Does nothing for an operation without permissions: it sends nothing with the caller's credentials.
   *
   * @throws `ERR_INVALID_INPUT` if the role cannot be used for the request's function.
   */
  use(request: ScopeFields, call: Call): void | Promise<void> {
    if (this.#permissions.length === 0) return;
    const { region } = call.settings;
    if (region === undefined)
      return call.region().then((loaded) => {
        this.#use({ request, region: loaded }, call);
      });
    this.#use({ request, region }, call);
  }

  #use(scope: RoleScope, call: Call): void {
    if (!this.#last || !isSame(this.#last, scope))
      this.#last = {
        ...copyScope(scope),
        parameters: this.#find(scope, call),
      };
    call.principal = new RolePrincipal(this.#last.parameters, call);
  }

  #find(scope: RoleScope, call: Call): RoleSessionParameters {
    const { roleParameters } = call.shared;
    const key = this.#toKey(scope, call);
    let parameters = roleParameters.get(key);
    if (!parameters) {
      const roles = this.#roles;
      const permissions = this.#permissions;
      parameters = createChain({ roles, permissions, ...scope }, call);
      roleParameters.set(key, parameters);
    }
    return parameters;
  }

  #toKey({ request, region }: RoleScope, call: Call): string {
    const { functionName, qualifier, externalIdKey, roleArn } = request;
    return cacheKey(
      "connection role",
      [call.settings.key, this.#permissions, region],
      [functionName, qualifier, externalIdKey, roleArn],
    );
  }
}

/** Copies the fields that matter: a request can have a large payload. */
function copyScope({ request, region }: RoleScope): RoleScope {
  const { functionName, qualifier, externalIdKey, roleArn } = request;
  return {
    region,
    request: { functionName, qualifier, externalIdKey, roleArn },
  };
}

function isSame(a: RoleScope, b: RoleScope): boolean {
  return (
    a.request.functionName === b.request.functionName &&
    a.request.qualifier === b.request.qualifier &&
    a.request.externalIdKey === b.request.externalIdKey &&
    a.request.roleArn === b.request.roleArn &&
    a.region === b.region
  );
}

interface RoleUse extends RoleScope {
  readonly roles: readonly RoleInConnection[];
  readonly permissions: readonly string[];
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
