import type { Caller } from "./Caller";
import { isAboutAction, type Request } from "./appliesTo";
import type { Role } from "./Role";
import type { TrustStatement } from "./Statement";

/** How a trust policy answers: it names the caller itself, only the caller's account, or nobody. */
export type Trust = "caller" | "account" | "none";

/** Whether a role lets this caller do one of the `sts:` actions of assuming it. */
export function trustOf(
  role: Role,
  attempt: Pick<Request, "action" | "context"> & { readonly caller: Caller },
): Trust {
  const applying = role.trust.filter(
    (statement) =>
      isAboutAction(statement, attempt) &&
      trustIn(statement, attempt.caller) !== "none",
  );
  if (applying.some((statement) => statement.effect === "Deny")) return "none";
  const answers = applying.map((statement) =>
    trustIn(statement, attempt.caller),
  );
  if (answers.includes("caller")) return "caller";
  return answers.includes("account") ? "account" : "none";
}

function trustIn(statement: TrustStatement, caller: Caller): Trust {
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
