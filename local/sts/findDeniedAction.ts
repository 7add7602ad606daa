import type { Caller } from "../iam/Caller";
import type { ConditionContext } from "../iam/Condition";
import { toConditionContext } from "../iam/toConditionContext";
import {
  isExplicitlyDenied,
  explainDenial,
  explainSessionDenial,
} from "../iam/explainDenial";
import { evaluateTrust } from "../iam/evaluateTrust";
import type { Role } from "../iam/Role";
import type { AssumeRoleRequest } from "./readAssumeRole";

/**
 * The action that assuming the role fails at. Absent: the caller may assume it.
 *
 * Both sides must agree: the role's trust policy and the caller's own policies. Only
 * within one account a trust policy that names the caller itself is enough, unless the
 * caller's policies forbid it in so many words.
 */
export function findDeniedAction(
  caller: Caller,
  to: {
    readonly role: Role;
    readonly input: AssumeRoleRequest;

    /** Region of the endpoint that is input. */
    readonly region: string;
  },
): string | undefined {
  const { role, input } = to;
  const context = createAssumeRoleContext(caller, to);
  // A source identity goes on into every further session, and each role in the chain must let it in.
  const sourceIdentity = input.sourceIdentity ?? caller.session?.sourceIdentity;
  const actions = [
    "sts:AssumeRole",
    ...(input.tags.length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  return actions.find((action) => {
    const trust = evaluateTrust(role, { caller, action, context });
    if (trust === "none") return true;
    const request = { action, resource: role.arn, context };
    const isGrantedByName =
      trust === "caller" && role.accountId === caller.accountId;
    const objection = isGrantedByName
      ? explainSessionDenial(caller, request)
      : explainDenial(caller, request);
    return objection !== undefined || isExplicitlyDenied(caller, request);
  });
}

/** What policies may ask about somebody who wants to assume a role. */
function createAssumeRoleContext(
  caller: Caller,
  to: { readonly input: AssumeRoleRequest; readonly region: string },
): ConditionContext {
  const { externalId, sourceIdentity, sessionName, tags } = to.input;
  return new Map([
    ...toConditionContext(caller, to.region),
    ["sts:rolesessionname", [sessionName]],
    ["sts:externalid", externalId === undefined ? [] : [externalId]],
    [
      "sts:sourceidentity",
      sourceIdentity === undefined ? [] : [sourceIdentity],
    ],
    ["aws:tagkeys", tags.map(({ key }) => key)],
    ...tags.map(
      ({ key, value }) =>
        [`aws:requesttag/${key.toLowerCase()}`, [value]] as const,
    ),
  ]);
}
