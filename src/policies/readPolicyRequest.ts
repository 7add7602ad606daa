import type { EntityClass } from "../../domain/decorators";
import { parse, throwIfInvalid } from "../engine/validation/parse";
import type { Issue } from "../errors";

/**
 * Validates the request of a policy function.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 */
export function readPolicyRequest<Request extends object>(
  given: unknown,
  target: {
    readonly operation: string;
    readonly request: EntityClass<Request>;
  },
): Request {
  return parse(given, { ...target, outcome: "" });
}

/**
 * Throws the issues that involve several fields, if there are any.
 *
 * @throws `ERR_INVALID_INPUT` unless `issues` is empty.
 */
export function throwPolicyIssues(
  operation: string,
  issues: readonly Issue[],
): void {
  throwIfInvalid(issues, { operation, outcome: "" });
}
