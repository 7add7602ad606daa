import { isError } from "./isError";
import { readStringProperty } from "./readStringProperty";

/** Errors of an `AggregateError` that are described. */
const MAX_ERRORS = 5;

/** How deeply errors in errors are searched for a message. */
const MAX_DEPTH = 4;

/**
 * Returns the message of an error. If it has none, as the `AggregateError` with which Node reports that no address of a host
 * accepted a connection, returns the messages of its errors, or else of its cause.
 */
export function errorMessage(error: unknown, depth = 0): string {
  const message = readStringProperty(error, "message");
  if (message !== "" || depth >= MAX_DEPTH) return message;
  const errors = readProperty(error, "errors");
  const inner: readonly unknown[] = Array.isArray(errors)
    ? errors
    : [readProperty(error, "cause")];
  const messages = inner
    .slice(0, MAX_ERRORS)
    .map((each) => (isError(each) ? errorMessage(each, depth + 1) : ""))
    .filter((each) => each !== "");
  const omitted = inner.length - MAX_ERRORS;
  const distinct = [...new Set(messages)];
  if (omitted > 0 && distinct.length > 0) distinct.push(`and ${omitted} more`);
  return distinct.join("; ");
}

function readProperty(error: unknown, field: "errors" | "cause"): unknown {
  try {
    return (error as Record<string, unknown>)[field];
  } catch {
    return undefined;
  }
}
