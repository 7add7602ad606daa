import { FileRuntime } from "./instance/FileRuntime";
import type {
  FunctionCode,
  FunctionRuntime,
  FunctionSettings,
} from "./function/FunctionRuntime";
import { InlineRuntime } from "./inline/InlineRuntime";

/** Makes the runtime of one function. Nothing starts before the first invocation. */
export function createRuntime(
  code: FunctionCode,
  settings: FunctionSettings,
): FunctionRuntime {
  return code.kind === "inline"
    ? new InlineRuntime(code, settings)
    : new FileRuntime(code, settings);
}
