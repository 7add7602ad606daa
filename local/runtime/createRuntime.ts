import { FileRuntime } from "./instance/FileRuntime";
import { InlineRuntime } from "./inline/InlineRuntime";
import type { FunctionCode } from "./function/FunctionCode";
import type { FunctionRuntime } from "./function/FunctionRuntime";
import type { FunctionSettings } from "./function/FunctionSettings";

/** Creates the runtime of one function. No instance starts before the first invocation. */
export function createRuntime(
  code: FunctionCode,
  settings: FunctionSettings,
): FunctionRuntime {
  return code.kind === "inline"
    ? new InlineRuntime(code, settings)
    : new FileRuntime(code, settings);
}
