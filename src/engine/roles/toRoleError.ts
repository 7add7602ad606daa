import {
  CredentialsError,
  isConnectorError,
  type AnyConnectorError,
  type ServiceError,
} from "../../errors";
import type { Call } from "../call/Call";
import { isError } from "../text/isError";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import { lookUpServiceError } from "../call/serviceErrors";
import { errorText } from "../call/describeCall";
import {
  attachDescription,
  describeError,
  type ErrorDescription,
} from "../text/errorDescription";
import { toConnectorError } from "../call/toConnectorError";
import { RoleStepError } from "./RoleStepError";

const DID_NOT_RUN = " The function did not run.";

/** How errors say that the function did not run: as part of a sentence, or as a sentence. */
const NOT_RUN = /; the function did not run| The function did not run\./;

/** Translates a failure to assume a role: the step that failed, AWS's error, and advice. */
export function toRoleError(
  error: unknown,
  roleArn: string,
  call: Call,
): AnyConnectorError {
  if (!(error instanceof RoleStepError)) return toConnectorError(error, call);
  const cause =
    error.cause === undefined ? undefined : toConnectorError(error.cause, call);
  if (cause?.code === "ERR_DEADLINE" || cause?.code === "ERR_INVALID_INPUT")
    return cause;
  const description = describeStep(error, cause, call);
  const { what, advice } = description;
  const message = advice ? `${toSentence(what)} ${advice}` : what;
  return attachDescription(
    new CredentialsError({
      operation: call.operation,
      message: `${call.operation}: ${toSentence(message)}${call.invokes ? DID_NOT_RUN : ""}`,
      retryable: cause?.retryable ?? false,
      execution: call.execution,
      roleArn,
      serviceCode:
        cause?.code === "ERR_SERVICE" ? cause.serviceCode : undefined,
      cause,
    }),
    description,
  );
}

function describeStep(
  step: RoleStepError,
  cause: AnyConnectorError | undefined,
  call: Call,
): ErrorDescription {
  const { what, advice } = step;
  if (typeof advice === "string") return { what, advice };
  if (!cause) return { what };
  if (cause.code === "ERR_SERVICE")
    return describeServiceError(step, cause, call);
  const reason = describeError(cause);
  // The same role can be that of the connection and that of the request.
  const isRepeated = reason.what.startsWith(what);
  return {
    what: isRepeated ? reason.what : `${what}; ${reason.what}`,
    advice: reason.advice,
  };
}

function describeServiceError(
  { what, advice, cause }: RoleStepError,
  { serviceCode, httpStatus, retryable }: ServiceError,
  call: Call,
): ErrorDescription {
  const message = isError(cause)
    ? removeFinalPeriod(errorText(cause, call))
    : "";
  const byCode = typeof advice === "string" ? {} : advice;
  const known = retryable
    ? "Try again later"
    : (byCode[serviceCode] ??
      byCode[serviceCode.replace(/Exception$/, "")] ??
      lookUpServiceError(serviceCode, httpStatus).advice);
  return {
    what: `${what}; AWS returned ${serviceCode}${message && ` (${message})`}`,
    advice: known ?? "Correct the value that AWS names",
  };
}

/**
 * Returns the error of a shared call as an error of a call that waited for it: another operation can have started it, and the
 * call itself knows whether its function ran.
 */
export function toErrorOf(call: Call, error: unknown): unknown {
  if (!isConnectorError(error)) return error;
  const { operation, execution } = call;
  if (error.operation === operation && error.execution === execution)
    return error;
  const prefix = `${error.operation}: `;
  const message = error.message.startsWith(prefix)
    ? `${operation}: ${error.message.slice(prefix.length)}`
    : error.message;
  const Kind = error.constructor as new (init: object) => AnyConnectorError;
  const copy = new Kind({
    ...(error as object),
    operation,
    execution,
    message:
      execution === "did-not-run" ? message : message.replace(NOT_RUN, ""),
    cause: error.cause,
  });
  return attachDescription(copy, describeError(error));
}
