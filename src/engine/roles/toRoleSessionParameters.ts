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
  const key = requestKeyOf(request, context.region);
  if (key === undefined) return createParameters(request, context);
  const { roleParameters } = context.call.shared;
  let parameters = roleParameters.get(key);
  if (!parameters) {
    parameters = createParameters(request, context);
    roleParameters.set(key, parameters);
  }
  return parameters;
}

/** Returns a key that is equal for equal requests; `undefined` for requests with a policy or tags. */
function requestKeyOf(
  request: AssumeRoleRequest,
  region: string,
): string | undefined {
  if (request.sessionPolicy !== undefined || request.tags) return undefined;
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
