import { isConnectorError } from "../../errors";
import { isError } from "../text/isError";
import { REJECTED_CREDENTIALS_CODES } from "../call/serviceErrors";

/**
 * Error handler that returns `false` if AWS rejected the credentials of the request, or those with which the connection's
 * role had to be assumed. It rethrows every other error.
 */
export function falseIfCredentialsRejected(error: unknown): false {
  if (REJECTED_CREDENTIALS_CODES.includes(readCode(error) ?? "")) return false;
  throw error;
}

function readCode(error: unknown): string | undefined {
  if (!isConnectorError(error)) return isError(error) ? error.name : undefined;
  const { cause } = error;
  return isConnectorError(cause) && cause.code === "ERR_SERVICE"
    ? cause.serviceCode
    : undefined;
}
