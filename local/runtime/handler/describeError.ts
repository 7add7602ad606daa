import { types } from "node:util";

/** An error in the format of Lambda's Node.js runtime. */
export interface ErrorDescription {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Describes a value that a handler threw. */
export function describeError(thrown: unknown): ErrorDescription {
  try {
    if (isError(thrown)) {
      return {
        errorType: thrown.name,
        errorMessage: thrown.message,
        trace: (thrown.stack ?? "").split("\n"),
      };
    }
    // `undefined` has no message; Lambda writes "handled".
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

/** Formats an error for the log as JSON, including its own fields. */
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

/** Creates an error of the runtime itself, such as `Runtime.HandlerNotFound`. */
export function createRuntimeError(name: string, cause: unknown): Error {
  const error = new Error(String(cause));
  // Not enumerable, as in an error class: the log lists enumerable fields.
  Object.defineProperty(error, "name", { value: `Runtime.${name}` });
  const trace = isError(cause) ? cause.stack : undefined;
  error.stack = `${error.name}: ${error.message}${trace === undefined ? "" : `\n${trace}`}`;
  return error;
}

// Errors of another realm, such as a test runner's, fail `instanceof Error`.
function isError(value: unknown): value is Error {
  if (types.isNativeError(value)) return true;
  const { name, message, stack } = (value ?? {}) as Partial<Error>;
  return [name, message, stack].every((part) => typeof part === "string");
}
