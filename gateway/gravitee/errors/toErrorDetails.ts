import { isConnectorError, type AnyConnectorError } from "../../../src";
import { formatNumber } from "../../../src/internal";

/**
 * The details of a failed invocation for the client: AWS's own message in the format of Gravitee's SDK, or else the connector's. Never
 * contains a secret.
 */
export function toErrorDetails(error: unknown): string {
  if (!isConnectorError(error))
    return error instanceof Error ? error.message : "unknown";
  // The cause of a credentials error is the response of STS or SSM.
  const isCredentialsError = error.code === "ERR_CREDENTIALS";
  const refusal = isCredentialsError ? error.cause : error;
  if (!isConnectorError(refusal)) return error.message;
  if (refusal.code !== "ERR_SERVICE") return toShortMessage(refusal);
  const { httpStatus, requestId = "null", cause } = refusal;
  const message = (cause instanceof Error && cause.message) || "null";
  const service = isCredentialsError ? "" : "Service: Lambda, ";
  return `${message} (${service}Status Code: ${httpStatus}, Request ID: ${requestId})`;
}

/** What happened, without the advice that follows it: the advice is for the operator. */
function toShortMessage(error: AnyConnectorError): string {
  if (error.code === "ERR_DEADLINE" && error.timeoutMs !== undefined)
    return `no response within ${formatNumber(error.timeoutMs)} ms`;
  const { cause, message } = error;
  return (cause instanceof Error && cause.message) || message;
}
