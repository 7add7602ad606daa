import { types } from "node:util";
import type { Settlement } from "./callHandler";
import { describeError, errorLogText, runtimeError } from "./describeError";
import type { Answer } from "../messages/messages";

const encoder = new TextEncoder();

/** The bytes that answer a settled call: JSON, or a `Uint8Array` as it is. */
export function toAnswer(settlement: Settlement): Answer {
  if ("thrown" in settlement) return toFailure(settlement.thrown);
  const { value } = settlement;
  // Copied, since the handler may keep the buffer and write into it again.
  if (types.isUint8Array(value)) return { payload: new Uint8Array(value) };
  try {
    // A function or a symbol has no JSON text; like nothing at all, it is `null`.
    const text = JSON.stringify(value) as string | undefined;
    return { payload: encoder.encode(text ?? "null") };
  } catch (cause) {
    const { message } = cause as Error;
    return toFailure(
      runtimeError(
        "MarshalError",
        `Unable to stringify response body: ${message}`,
      ),
    );
  }
}

/** The bytes that report an error, and its line in the log: `what` happened, then the error. */
export function toFailure(thrown: unknown, what = "Invoke Error"): Answer {
  const description = describeError(thrown);
  return {
    payload: encoder.encode(JSON.stringify(description)),
    errorType: description.errorType,
    errorLog: `${what} \t${errorLogText(thrown)}`,
  };
}
