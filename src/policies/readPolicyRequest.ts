import type { EntityClass } from "../../domain/decorators";
import type { Places } from "../engine/validation/misplacedFields";
import { parse, throwIfInvalid } from "../engine/validation/parse";
import type { Issue } from "../errors";

/**
 * Validates the request of a function that sends nothing. It has no connection, in which other fields could belong.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 */
export function readPolicyRequest<Request extends object>(
  given: unknown,
  target: {
    readonly operation: string;
    readonly request: EntityClass<Request>;
    /** Where fields belong that callers confuse with fields of the request. Defaults to none. */
    readonly elsewhere?: Places;
  },
): Request {
  return parse(given, { elsewhere: {}, ...target, outcome: "" });
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
