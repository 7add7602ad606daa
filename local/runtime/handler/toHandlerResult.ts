import { types } from "node:util";
import type { Settlement } from "./callHandler";
import {
  describeError,
  formatErrorLog,
  createRuntimeError,
} from "./describeError";
import type { HandlerResult } from "../messages/messages";

const encoder = new TextEncoder();

/** The bytes that result a settled call: JSON, or a `Uint8Array` as it is. */
export function toHandlerResult(settlement: Settlement): HandlerResult {
  if ("thrown" in settlement) return toErrorResult(settlement.thrown);
  const { value } = settlement;
  // Copied, since the handler may keep the buffer and write into it again.
  if (types.isUint8Array(value)) return { payload: new Uint8Array(value) };
  try {
    // A function or a symbol has no JSON text; like nothing at all, it is `null`.
    const text = JSON.stringify(value) as string | undefined;
    return { payload: encoder.encode(text ?? "null") };
  } catch (cause) {
    const { message } = cause as Error;
    return toErrorResult(
      createRuntimeError(
        "MarshalError",
        `Unable to stringify response body: ${message}`,
      ),
    );
  }
}

/** The bytes that report an error, and its line in the log: `what` happened, then the error. */
export function toErrorResult(
  thrown: unknown,
  what = "Invoke Error",
): HandlerResult {
  const description = describeError(thrown);
  return {
    payload: encoder.encode(JSON.stringify(description)),
    errorType: description.errorType,
    errorLog: `${what} \t${formatErrorLog(thrown)}`,
  };
}
