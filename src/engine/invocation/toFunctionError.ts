import type { InvokeFunctionResponse } from "../../../domain";
import { FunctionError } from "../../errors";
import type { Call } from "../call/Call";
import { interpretPayload } from "./interpretPayload";
import { toOneLine } from "../text/toOneLine";
import { removeFinalPeriod } from "../text/toSentence";

/**
 * Creates the error for a function that failed, from its response. The response can be any JSON value, or no JSON at all; every
 * field is optional. An error with very many values is not described.
 */
export function toFunctionError(
  response: InvokeFunctionResponse,
  functionName: string,
  call: Call,
): FunctionError {
  const payload = readPayload(response);
  const { secrets } = call;
  const getString = (field: string): string | undefined =>
    typeof payload[field] === "string"
      ? secrets.hide(payload[field])
      : undefined;
  const errorType = getString("errorType");
  const errorMessage = getString("errorMessage");
  const lines = [payload["trace"], payload["stackTrace"]].find(Array.isArray);
  const trace = lines
    ?.filter((line) => typeof line === "string")
    .map((line) => secrets.hide(line));
  const description = [errorType, errorMessage].filter(Boolean).join(": ");
  const failure = `ran and failed${description ? ` (${removeFinalPeriod(toOneLine(description))})` : ""}`;
  const request = response.requestId
    ? ` for request ${response.requestId}`
    : "";
  return new FunctionError({
    operation: call.operation,
    message: `${call.operation}: the function ${functionName} ${failure}. Check the function's log${request}.`,
    retryable: false,
    execution: "ran",
    response,
    errorType,
    errorMessage,
    trace,
  });
}

function readPayload(
  response: InvokeFunctionResponse,
): Record<string, unknown> {
  try {
    const payload = interpretPayload(response);
    return typeof payload === "object" && payload !== null
      ? (payload as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
