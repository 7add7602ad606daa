import type { Caller } from "./Caller";
import { appliesToAction, type AccessRequest } from "./appliesTo";
import type { Role } from "./Role";
import type { TrustStatement } from "./Statement";

/** Result of a trust policy: it names the caller itself, only the caller's account, or neither. */
export type TrustLevel = "caller" | "account" | "none";

/** Evaluates whether the trust policy of a role allows a caller an `sts:` action. */
export function evaluateTrust(
  role: Role,
  attempt: Pick<AccessRequest, "action" | "context"> & {
    readonly caller: Caller;
  },
): TrustLevel {
  const applying = role.trust.filter(
    (statement) =>
      appliesToAction(statement, attempt) &&
      evaluateStatement(statement, attempt.caller) !== "none",
  );
  if (applying.some((statement) => statement.effect === "Deny")) return "none";
  const levels = applying.map((statement) =>
    evaluateStatement(statement, attempt.caller),
  );
  if (levels.includes("caller")) return "caller";
  return levels.includes("account") ? "account" : "none";
}

function evaluateStatement(
  statement: TrustStatement,
  caller: Caller,
): TrustLevel {
  const names = [caller.arn, caller.session?.role.arn, "*"];
  if (statement.principals.some((principal) => names.includes(principal)))
    return "caller";
  const isAccount = statement.principals.some(
    (principal) =>
      principal === caller.accountId ||
      (principal.endsWith(":root") &&
        principal.split(":")[4] === caller.accountId),
  );
  return isAccount ? "account" : "none";
}
