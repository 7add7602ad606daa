import { ResponseError } from "../../errors";
import { JsonDepthError, parseJson } from "../text/parseJson";
import { formatNumber } from "../text/formatNumber";

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
    /** Missing if it is not known. */
    readonly functionName?: string;
  },
): unknown {
  try {
    return parseJson(payloadText);
  } catch (error) {
    const { operation, requestId, functionName } = context;
    const response =
      functionName === undefined
        ? "the function's response"
        : `the response of the function ${functionName}`;
    const { length } = payloadText;
    const problem =
      error instanceof JsonDepthError ? error.message : "not JSON";
    throw new ResponseError({
      operation,
      message: `${operation}: ${response} is ${problem} (${formatNumber(length)} characters). Read payloadText or payloadBytes instead.`,
      retryable: false,
      execution: "ran",
      requestId,
    });
  }
}
