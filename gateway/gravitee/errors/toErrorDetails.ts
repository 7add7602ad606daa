import { isConnectorError, type AnyConnectorError } from "../../../src";

/**
 * What a client is told of why no usable answer came: what AWS said, as the vendor's SDK writes it, else what the connector found; never
 * a secret.
 */
export function toErrorDetails(error: unknown): string {
  if (!isConnectorError(error))
    return error instanceof Error ? error.message : "unknown";
  // A role that was refused, or an external id that could not be read, stands behind an error of its own.
  const isBorrowing = error.code === "ERR_CREDENTIALS";
  const refusal = isBorrowing ? error.cause : error;
  if (!isConnectorError(refusal)) return error.message;
  if (refusal.code !== "ERR_SERVICE") return withoutAdvice(refusal);
  const { httpStatus, requestId = "null", cause } = refusal;
  const said = (cause instanceof Error && cause.message) || "null";
  const service = isBorrowing ? "" : "Service: Lambda, ";
  return `${said} (${service}Status Code: ${httpStatus}, Request ID: ${requestId})`;
}

/** What happened; what to do about it is the host's to read. */
function withoutAdvice(error: AnyConnectorError): string {
  if (error.code === "ERR_DEADLINE" && error.timeoutMs !== undefined)
    return `there was no answer within ${error.timeoutMs.toLocaleString("en")} ms`;
  const { cause, message } = error;
  return (cause instanceof Error && cause.message) || message;
}
