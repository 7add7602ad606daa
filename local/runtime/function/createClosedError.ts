import type { FunctionSettings } from "./FunctionSettings";

/** Creates the error for an invocation of a runtime that is closed. */
export function createClosedError({ functionName }: FunctionSettings): Error {
  return new Error(
    `The function ${functionName} cannot run because its runtime is closed.`,
  );
}
