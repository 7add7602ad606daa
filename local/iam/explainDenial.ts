import type { Caller } from "./Caller";
import { appliesTo, type AccessRequest } from "./appliesTo";
import type { Statement } from "./Statement";

/** End of AWS's access-denied message. Undefined if the request is allowed. */
export type DenialReason = string | undefined;

/** Evaluates a request against the caller's policies and session policy. */
export function explainDenial(
  caller: Caller,
  request: AccessRequest,
): DenialReason {
  return (
    explainDenialBy(caller.permissions, {
      ...request,
      kind: "identity-based policy",
      article: "an",
    }) ?? explainSessionDenial(caller, request)
  );
}

/** Evaluates a request against the caller's session policy. */
export function explainSessionDenial(
  caller: Caller,
  request: AccessRequest,
): DenialReason {
  const policy = caller.session?.policy;
  return (
    policy &&
    explainDenialBy(policy, {
      ...request,
      kind: "session policy",
      article: "a",
    })
  );
}

/** Whether a statement of the caller's policies explicitly denies a request. */
export function isExplicitlyDenied(
  caller: Caller,
  request: AccessRequest,
): boolean {
  return caller.permissions.some(
    (statement) => statement.effect === "Deny" && appliesTo(statement, request),
  );
}

function explainDenialBy(
  statements: readonly Statement[],
  request: AccessRequest & { readonly kind: string; readonly article: string },
): DenialReason {
  const applying = statements.filter((statement) =>
    appliesTo(statement, request),
  );
  if (applying.some((statement) => statement.effect === "Deny"))
    return `with an explicit deny in ${request.article} ${request.kind}`;
  return applying.length > 0
    ? undefined
    : `because no ${request.kind} allows the ${request.action} action`;
}
