import { types } from "node:util";
import type { Settlement } from "./callHandler";
import {
  describeError,
  formatErrorLog,
  createRuntimeError,
} from "./describeError";
import type { HandlerResult } from "../function/HandlerResult";

const encoder = new TextEncoder();

/** Converts the outcome of a handler call to bytes: JSON, or a `Uint8Array` unchanged. */
export function toHandlerResult(settlement: Settlement): HandlerResult {
  if ("thrown" in settlement) return toErrorResult(settlement.thrown);
  const { value } = settlement;
  // Copied, because the handler may reuse the buffer.
  if (types.isUint8Array(value)) return { payload: new Uint8Array(value) };
  try {
    // Functions and symbols have no JSON representation; like `undefined`, they become `null`.
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

/**
 * Converts an error to its JSON report and its log line. `what` is the first part of the log line.
 */
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
