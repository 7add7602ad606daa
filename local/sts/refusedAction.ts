import type { Caller } from "../iam/Caller";
import {
  isExplicitlyDenied,
  objectionOfCaller,
  objectionOfSession,
} from "../iam/objections";
import { trustOf } from "../iam/trustOf";
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
  to: { readonly role: Role; readonly asked: AssumeRoleRequest },
): string | undefined {
  const { role, asked } = to;
  const actions = [
    "sts:AssumeRole",
    ...(asked.tagKeys.length > 0 ? ["sts:TagSession"] : []),
    ...(asked.sourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  return actions.find((action) => {
    const trust = trustOf(role, {
      caller,
      action,
      externalId: asked.externalId,
    });
    if (trust === "none") return true;
    const request = { action, resource: role.arn };
    const isGrantedByName =
      trust === "caller" && role.accountId === caller.accountId;
    const objection = isGrantedByName
      ? objectionOfSession(caller, request)
      : objectionOfCaller(caller, request);
    return objection !== undefined || isExplicitlyDenied(caller, request);
  });
}
