import type { FunctionSettings } from "./FunctionRuntime";

/** What an invocation meets that comes after its runtime was closed. */
export function createClosedError({ functionName }: FunctionSettings): Error {
  return new Error(
    `The runtime of function ${functionName} is closed and runs nothing any more.`,
  );
}
