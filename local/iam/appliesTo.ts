import { meetsConditions, type ConditionContext } from "./Condition";
import { matchesPattern } from "./matchesPattern";
import type { Statement, TrustStatement } from "./Statement";

/** What somebody wants to do, to what. */
export interface AccessRequest {
  /** Such as `lambda:InvokeFunction`. */
  readonly action: string;

  /** ARN as the call writes it, or `*` where an action has no resource. */
  readonly resource: string;

  /** What conditions may ask about. */
  readonly context: ConditionContext;
}

/** Whether a statement of a permission or session policy speaks of a request. */
export function appliesTo(
  statement: Statement,
  request: AccessRequest,
): boolean {
  const isNamed = statement.resources.some((pattern) =>
    matchesPattern(pattern, request.resource),
  );
  const isInverted = statement.inverted?.includes("resources") === true;
  return isNamed !== isInverted && appliesToAction(statement, request);
}

/** Whether any statement speaks of an action under these circumstances. */
export function appliesToAction(
  statement: Statement | TrustStatement,
  request: Pick<AccessRequest, "action" | "context">,
): boolean {
  const action = request.action.toLowerCase();
  const isNamed = statement.actions.some((pattern) =>
    matchesPattern(pattern.toLowerCase(), action),
  );
  const isInverted = statement.inverted?.includes("actions") === true;
  return (
    isNamed !== isInverted &&
    meetsConditions(statement.conditions ?? [], request.context)
  );
}
