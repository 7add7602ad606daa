import { LRUCache } from "lru-cache";
import type { Issue } from "../../errors";
import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import type { Call } from "../call/Call";
import { toJsonObjectString } from "../invocation/toClientContext";
import { partitionIssue } from "./roleRules";
import { throwIfInvalid } from "../validation/parse";
import { policyForFunction } from "./sessionPolicy";

/** STS allows this many characters of session policy. */
const LONGEST_POLICY = 2_048;

const SESSION_NAME = "aws-lambda-connector";

/** What a request says of the role; its fields are documented there. */
export interface RoleRequest extends Omit<
  AssumeRoleParameters,
  "policy" | "roleSessionName"
> {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly roleSessionName?: string;
  readonly sessionPolicy?: unknown;
}

/** What was borrowed before is borrowed again: the same few roles for the same few functions. */
const known = new LRUCache<string, AssumeRoleParameters>({ max: 1_000 });

/** By what a request differs from others, where it has neither policy nor tags of its own; `undefined` where it has. */
function cacheKeyOf(request: RoleRequest, region: string): string | undefined {
  if (request.sessionPolicy !== undefined || request.tags) return undefined;
  const { roleArn, functionName, qualifier, externalIdKey, externalId } =
    request;
  const { roleSessionName, durationSeconds, sourceIdentity } = request;
  return `${roleArn}\n${functionName}\n${qualifier}\n${region}\n${externalIdKey}\n${externalId}\n${roleSessionName}\n${durationSeconds}\n${sourceIdentity}`;
}

/**
 * What is to be borrowed for a request, the same object for the same request where it can be.
 *
 * @throws `ERR_INVALID_INPUT` for what only the whole can tell.
 */
export function toAssumeRoleParameters(
  request: RoleRequest,
  at: { region: string; call: Call },
): AssumeRoleParameters {
  const likeness = cacheKeyOf(request, at.region);
  if (likeness === undefined) return createParameters(request, at);
  let borrowing = known.get(likeness);
  if (!borrowing) {
    borrowing = createParameters(request, at);
    known.set(likeness, borrowing);
  }
  return borrowing;
}

/**
 * What is to be borrowed for a request: narrowed to its function, unless it says otherwise.
 *
 * @throws `ERR_INVALID_INPUT` for what only the whole can tell.
 */
function createParameters(
  request: RoleRequest,
  at: { region: string; call: Call },
): AssumeRoleParameters {
  const { roleArn, externalId, externalIdKey, sessionPolicy } = request;
  const { durationSeconds, sourceIdentity, tags } = request;
  const { operation } = at.call;
  const issues: Issue[] = [];
  if (externalId !== undefined && externalIdKey !== undefined)
    issues.push({
      path: "externalIdKey",
      rule: "conflict",
      message: "externalId and externalIdKey cannot go together; give one",
    });
  const astray = partitionIssue(request.functionName, roleArn);
  if (astray) issues.push(astray);
  const policy =
    sessionPolicy === undefined
      ? policyForFunction({ ...request, region: at.region })
      : givenPolicy(sessionPolicy, issues);
  issues.push(...repeatedKeys(tags ?? []));
  throwIfInvalid(issues, { operation, execution: "did-not-run" });
  return {
    roleArn,
    roleSessionName: request.roleSessionName ?? SESSION_NAME,
    ...(externalId !== undefined && { externalId }),
    ...(externalIdKey !== undefined && { externalIdKey }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(policy !== undefined && { policy }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(tags && { tags }),
  };
}

/** STS takes `Shop` and `shop` for the same key, and no key twice. */
function repeatedKeys(tags: readonly { readonly key: string }[]): Issue[] {
  const first = new Map<string, number>();
  return tags.flatMap(({ key }, index) => {
    const same = key.toLowerCase();
    const before = first.get(same);
    if (before === undefined) first.set(same, index);
    const path = `tags[${index}].key`;
    const message = `${path} is the key of tags[${before ?? index}] again, which AWS compares without regard to case; give each key once`;
    return before === undefined ? [] : [{ path, rule: "unique", message }];
  });
}

function givenPolicy(given: unknown, issues: Issue[]): string | undefined {
  if (given === "none") return undefined;
  const text = toJsonObjectString(given);
  const path = "sessionPolicy";
  if (text === undefined) {
    const message =
      "sessionPolicy takes a policy as a JSON object or its text, or none";
    issues.push({ path, rule: "json", message });
  } else if (text.length > LONGEST_POLICY) {
    const message = `sessionPolicy takes at most ${LONGEST_POLICY.toLocaleString("en")} characters`;
    issues.push({ path, rule: "size", message });
  }
  return text;
}
