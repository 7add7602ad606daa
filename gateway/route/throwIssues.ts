import { InvalidInputError, type Issue } from "../../src";
import { describeIssues, toSentence } from "../../src/internal";

/**
 * Reports the rules that options break.
 *
 * @throws `ERR_INVALID_INPUT`, unless there are no issues.
 */
export function throwIssues(operation: string, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  throw new InvalidInputError({
    operation,
    message: `${operation}: ${toSentence(describeIssues([...issues]))}`,
    retryable: false,
    issues: [...issues],
  });
}
