import { ResponseError } from "../../errors";
import { UnreadableBodyError } from "../http/awsError";
import type { InvalidResponseError } from "../http/CheckedTransport";
import type {
  ResponseTooLargeError,
  UnknownLengthError,
} from "../http/responseLimits";
import { JsonDepthError } from "../text/parseJson";
import type { Call } from "./Call";
import { describeFunction, nextStep } from "./describeCall";
import { readRequestId, type ServiceException } from "./ServiceException";
import { formatNumber } from "../text/formatNumber";

const ADVICE =
  "Another server, such as a proxy, may have sent it; check the endpoint and the proxy.";

/** Translates the error about a response that is not in AWS's format. */
export function toResponseError(
  error: ServiceException,
  httpStatus: number,
  call: Call,
): ResponseError {
  const isTooDeep =
    error instanceof UnreadableBodyError &&
    error.cause instanceof JsonDepthError;
  const problem = isTooDeep ? error.message : "is not in AWS's format";
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the response${describeFunction(call)} cannot be read because it has HTTP status ${httpStatus} and ${problem}. ${ADVICE}${nextStep(call)}`,
    retryable: httpStatus >= 500,
    execution: call.execution,
    requestId: readRequestId(error, call),
    cause: call.secrets.toCause(error),
  });
}

/** Translates the error about a response that does not say where it ends. */
export function toUnknownLengthError(
  error: UnknownLengthError,
  call: Call,
): ResponseError {
  const { httpStatusCode } = error.$metadata;
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the response${describeFunction(call)} cannot be read because it has HTTP status ${httpStatusCode} and no length, so it may be incomplete. ${ADVICE}${nextStep(call)}`,
    retryable: false,
    execution: call.execution,
    requestId: readRequestId(error, call),
    cause: call.secrets.toCause(error),
  });
}

/** Translates the error about a response whose body is too large. */
export function toTooLargeError(
  error: ResponseTooLargeError,
  call: Call,
): ResponseError {
  const { $metadata, maxBytes } = error;
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the response${describeFunction(call)} cannot be read because it has HTTP status ${$metadata.httpStatusCode} and more than ${formatNumber(maxBytes)} bytes, which is the limit. ${ADVICE}${nextStep(call)}`,
    retryable: false,
    execution: call.execution,
    requestId: readRequestId(error, call),
    cause: call.secrets.toCause(error),
  });
}

/** Translates the error about what a transport of the test hooks returned. */
export function toInvalidResponseError(
  error: InvalidResponseError,
  call: Call,
): ResponseError {
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the transport returned ${error.message}${describeFunction(call)}. Fix the transport that was passed to the connector.${nextStep(call)}`,
    retryable: false,
    execution: call.execution,
    cause: call.secrets.toCause(error),
  });
}
