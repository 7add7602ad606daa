import { InvalidInputError, type Issue } from "../../errors";
import type { Call } from "./Call";
import { toSentence } from "../text/toSentence";
import { REQUEST_NOT_SENT } from "../validation/parse";

/** Creates the error about a setting that could not be used for a request. */
export function toSettingError(issue: Issue, call: Call): InvalidInputError {
  const { operation, execution } = call;
  return new InvalidInputError({
    operation,
    message: `${operation}: ${toSentence(issue.message)} ${REQUEST_NOT_SENT}`,
    retryable: false,
    execution,
    issues: [issue],
  });
}
