import { CredentialsError, type AnyConnectorError } from "../../errors";
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

/** What to do, by AWS's code, with or without its `Exception`; the same code means another thing at another step. */
export type Advice = Readonly<Record<string, string>>;

/**
 * The step that failed, so that its error can say what to do: by AWS's code, or in so many words where the step found out by
 * itself.
 */
export class RoleStepError extends Error {
  constructor(
    readonly what: string,
    readonly advice: Advice | string,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}

/** Keys were not borrowed: which step failed, what AWS said, and what to do about it. */
export function toRoleError(
  error: unknown,
  roleArn: string,
  call: Call,
): AnyConnectorError {
  if (!(error instanceof RoleStepError)) return toConnectorError(error, call);
  // A step that found out by itself was refused by nobody.
  const cause =
    error.cause === undefined ? undefined : toConnectorError(error.cause, call);
  if (cause?.code === "ERR_DEADLINE" || cause?.code === "ERR_INVALID_INPUT")
    return cause;
  const telling = tell(error, cause, call);
  const { what, advice } = telling;
  const told = advice ? `${toSentence(what)} ${advice}` : what;
  return attachDescription(
    new CredentialsError({
      operation: call.operation,
      message: `${call.operation}: ${toSentence(told)} The function did not run.`,
      retryable: cause?.retryable ?? false,
      execution: "did-not-run",
      roleArn,
      serviceCode:
        cause?.code === "ERR_SERVICE" ? cause.serviceCode : undefined,
      cause,
    }),
    telling,
  );
}

/** Which step failed, and why: what AWS said and what to do about it, else what became of the question. */
function tell(
  { what, advice, cause }: RoleStepError,
  failure: AnyConnectorError | undefined,
  call: Call,
): ErrorDescription {
  if (typeof advice === "string" || !failure)
    return { what, advice: typeof advice === "string" ? advice : undefined };
  if (failure.code !== "ERR_SERVICE") {
    const why = describeError(failure);
    return { what: `${what}: ${why.what}`, advice: why.advice };
  }
  const { serviceCode, httpStatus, retryable } = failure;
  const words = isError(cause) ? removeFinalPeriod(errorText(cause, call)) : "";
  const cure = retryable
    ? "Try again later"
    : (advice[serviceCode] ??
      advice[serviceCode.replace(/Exception$/, "")] ??
      lookUpServiceError(serviceCode, httpStatus).advice);
  return {
    what: `${what}: ${serviceCode}${words && ` (${words})`}`,
    advice: cure ?? "Correct what AWS names",
  };
}
