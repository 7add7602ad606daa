import type { Issue } from "../../errors";
import type { AssumeRoleParameters } from "../connection/AssumeRoleParameters";
import type { AssumeRoleRequest } from "./AssumeRoleRequest";
import { cacheKey } from "../settings/cacheKey";
import { RoleSessionKey } from "../connection/RoleSessionKey";
import type { RoleSessionParameters } from "../connection/RoleSessionParameters";
import type { Call } from "../call/Call";
import { toJsonObjectString } from "../invocation/toClientContext";
import { findPartitionIssue } from "./roleRules";
import { throwIfInvalid } from "../validation/parse";
import { createSessionPolicy } from "./createSessionPolicy";

/** STS's limit for a session policy. */
const MAX_POLICY_CHARACTERS = 2_048;

const DEFAULT_SESSION_NAME = "aws-lambda-connector";

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
  const { roleArn, externalId, externalIdKey, sessionPolicy } = request;
  const { durationSeconds, sourceIdentity, tags } = request;
  const issues: Issue[] = [];
  if (externalId !== undefined && externalIdKey !== undefined)
    issues.push({
      path: "externalIdKey",
      rule: "conflict",
      message:
        "externalIdKey cannot be combined with externalId; omit one of them",
    });
  const partitionIssue = findPartitionIssue(request.functionName, roleArn);
  if (partitionIssue) issues.push(partitionIssue);
  const policy =
    sessionPolicy === undefined
      ? createSessionPolicy({ ...request, region })
      : readSessionPolicy(sessionPolicy, issues);
  issues.push(...findRepeatedTags(tags ?? []));
  throwIfInvalid(issues, {
    operation: call.operation,
    execution: "did-not-run",
  });
  const parameters: AssumeRoleParameters = {
    roleArn,
    roleSessionName: request.roleSessionName ?? DEFAULT_SESSION_NAME,
    ...(externalId !== undefined && { externalId }),
    ...(externalIdKey !== undefined && { externalIdKey }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(policy !== undefined && { policy }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(tags && { tags }),
  };
  return { ...parameters, cacheKey: new RoleSessionKey(parameters) };
}

/** Finds repeated tag keys as STS does: `Shop` and `shop` are the same key. */
function findRepeatedTags(tags: readonly { readonly key: string }[]): Issue[] {
  const firstIndexes = new Map<string, number>();
  return tags.flatMap(({ key }, index) => {
    const lowerCaseKey = key.toLowerCase();
    const first = firstIndexes.get(lowerCaseKey);
    if (first === undefined) {
      firstIndexes.set(lowerCaseKey, index);
      return [];
    }
    const path = `tags[${index}].key`;
    const message = `${path} must be unique, but tags[${first}] has the same key (AWS ignores case)`;
    return [{ path, rule: "unique", message }];
  });
}

function readSessionPolicy(
  policy: unknown,
  issues: Issue[],
): string | undefined {
  if (policy === "none") return undefined;
  const json = toJsonObjectString(policy);
  const path = "sessionPolicy";
  if (json === undefined) {
    const message =
      'sessionPolicy must be "none" or a policy, as an object or a JSON string';
    issues.push({ path, rule: "json", message });
  } else if (json.length > MAX_POLICY_CHARACTERS) {
    const message = `sessionPolicy must be at most ${MAX_POLICY_CHARACTERS.toLocaleString("en")} characters long`;
    issues.push({ path, rule: "size", message });
  }
  return json;
}
