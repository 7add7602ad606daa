import type { FileCode } from "./FunctionRuntime";

/** Loads a handler once, apart from the server, and rejects with an Error that names file and cause. */
export function checkFunction(code: FileCode): Promise<void> {
  return Promise.reject(new Error(`Not written yet: ${code.path}`));
}
