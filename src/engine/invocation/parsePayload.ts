import { ResponseError } from "../../errors";
import { JsonDepthError, parseJson } from "../text/parseJson";

/**
 * Parses the JSON that a function returned.
 *
 * @throws `ERR_RESPONSE` if it is not JSON, or is nested too deeply.
 */
export function parsePayload(
  payloadText: string,
  context: {
    readonly operation: string;
    readonly requestId: string | undefined;
  },
): unknown {
  try {
    return parseJson(payloadText);
  } catch (error) {
    const { operation, requestId } = context;
    const { length } = payloadText;
    const problem =
      error instanceof JsonDepthError ? error.message : "not JSON";
    throw new ResponseError({
      operation,
      message: `${operation}: the function's response is ${problem} (${length.toLocaleString("en")} characters). Read payloadText or payloadBytes instead.`,
      retryable: false,
      execution: "ran",
      requestId,
    });
  }
}
