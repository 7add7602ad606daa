import { FileRuntime } from "./FileRuntime";
import type {
  FunctionCode,
  FunctionRuntime,
  FunctionSettings,
} from "./FunctionRuntime";
import { InlineRuntime } from "./InlineRuntime";

/** Makes the runtime of one function. Nothing starts before the first invocation. */
export function createRuntime(
  code: FunctionCode,
  settings: FunctionSettings,
): FunctionRuntime {
  return code.kind === "inline"
    ? new InlineRuntime(code, settings)
    : new FileRuntime(code, settings);
}
