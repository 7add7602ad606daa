import type {
  FunctionCode,
  FunctionRuntime,
  FunctionSettings,
} from "./FunctionRuntime";

/** Makes the runtime of one function. Nothing starts before the first invocation. */
export function createRuntime(
  code: FunctionCode,
  settings: FunctionSettings,
): FunctionRuntime {
  throw new Error(`Not written yet: ${code.kind} ${settings.functionName}`);
}
