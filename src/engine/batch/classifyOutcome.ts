import type { AnyConnectorError, ServiceError } from "../../errors";
import { lookUpServiceError } from "../call/serviceErrors";

/** Whether AWS had too much at once, and certainly ran nothing. */
export function isThrottled(error: AnyConnectorError): error is ServiceError {
  return (
    error.code === "ERR_SERVICE" &&
    error.execution === "did-not-run" &&
    lookUpServiceError(error.serviceCode, error.httpStatus).retryReason ===
      "throttled"
  );
}

/** Whether the caller's signal fired before it could run. */
export function isUnsent(error: AnyConnectorError): boolean {
  return (
    error.code === "ERR_DEADLINE" &&
    error.reason === "aborted" &&
    error.execution === "did-not-run"
  );
}
