import type { Issue } from "../../errors";
import type { AssumeRoleRequest } from "./AssumeRoleRequest";
import { cacheKey } from "../settings/cacheKey";
import { RoleSessionKey } from "../connection/RoleSessionKey";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import type { Call } from "../call/Call";
import { readRoleFields, toAssumeRoleParameters } from "../settings/roleFields";
import { findPartitionIssue } from "./roleRules";
import { throwIfInvalid } from "../validation/parse";
import { createSessionPolicy } from "./createSessionPolicy";
import type { RecentRoleRequest } from "../connection/RecentRoleRequest";

interface Context {
  /** Region of the Lambda endpoint. */
  readonly region: string;
  readonly call: Call;
}

/**
 * Translates a request to the parameters of its role session. By default, the session may only invoke the request's function.
 *
 * @throws `ERR_INVALID_INPUT` if fields contradict each other, or a policy or tag is not valid.
 */
export function toRoleSessionParameters(
  request: AssumeRoleRequest,
  context: Context,
): RoleSessionParameters {
  if (request.sessionPolicy !== undefined || request.tags)
    return createParameters(request, context);
  const { region, call } = context;
  const { roleRequests } = call.shared;
  const recent = roleRequests.get(request.functionName);
  if (recent && isSame(recent, request, region)) return recent.parameters;
  const parameters = findParameters(request, context);
  roleRequests.set(
    request.functionName,
    toRecent(request, { region, parameters }),
  );
  return parameters;
}

function findParameters(
  request: AssumeRoleRequest,
  context: Context,
): RoleSessionParameters {
  const { roleParameters } = context.call.shared;
  const key = requestKeyOf(request, context.region);
  let parameters = roleParameters.get(key);
  if (!parameters) {
    parameters = createParameters(request, context);
    roleParameters.set(key, parameters);
  }
  return parameters;
}

/** Returns a key that is equal for equal requests without policy and tags. */
function requestKeyOf(request: AssumeRoleRequest, region: string): string {
  const { roleArn, functionName, qualifier, externalIdKey, externalId } =
    request;
  const { roleSessionName, durationSeconds, sourceIdentity } = request;
  return cacheKey(
    "role request",
    [roleArn, functionName, qualifier, region],
    [externalIdKey, externalId],
    [roleSessionName, durationSeconds, sourceIdentity],
  );
}

/** Copies the fields that determine the parameters: a request can have a large payload. */
function toRecent(
  request: AssumeRoleRequest,
  result: Pick<RecentRoleRequest, "region" | "parameters">,
): RecentRoleRequest {
  return {
    roleArn: request.roleArn,
    qualifier: request.qualifier,
    externalIdKey: request.externalIdKey,
    externalId: request.externalId,
    roleSessionName: request.roleSessionName,
    durationSeconds: request.durationSeconds,
    sourceIdentity: request.sourceIdentity,
    ...result,
  };
}

/** Whether a request for the same function and region has equal fields. */
function isSame(
  recent: RecentRoleRequest,
  request: AssumeRoleRequest,
  region: string,
): boolean {
  return (
    recent.roleArn === request.roleArn &&
    recent.qualifier === request.qualifier &&
    recent.externalIdKey === request.externalIdKey &&
    recent.externalId === request.externalId &&
    recent.roleSessionName === request.roleSessionName &&
    recent.durationSeconds === request.durationSeconds &&
    recent.sourceIdentity === request.sourceIdentity &&
    recent.region === region
  );
}

function createParameters(
  request: AssumeRoleRequest,
  { region, call }: Context,
): RoleSessionParameters {
  const { functionName, roleArn } = request;
  const issues: Issue[] = [];
  const role = readRoleFields(request, { issues });
  const partitionIssue = findPartitionIssue(functionName, {
    roleArn,
    what: "roleArn",
  });
  if (partitionIssue) issues.push(partitionIssue);
  throwIfInvalid(issues, {
    operation: call.operation,
    execution: "did-not-run",
  });
  const parameters = toAssumeRoleParameters(role, () =>
    createSessionPolicy({ ...request, region }),
  );
  return { ...parameters, cacheKey: new RoleSessionKey(parameters) };
}
