import {
  CredentialsError,
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
      message: `${call.operation}: ${toSentence(message)} The function did not run.`,
      retryable: cause?.retryable ?? false,
      execution: "did-not-run",
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
  return { what: `${what}; ${reason.what}`, advice: reason.advice };
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
