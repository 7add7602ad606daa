import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";

/**
 * AWS refused the request.
 *
 * Thrown for every error response of AWS: a function that does not exist, a missing permission, too many requests, a failure
 * inside AWS. `message` says what to do if that is known. If `retryable` is true, wait `retryAfterMs` if it is set, and check
 * `execution` before you call again.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors | Errors of Invoke}
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_SERVICE")
 *     console.log(error.httpStatus, error.serviceCode);
 *   else throw error;
 * }
 */
export class ServiceError extends ConnectorError {
  declare readonly name: "ServiceError";

  readonly code = "ERR_SERVICE";

  /** The HTTP status that AWS sent. */
  readonly httpStatus!: number;

  /** AWS's error code, for example `ResourceNotFoundException`; `Unknown` if AWS sent none. New codes may be added. */
  readonly serviceCode!: string;

  /** AWS's ID of the request. Not set if the response had none. */
  readonly requestId?: string;

  /** How long AWS asks to wait, in milliseconds, from the `Retry-After` header. Not set if there was none. */
  readonly retryAfterMs?: number;

  /** Created by the connector. */
  constructor(init: ErrorInitOf<ServiceError>) {
    super(init);
  }
}

setErrorName(ServiceError, "ServiceError");
