import type { Caller } from "./Caller";
import { isAbout, type Request } from "./appliesTo";
import type { Statement } from "./Statement";

/** Absent: allowed. Otherwise the end of AWS's sentence about the refusal. */
export type Objection = string | undefined;

/** Whether the caller's own policies, and the policy of its session, allow a request. */
export function objectionOfCaller(caller: Caller, request: Request): Objection {
  return (
    objectionOf(caller.permissions, {
      ...request,
      kind: "identity-based policy",
      article: "an",
    }) ?? objectionOfSession(caller, request)
  );
}

/** Whether the session policy of a caller narrows a request away. */
export function objectionOfSession(
  caller: Caller,
  request: Request,
): Objection {
  const policy = caller.session?.policy;
  return (
    policy &&
    objectionOf(policy, { ...request, kind: "session policy", article: "a" })
  );
}

/** Whether a statement of the caller's policies forbids a request in so many words. */
export function isExplicitlyDenied(caller: Caller, request: Request): boolean {
  return caller.permissions.some(
    (statement) => statement.effect === "Deny" && isAbout(statement, request),
  );
}

function objectionOf(
  statements: readonly Statement[],
  request: Request & { readonly kind: string; readonly article: string },
): Objection {
  const applying = statements.filter((statement) =>
    isAbout(statement, request),
  );
  if (applying.some((statement) => statement.effect === "Deny"))
    return `with an explicit deny in ${request.article} ${request.kind}`;
  return applying.length > 0
    ? undefined
    : `because no ${request.kind} allows the ${request.action} action`;
}
