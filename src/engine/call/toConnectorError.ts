import {
  DeadlineError,
  isConnectorError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
} from "../../errors";
import { NoCredentialsError } from "../credentials/CallerCredentials";
import type { Call } from "./Call";
import { isError } from "../text/isError";
import { callerDeniedAdvice, roleDeniedAdvice } from "./accessDeniedAdvice";
import { toCredentialsError } from "./toCredentialsError";
import { toSettingError } from "./toSettingError";
import { toTransportError } from "./toTransportError";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import {
  describeExecution,
  describeFunction,
  errorText,
  nextStep,
} from "./describeCall";
import { HtmlPageError } from "../http/awsError";
import { nameRoleField } from "../connection/RoleSessionParameters";
import { readRetryAfterMs } from "./classifyFailure";
import {
  readRequestId,
  readServiceCode,
  type ServiceException,
} from "./ServiceException";
import { isAccessDenied, lookUpServiceError } from "./serviceErrors";
import { attachDescription } from "../text/errorDescription";
import {
  ResponseTooLargeError,
  UnknownLengthError,
} from "../http/responseLimits";
import { InvalidResponseError } from "../http/CheckedTransport";
import { WireError } from "../http/transport";
import { UnusableSettingError } from "../http/UnusableSettingError";
import {
  toInvalidResponseError,
  toResponseError,
  toTooLargeError,
  toUnknownLengthError,
} from "./toResponseError";
import { formatNumber } from "../text/formatNumber";

/** Translates anything that was thrown into one of this package's errors. */
export function toConnectorError(
  thrown: unknown,
  call: Call,
): AnyConnectorError {
  if (isConnectorError(thrown)) return thrown;
  if (call.reason) return toDeadlineError(call, call.reason);
  try {
    return translate(isError(thrown) ? thrown : new Error(), call);
  } catch {
    // An error from other code may have any shape, for example getters that throw. Nothing of it is used then.
    return toUnknownError("the thrown value cannot be read", call);
  }
}

function translate(error: Error, call: Call): AnyConnectorError {
  if (error instanceof NoCredentialsError)
    return toCredentialsError(error, call, toConnectorError);
  if (error instanceof ResponseTooLargeError)
    return toTooLargeError(error, call);
  if (error instanceof UnknownLengthError)
    return toUnknownLengthError(error, call);
  if (error instanceof InvalidResponseError)
    return toInvalidResponseError(error, call);
  if (error instanceof WireError) return toTransportError(error, call);
  if (error instanceof HtmlPageError)
    return toResponseError(error, error.statusCode, call);
  if (error instanceof UnusableSettingError)
    return toSettingError(error.issue, call);
  const exception = error as ServiceException;
  const httpStatus = exception.$metadata?.httpStatusCode;
  if (httpStatus !== undefined)
    return exception.$fault
      ? toServiceError(exception, call)
      : toResponseError(exception, httpStatus, call);
  return toUnknownError(
    removeFinalPeriod(errorText(error, call)) || "no reason given",
    call,
    error,
  );
}

/** Translates an unknown error, by whether a response had arrived. */
function toUnknownError(
  reason: string,
  call: Call,
  error?: Error,
): AnyConnectorError {
  const { operation, execution } = call;
  const cause = error && call.secrets.toCause(error);
  const fields = { operation, retryable: false, execution, cause };
  return call.hasResponse
    ? new ResponseError({
        ...fields,
        message: `${operation}: the response${describeFunction(call)} cannot be read (${reason}). Check the endpoint and the proxy.${nextStep(call)}`,
      })
    : new TransportError({
        ...fields,
        message: `${operation}: the call${describeFunction(call)} failed before AWS responded (${reason})${describeExecution(call)}.${nextStep(call)}`,
      });
}

function toDeadlineError(
  call: Call,
  reason: "timeout" | "aborted",
): DeadlineError {
  const { operation, timeoutMs, execution } = call;
  // After that, a contract is validated, for example by a schema that asks another service.
  const missing =
    execution === "ran" ? "the call did not end" : "there was no response";
  const what =
    reason === "timeout"
      ? `${missing} within ${formatNumber(timeoutMs)} ms${describeFunction(call)}`
      : `the caller's signal aborted the call${describeFunction(call)}`;
  return new DeadlineError({
    operation,
    message: `${operation}: ${what}${describeExecution(call)}.${reason === "timeout" ? timeoutAdvice(call) : ""}${nextStep(call)}`,
    retryable: reason === "timeout",
    execution,
    reason,
    timeoutMs: reason === "timeout" ? timeoutMs : undefined,
    cause: call.deadline.abortReason,
  });
}

function timeoutAdvice({ execution }: Call): string {
  return execution === "may-have-run"
    ? " The function keeps running until its own timeout; set timeoutMs above that."
    : " Increase timeoutMs, or find out why the call is slow.";
}

function toServiceError(error: ServiceException, call: Call): ServiceError {
  const httpStatus = error.$metadata?.httpStatusCode ?? 0;
  const serviceCode = readServiceCode(error, call);
  const { retryable, ...meaning } = lookUpServiceError(serviceCode, httpStatus);
  const awsMessage = errorText(error, call);
  const describe = (target: string): string =>
    toSentence(
      `AWS returned ${serviceCode} (${httpStatus})${target}${awsMessage && `. ${awsMessage}`}`,
    );
  const deniedAdvice = isAccessDenied(error)
    ? adviceIfDenied(awsMessage, call)
    : undefined;
  const advice =
    deniedAdvice ??
    (WRONG_REGION.test(awsMessage) ? CHECK_REGION : meaning.advice);
  return attachDescription(
    new ServiceError({
      operation: call.operation,
      message: `${call.operation}: ${describe(describeFunction(call))}${advice ? ` ${toSentence(advice)}` : ""}${nextStep(call)}`,
      retryable,
      // Not from this response alone: an earlier attempt may have reached AWS.
      execution: call.execution,
      httpStatus,
      serviceCode,
      requestId: readRequestId(error, call),
      retryAfterMs: readRetryAfterMs(
        error.$response?.headers ?? {},
        call.shared.clock.now(),
      ),
      cause: call.secrets.toCause(error),
    }),
    { what: removeFinalPeriod(describe("")), advice },
  );
}

/** What AWS writes about a signature for a region that it does not have, whatever the error's code. */
const WRONG_REGION = /credential should be scoped to a valid region/i;

const CHECK_REGION =
  "Check the region of the connection; it must be the name of a region, such as eu-central-1";

/** Advice if AWS denied access to a role session or to the caller. `undefined`: that of the error's code. */
function adviceIfDenied(
  awsMessage: string,
  { deniedRole, principal, invokes }: Call,
): string | undefined {
  const roleArn = deniedRole ?? principal?.parameters.roleArn;
  if (roleArn === undefined) return callerDeniedAdvice({ awsMessage, invokes });
  const origin =
    deniedRole === undefined
      ? (principal?.parameters ?? {})
      : { assumedBy: principal };
  const sessionPolicy = nameRoleField("sessionPolicy", origin);
  return roleDeniedAdvice({ roleArn, awsMessage, invokes, sessionPolicy });
}
