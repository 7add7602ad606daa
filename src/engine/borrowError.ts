import { CredentialsError, type AnyConnectorError } from "../errors";
import type { Call } from "./Call";
import { isError } from "./isError";
import { clause, sentence } from "./sentence";
import { meaningOf } from "./serviceErrors";
import { wordsOf } from "./tell";
import { toConnectorError } from "./toConnectorError";

/** What to do, by AWS's code, with or without its `Exception`; the same code means another thing at another step. */
export type Advice = Readonly<Record<string, string>>;

/** The step that failed, so that its error can say what to do. */
export class StepError extends Error {
  constructor(
    readonly what: string,
    readonly advice: Advice,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}

/** Keys were not borrowed: which step failed, what AWS said, and what to do about it. */
export function notBorrowed(
  error: unknown,
  roleArn: string,
  call: Call,
): unknown {
  const step = error instanceof StepError ? error : undefined;
  const cause = toConnectorError(step?.cause ?? error, call);
  if (
    !step ||
    cause.code === "ERR_DEADLINE" ||
    cause.code === "ERR_INVALID_INPUT"
  )
    return cause;
  const answered = cause.code === "ERR_SERVICE";
  return new CredentialsError({
    operation: call.operation,
    message: `${call.operation}: ${sentence(`${step.what}${whyNot(step, cause, call)}`)} The function did not run.`,
    retryable: cause.retryable,
    execution: "did-not-run",
    roleArn,
    serviceCode: answered ? cause.serviceCode : undefined,
    cause,
  });
}

/** What AWS said and what to do about it; where it said nothing, what became of the question. */
function whyNot(step: StepError, cause: AnyConnectorError, call: Call): string {
  if (step.cause === undefined) return "";
  if (cause.code !== "ERR_SERVICE") {
    const told = cause.message.slice(`${cause.operation}: `.length);
    return `: ${told.replace("; the function did not run", "")}`;
  }
  const { serviceCode, httpStatus, retryable } = cause;
  const words = isError(step.cause) ? clause(wordsOf(step.cause, call)) : "";
  const advice = retryable
    ? "Try again later"
    : (step.advice[serviceCode] ??
      step.advice[serviceCode.replace(/Exception$/, "")] ??
      meaningOf(serviceCode, httpStatus).advice);
  return `: ${sentence(`${serviceCode}${words && ` (${words})`}`)} ${advice ?? "Correct what AWS names"}`;
}
