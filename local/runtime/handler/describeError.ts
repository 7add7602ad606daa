import { types } from "node:util";

/** An error as the Node.js runtime of Lambda reports it. */
export interface ErrorDescription {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Describes whatever a handler threw. */
export function describeError(thrown: unknown): ErrorDescription {
  try {
    if (isError(thrown)) {
      return {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: (thrown.stack ?? "").split("\n"),
      };
    }
    // `throw undefined` has no text of its own; Lambda says "handled".
    const value: unknown = thrown ?? "handled";
    return {
      errorType: typeof value,
      errorMessage: String(value),
      trace: [],
    };
  } catch {
    return {
      errorType: "handled",
      errorMessage:
        "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack",
      trace: [],
    };
  }
}

/** The JSON text that stands in the log for an error, its own fields included. */
export function formatErrorLog(thrown: unknown): string {
  const error = isError(thrown) ? thrown : new Error(String(thrown));
  const { errorType, errorMessage, trace } = describeError(error);
  const code = (error as { code?: unknown }).code;
  try {
    const own = { errorType, errorMessage, code };
    return JSON.stringify(Object.assign(own, error, { stack: trace }));
  } catch {
    return JSON.stringify({ errorType, errorMessage, trace });
  }
}

/** An error of the runtime itself, such as `Runtime.HandlerNotFound`. */
export function createRuntimeError(name: string, cause: unknown): Error {
  const error = new Error(String(cause));
  // Not enumerable, as with a class of errors: the log lists own fields.
  Object.defineProperty(error, "name", { value: `Runtime.${name}` });
  const trace = isError(cause) ? cause.stack : undefined;
  error.stack = `${error.name}: ${error.message}${trace === undefined ? "" : `\n${trace}`}`;
  return error;
}

// Errors of another realm, as test runners make them, are no `instanceof Error`.
function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  const { name, message, stack } = (value ?? {}) as Partial<Error>;
  return [name, message, stack].every((part) => typeof part === "string");
}
