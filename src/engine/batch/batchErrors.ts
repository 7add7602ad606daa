import {
  DeadlineError,
  InvalidInputError,
  TransportError,
  type Execution,
  type Issue,
} from "../../errors";
import { ADVICE_IF_MAY_HAVE_RUN } from "../call/describeCall";
import { readAbortReason } from "../call/onAbort";
import { isError } from "../text/isError";
import { toOneLine } from "../text/toOneLine";
import { toSentence, removeFinalPeriod } from "../text/toSentence";
import { FileLockedError } from "./lockFile";
import { ResumeFileError } from "./openResumeFile";
import { RequestMismatchError } from "./ResumeFile";

/** The operation of a run that ended early, and whether it had sent anything. */
export interface RunState {
  readonly operation: string;
  readonly execution: Execution;
}

/** The message of an error from other code, as part of a message. */
function readMessage(thrown: unknown): string {
  const message = isError(thrown) ? thrown.message : "";
  return removeFinalPeriod(toOneLine(message)) || "no reason given";
}

function createInputError(
  { operation, execution }: RunState,
  issue: Issue,
  cause?: unknown,
): InvalidInputError {
  return new InvalidInputError({
    operation,
    message: toSentence(`${operation}: ${issue.message}`),
    retryable: false,
    execution,
    cause: isError(cause) ? cause : undefined,
    issues: [issue],
  });
}

/** The error for `requests` that threw during iteration. */
export function createRequestsError(
  state: RunState,
  thrown: unknown,
): InvalidInputError {
  const message = `requests could not be read because its iterator threw (${readMessage(thrown)})`;
  const issue = { path: "requests", rule: "readable", message };
  return createInputError(state, issue, thrown);
}

/** The error for an `onProgress` that threw. */
export function createProgressError(
  state: RunState,
  thrown: unknown,
): InvalidInputError {
  const message = `the batch was stopped because onProgress threw (${readMessage(thrown)})`;
  const issue = { path: "onProgress", rule: "threw", message };
  return createInputError(state, issue, thrown);
}

/** The error for a request that is not the one in the resume file. */
function createMismatchError(
  state: RunState,
  index: number,
): InvalidInputError {
  const path = `requests[${index}]`;
  const message = `${path} is not the request that resumeFile recorded at this index; pass the same requests in the same order, or use another file`;
  return createInputError(state, { path, rule: "resume", message });
}

/** The error for an input with fewer requests than the resume file. */
export function createMissingRequestError(
  state: RunState,
  { given, recorded }: { readonly given: number; readonly recorded: number },
): InvalidInputError {
  const path = `requests[${given}]`;
  const message = `${path} is missing because resumeFile recorded ${recorded} requests, but ${given} were passed; pass the same requests in the same order, or use another file`;
  return createInputError(state, { path, rule: "resume", message });
}

/** The error for a resume file that cannot be used, or can no longer be written. */
export function createResumeFileError(
  state: RunState,
  thrown: unknown,
): InvalidInputError {
  const path = "resumeFile";
  if (thrown instanceof ResumeFileError) {
    const { message } = thrown;
    return createInputError(state, { path, rule: "resume", message });
  }
  if (thrown instanceof FileLockedError) {
    const { message } = thrown;
    return createInputError(state, { path, rule: "locked", message });
  }
  const { code } = thrown as NodeJS.ErrnoException;
  const message = `resumeFile cannot be used (${code ?? readMessage(thrown)}); pass the path of a file in a writable directory`;
  return createInputError(state, { path, rule: "file", message }, thrown);
}

/** Translates an error that was thrown while a request was read. */
export function toRunError(
  state: RunState,
  thrown: unknown,
  index: number,
): InvalidInputError {
  return thrown instanceof RequestMismatchError
    ? createMismatchError(state, index)
    : createResumeFileError(state, thrown);
}

/** The error for a batch that the caller's signal aborted. */
export function createAbortedError(
  { operation, execution }: RunState,
  {
    signal,
    resumeFile,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly resumeFile: object | undefined;
  },
): DeadlineError {
  const advice = resumeFile
    ? "To continue, run the batch again with the same requests and the same resumeFile."
    : "To make a batch resumable, set resumeFile on its first run.";
  return new DeadlineError({
    operation,
    message: `${operation}: the caller's signal aborted the batch; invocations in flight may have run, and the remaining requests were not sent. ${advice}`,
    retryable: false,
    execution,
    reason: "aborted",
    timeoutMs: undefined,
    cause: signal && readAbortReason(signal),
  });
}

/** The error for an invocation that was in flight when a previous run ended. */
export function createUnknownOutcomeError(operation: string): TransportError {
  return new TransportError({
    operation,
    message: `${operation}: the previous run ended while the invocation was in flight; the function may have run. ${ADVICE_IF_MAY_HAVE_RUN}`,
    retryable: false,
    execution: "may-have-run",
  });
}
