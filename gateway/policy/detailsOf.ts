import { isConnectorError } from "../../src";

/**
 * What a client is told of why no usable answer came: what AWS said, as the vendor's SDK writes it, else what the connector found; never
 * a secret.
 */
export function detailsOf(error: unknown): string {
  if (!isConnectorError(error))
    return error instanceof Error ? error.message : "unknown";
  // A role that was refused, or an external id that could not be read, stands behind an error of its own.
  const isBorrowing = error.code === "ERR_CREDENTIALS";
  const refusal = isBorrowing ? error.cause : error;
  if (!isConnectorError(refusal) || refusal.code !== "ERR_SERVICE")
    return error.message;
  const { httpStatus, requestId = "null", cause } = refusal;
  const said = (cause instanceof Error && cause.message) || "null";
  const service = isBorrowing ? "" : "Service: Lambda, ";
  return `${said} (${service}Status Code: ${httpStatus}, Request ID: ${requestId})`;
}
