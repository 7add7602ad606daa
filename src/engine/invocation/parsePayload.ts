import { ResponseError } from "../../errors";

/**
 * Parses the JSON that a function returned.
 *
 * @throws `ERR_RESPONSE` if it is not JSON.
 */
export function parsePayload(
  payloadText: string,
  context: {
    readonly operation: string;
    readonly requestId: string | undefined;
  },
): unknown {
  try {
    return JSON.parse(payloadText);
  } catch {
    const { operation, requestId } = context;
    const { length } = payloadText;
    throw new ResponseError({
      operation,
      message: `${operation}: the function's response is not JSON (${length.toLocaleString("en")} characters). Read payloadText or payloadBytes instead.`,
      retryable: false,
      execution: "ran",
      requestId,
    });
  }
}
