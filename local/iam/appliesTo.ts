import { meetsConditions, type ConditionContext } from "./Condition";
import { matchesPattern } from "./matchesPattern";
import type { Statement, TrustStatement } from "./Statement";

/** The action that a caller requests, and the resource. */
export interface AccessRequest {
  /** Action, such as `lambda:InvokeFunction`. */
  readonly action: string;

  /** ARN of the resource as the request contains it, or `*` if the action has no resource. */
  readonly resource: string;

  /** Values for condition keys. */
  readonly context: ConditionContext;
}

/** Whether a statement of a permission or session policy applies to a request. */
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

/** Whether a statement of any policy applies to an action under the given conditions. */
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
