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
 * Returns the action that is denied, or undefined if the caller may assume the role.
 *
 * Both the role's trust policy and the caller's policies must allow it. Within one account, a trust
 * policy that names the caller is sufficient, unless the caller's policies explicitly deny it.
 */
export function findDeniedAction(
  caller: Caller,
  assumption: {
    readonly role: Role;
    readonly input: AssumeRoleRequest;

    /** Region of the endpoint. */
    readonly region: string;
  },
): string | undefined {
  const { role, input } = assumption;
  const context = createAssumeRoleContext(caller, assumption);
  // A source identity is inherited by every further session, so each role in the chain must allow
  // it.
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
    const reason = isGrantedByName
      ? explainSessionDenial(caller, request)
      : explainDenial(caller, request);
    return reason !== undefined || isExplicitlyDenied(caller, request);
  });
}

/** Returns the condition keys of an `AssumeRole` request. */
function createAssumeRoleContext(
  caller: Caller,
  assumption: { readonly input: AssumeRoleRequest; readonly region: string },
): ConditionContext {
  const { externalId, sourceIdentity, sessionName, tags } = assumption.input;
  return new Map([
    ...toConditionContext(caller, assumption.region),
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
