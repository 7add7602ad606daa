import type { Caller } from "../iam/Caller";
import type { Context } from "../iam/Condition";
import { contextOf } from "../iam/toConditionContext";
import {
  isExplicitlyDenied,
  objectionOfCaller,
  objectionOfSession,
} from "../iam/explainDenial";
import { trustOf } from "../iam/evaluateTrust";
import type { Role } from "../iam/Role";
import type { AssumeRoleRequest } from "./readAssumeRole";

/**
 * The action that assuming the role fails at. Absent: the caller may assume it.
 *
 * Both sides must agree: the role's trust policy and the caller's own policies. Only
 * within one account a trust policy that names the caller itself is enough, unless the
 * caller's policies forbid it in so many words.
 */
export function refusedAction(
  caller: Caller,
  to: {
    readonly role: Role;
    readonly asked: AssumeRoleRequest;

    /** Region of the endpoint that is asked. */
    readonly region: string;
  },
): string | undefined {
  const { role, asked } = to;
  const context = contextOfSession(caller, to);
  // A source identity goes on into every further session, and each role in the chain must let it in.
  const sourceIdentity = asked.sourceIdentity ?? caller.session?.sourceIdentity;
  const actions = [
    "sts:AssumeRole",
    ...(asked.tags.length > 0 ? ["sts:TagSession"] : []),
    ...(sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  return actions.find((action) => {
    const trust = trustOf(role, { caller, action, context });
    if (trust === "none") return true;
    const request = { action, resource: role.arn, context };
    const isGrantedByName =
      trust === "caller" && role.accountId === caller.accountId;
    const objection = isGrantedByName
      ? objectionOfSession(caller, request)
      : objectionOfCaller(caller, request);
    return objection !== undefined || isExplicitlyDenied(caller, request);
  });
}

/** What policies may ask about somebody who wants to assume a role. */
function contextOfSession(
  caller: Caller,
  to: { readonly asked: AssumeRoleRequest; readonly region: string },
): Context {
  const { externalId, sourceIdentity, sessionName, tags } = to.asked;
  return new Map([
    ...contextOf(caller, to.region),
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
