import {
  CredentialsError,
  DeadlineError,
  InvalidInputError,
  isConnectorError,
  ResponseError,
  ServiceError,
  TransportError,
  type AnyConnectorError,
} from "../errors";
import { KeysError } from "./CallerKeys";
import type { Call } from "./Call";
import { isError } from "./isError";
import { oneLine } from "./oneLine";
import { NotAwsError } from "./wire/refusal";
import { meaningOf } from "./serviceErrors";
import { textOf } from "./textOf";
import { WireError } from "./wire/transport";

/** Turns whatever was thrown into one error of the closed set. */
export function toConnectorError(
  thrown: unknown,
  call: Call,
): AnyConnectorError {
  if (isConnectorError(thrown)) return thrown;
  if (call.reason) return ended(call, call.reason);
  try {
    return translate(isError(thrown) ? thrown : new Error(), call);
  } catch {
    // A foreign error may be of any shape, with getters that throw: nothing of it is used then.
    return unknown("something was thrown that cannot be read", call);
  }
}

function translate(error: Error, call: Call): AnyConnectorError {
  if (error instanceof KeysError) return noKeys(error, call);
  if (error instanceof WireError) return noAnswer(error, call);
  if (error instanceof NotAwsError)
    return unreadable(error, error.statusCode, call);
  if (error.message === "Region is missing") return noRegion(call);
  const refusal = error as Refusal;
  if (refusal.$metadata?.httpStatusCode !== undefined)
    return refusal.$fault
      ? refused(refusal, call)
      : unreadable(refusal, refusal.$metadata.httpStatusCode, call);
  return unknown(one(error, call), call, error);
}

/** Nothing that is known here: told by how far the call had come. */
function unknown(why: string, call: Call, error?: Error): AnyConnectorError {
  const { operation, execution } = call;
  const cause = error && call.secrets.toCause(error);
  const facts = { operation, retryable: false, execution, cause };
  return call.answered
    ? new ResponseError({
        ...facts,
        message: `${operation}: the answer cannot be read: ${why}.`,
      })
    : new TransportError({
        ...facts,
        message: `${operation}: the call failed before AWS answered: ${why}.`,
      });
}

/** An error as the AWS SDK throws it. */
interface Refusal extends Error {
  readonly $fault?: "client" | "server";
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
  readonly $response?: { headers?: Readonly<Record<string, string>> };
}

function ended(call: Call, reason: "timeout" | "aborted"): DeadlineError {
  const { operation, timeoutMs, execution } = call;
  const what =
    reason === "timeout"
      ? `there was no answer within ${timeoutMs.toLocaleString("en")} ms`
      : "the caller's signal ended the call";
  return new DeadlineError({
    operation,
    message: `${operation}: ${what}${fate(call)}.${reason === "timeout" ? " Give it more time with timeoutMs, or find out what takes so long." : ""}`,
    retryable: reason === "timeout",
    execution,
    reason,
    timeoutMs: reason === "timeout" ? timeoutMs : undefined,
  });
}

function fate({ execution }: Call): string {
  if (execution === "may-have-run")
    return "; the function may have run, and may still be running";
  return execution === "did-not-run" ? "; the function did not run" : "";
}

function noKeys(error: KeysError, call: Call): CredentialsError {
  return new CredentialsError({
    operation: call.operation,
    message: `${call.operation}: there are no AWS credentials: ${one(error, call)}. Give credentials with the connection, or set up the machine's own chain.`,
    retryable: false,
    execution: call.execution,
    cause: call.secrets.toCause(error.cause),
  });
}

function noRegion({ operation, execution }: Call): InvalidInputError {
  const message =
    "region is missing: give one with the connection, or set AWS_REGION";
  return new InvalidInputError({
    operation,
    message: `${operation}: ${message}.`,
    retryable: false,
    execution,
    issues: [{ path: "region", rule: "required", message }],
  });
}

const WIRE_ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    "nothing listens there; check the endpoint and that the service is up",
  ENOTFOUND: "there is no such host; check the region and the endpoint",
  EAI_AGAIN: "the name could not be resolved; check the network",
  CONNECT_TIMEOUT:
    "no connection in time; check the network, the proxy, connectTimeoutMs",
  ECONNRESET: "the connection was closed before the answer",
  TRUNCATED: "the answer broke off in the middle",
  PROXY: "the proxy opened no tunnel; check the proxy",
  EPIPE: "the connection was closed while the request was sent",
};

function noAnswer(error: WireError, call: Call): TransportError {
  const advice = WIRE_ADVICE[error.code] ?? one(error, call);
  const where = isError(error.cause) ? address(error.cause) : "";
  return new TransportError({
    operation: call.operation,
    message: `${call.operation}: no answer from AWS${where} (${error.code}): ${advice}${fate(call)}.`,
    retryable: true,
    execution: call.execution,
    cause: call.secrets.toCause(error),
  });
}

function address(error: Error): string {
  const { address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  const host = hostname ?? address;
  if (host === undefined) return "";
  return ` at ${host}${port === undefined ? "" : `:${port}`}`;
}

function refused(error: Refusal, call: Call): ServiceError {
  const httpStatus = error.$metadata?.httpStatusCode ?? 0;
  const serviceCode = codeOf(error);
  const { retryable, advice } = meaningOf(serviceCode, httpStatus);
  const words = one(error, call);
  const told = words === "" || words === "UnknownError" ? "" : `: ${words}`;
  const wait = error.$response?.headers?.["retry-after"];
  return new ServiceError({
    operation: call.operation,
    message: `${call.operation}: AWS refused with ${serviceCode} (${httpStatus})${told}${told.endsWith(".") ? "" : "."}${advice ? ` ${advice}.` : ""}`,
    retryable,
    // Not from this answer alone: an earlier attempt may have been lost.
    execution: call.execution,
    httpStatus,
    serviceCode,
    requestId: requestIdOf(error),
    retryAfterMs: wait === undefined ? undefined : seconds(wait),
    cause: call.secrets.toCause(error),
  });
}

function seconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) * 1_000 : undefined;
}

function unreadable(
  error: Refusal,
  httpStatus: number,
  call: Call,
): ResponseError {
  return new ResponseError({
    operation: call.operation,
    message: `${call.operation}: the answer cannot be read: HTTP status ${httpStatus}, and not in AWS's format. Something between here and AWS may have answered; check the endpoint and the proxy.`,
    retryable: httpStatus >= 500,
    execution: call.execution,
    requestId: requestIdOf(error),
    cause: call.secrets.toCause(error),
  });
}

/** A code is a word; whatever else stands in its place may be anything. */
function codeOf(error: Error): string {
  const name = textOf(error, "name");
  return /^[\w.]{1,100}$/.test(name) ? name : "Unknown";
}

function requestIdOf({ $metadata }: Refusal): string | undefined {
  const requestId: unknown = $metadata?.requestId;
  const isId =
    typeof requestId === "string" && /^[\w-]{1,100}$/.test(requestId);
  return isId ? requestId : undefined;
}

/** The message of an error, on one line and without secrets. */
function one(error: Error, call: Call): string {
  return oneLine(call.secrets.hide(textOf(error, "message")));
}
