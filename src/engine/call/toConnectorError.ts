import {
  CredentialsError,
  DeadlineError,
  InvalidInputError,
  isConnectorError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
  type Issue,
} from "../../errors";
import { NoCredentialsError } from "../connection/CallerCredentials";
import type { Call } from "./Call";
import { isError } from "../text/isError";
import { invocationDeniedAdvice } from "./accessDeniedAdvice";
import { toTransportError } from "./toTransportError";
import { toOneLine } from "../text/toOneLine";
import { withoutFinalPeriod, toSentence } from "../text/toSentence";
import { describeExecution, nextStep, errorText } from "./describeCall";
import { NotAwsError } from "../http/awsError";
import { readRetryAfterMs } from "./classifyFailure";
import { isDenied, lookUpServiceError } from "./serviceErrors";
import {
  attachDescription,
  describeError,
  type ErrorDescription,
} from "../text/errorDescription";
import { readStringProperty } from "../text/readStringProperty";
import { WireError } from "../http/transport";

/** Turns whatever was thrown into one error of the closed set. */
export function toConnectorError(
  thrown: unknown,
  call: Call,
): AnyConnectorError {
  if (isConnectorError(thrown)) return thrown;
  if (call.reason) return toDeadlineError(call, call.reason);
  try {
    return translate(isError(thrown) ? thrown : new Error(), call);
  } catch {
    // A foreign error may be of any shape, with getters that throw: nothing of it is used then.
    return toUnknownError("something was thrown that cannot be read", call);
  }
}

function translate(error: Error, call: Call): AnyConnectorError {
  if (error instanceof NoCredentialsError)
    return toCredentialsError(error, call);
  if (error instanceof WireError) return toTransportError(error, call);
  if (error instanceof NotAwsError)
    return toResponseError(error, error.statusCode, call);
  if (/^Region (is missing|not accepted)/.test(error.message))
    return toRegionError(error, call);
  const refusal = error as Refusal;
  if (refusal.$metadata?.httpStatusCode !== undefined)
    return refusal.$fault
      ? toServiceError(refusal, call)
      : toResponseError(refusal, refusal.$metadata.httpStatusCode, call);
  return toUnknownError(
    errorText(error, call) || "no reason given",
    call,
    error,
  );
}

/** Nothing that is known here: told by how far the call had come. */
function toUnknownError(
  why: string,
  call: Call,
  error?: Error,
): AnyConnectorError {
  const { operation, execution } = call;
  const cause = error && call.secrets.toCause(error);
  const facts = { operation, retryable: false, execution, cause };
  return call.hasResponse
    ? new ResponseError({
        ...facts,
        message: toSentence(`${operation}: the answer cannot be read: ${why}`),
      })
    : new TransportError({
        ...facts,
        message: toSentence(
          `${operation}: the call failed before AWS answered: ${why}`,
        ),
      });
}

/** An error as the AWS SDK throws it. */
interface Refusal extends Error {
  readonly $fault?: "client" | "server";
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
  readonly $response?: { headers?: Readonly<Record<string, string>> };
}

function toDeadlineError(
  call: Call,
  reason: "timeout" | "aborted",
): DeadlineError {
  const { operation, timeoutMs, execution } = call;
  const what =
    reason === "timeout"
      ? `there was no answer within ${timeoutMs.toLocaleString("en")} ms`
      : "the caller's signal ended the call";
  return new DeadlineError({
    operation,
    message: `${operation}: ${what}${describeExecution(call)}.${reason === "timeout" ? moreTime(call) : ""}${nextStep(call)}`,
    retryable: reason === "timeout",
    execution,
    reason,
    timeoutMs: reason === "timeout" ? timeoutMs : undefined,
  });
}

function moreTime({ execution }: Call): string {
  return execution === "may-have-run"
    ? " A function goes on up to its own time-out: give a timeoutMs above that."
    : " Give it more time with timeoutMs, or find out what takes so long.";
}

function toCredentialsError(
  error: NoCredentialsError,
  call: Call,
): CredentialsError {
  const { operation, execution } = call;
  const { cause } = error;
  const facts = { operation, execution, cause: call.secrets.toCause(cause) };
  if (isConnectorError(cause)) return toProviderError(cause, call, facts.cause);
  const telling = describeMissingCredentials(
    withoutFinalPeriod(errorText(error, call)),
    call,
  );
  return attachDescription(
    new CredentialsError({
      ...facts,
      message: `${operation}: ${telling.what}. ${telling.advice}.`,
      retryable: false,
    }),
    telling,
  );
}

/** One of our own operations should have given the keys: what it says holds here as well. */
function toProviderError(
  failed: AnyConnectorError,
  call: Call,
  cause: Error | undefined,
): CredentialsError {
  const { operation, execution } = call;
  const known = describeError(failed);
  const hide = (text: string): string => toOneLine(call.secrets.hide(text));
  const what = `no keys came from ${hide(failed.operation)}: ${hide(known.what)}`;
  const advice = known.advice && hide(known.advice);
  const { roleArn, serviceCode } = failed as Partial<CredentialsError>;
  return attachDescription(
    new CredentialsError({
      operation,
      message: `${operation}: ${toSentence(what)}${advice ? ` ${toSentence(advice)}` : ""}`,
      retryable: failed.retryable,
      execution,
      roleArn,
      serviceCode,
      cause,
    }),
    { what, advice },
  );
}

const PROVIDER = "the function that gives the credentials";

function describeMissingCredentials(
  words: string,
  { settings }: Call,
): Required<ErrorDescription> {
  if (typeof settings.credentials !== "function")
    return {
      what: `there are no AWS credentials: ${words}`,
      advice:
        "Give credentials with the connection, or set up the machine's own chain",
    };
  return {
    what: words.startsWith(PROVIDER) ? words : `${PROVIDER} failed: ${words}`,
    advice: "Mend that function, or give other credentials with the connection",
  };
}

function toRegionError(error: Error, call: Call): InvalidInputError {
  const { operation, execution } = call;
  const issue = regionIssue(error.message);
  return new InvalidInputError({
    operation,
    message: toSentence(`${operation}: ${issue.message}`),
    retryable: false,
    execution,
    issues: [issue],
  });
}

function regionIssue(words: string): Issue {
  const path = "region";
  if (words.startsWith("Region is missing")) {
    const message =
      "region is missing: give one with the connection, or set AWS_REGION";
    return { path, rule: "required", message };
  }
  // The AWS SDK takes an empty variable for a region, and looks no further.
  if (words.includes('region=""')) {
    const message =
      "region is missing: AWS_REGION is empty; set or unset it, or give a region with the connection";
    return { path, rule: "required", message };
  }
  const message =
    "region takes AWS's name of a region, for example eu-central-1; correct the one that AWS's configuration files or the function's ARN name";
  return { path, rule: "environment", message };
}

function toServiceError(error: Refusal, call: Call): ServiceError {
  const httpStatus = error.$metadata?.httpStatusCode ?? 0;
  const serviceCode = codeOf(error);
  const { retryable, ...known } = lookUpServiceError(serviceCode, httpStatus);
  const words = errorText(error, call);
  const told = toSentence(
    `AWS refused with ${serviceCode} (${httpStatus})${words && `: ${words}`}`,
  );
  const advice =
    call.deniedRole !== undefined && isDenied(error)
      ? invocationDeniedAdvice(call.deniedRole, words)
      : known.advice;
  return attachDescription(
    new ServiceError({
      operation: call.operation,
      message: `${call.operation}: ${told}${advice ? ` ${toSentence(advice)}` : ""}${nextStep(call)}`,
      retryable,
      // Not from this answer alone: an earlier attempt may have been lost.
      execution: call.execution,
      httpStatus,
      serviceCode,
      requestId: requestIdOf(error),
      retryAfterMs: readRetryAfterMs(
        error.$response?.headers ?? {},
        call.shared.clock.now(),
      ),
      cause: call.secrets.toCause(error),
    }),
    { what: withoutFinalPeriod(told), advice },
  );
}

function toResponseError(
  error: Refusal,
  httpStatus: number,
  call: Call,
): ResponseError {
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the answer cannot be read: HTTP status ${httpStatus}, and not in AWS's format. Something between here and AWS may have answered; check the endpoint and the proxy.${nextStep(call)}`,
    retryable: httpStatus >= 500,
    execution: call.execution,
    requestId: requestIdOf(error),
    cause: call.secrets.toCause(error),
  });
}

/** A code is a word; whatever else stands in its place may be anything. */
function codeOf(error: Error): string {
  const name = readStringProperty(error, "name");
  return /^[\w.]{1,100}$/.test(name) ? name : "Unknown";
}

function requestIdOf({ $metadata }: Refusal): string | undefined {
  const requestId: unknown = $metadata?.requestId;
  const isId =
    typeof requestId === "string" && /^[\w-]{1,100}$/.test(requestId);
  return isId ? requestId : undefined;
}
