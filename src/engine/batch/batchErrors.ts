import {
  DeadlineError,
  InvalidInputError,
  TransportError,
  type Execution,
} from "../../errors";
import { ADVICE_IF_MAY_HAVE_RUN } from "../call/describeCall";
import { isError } from "../text/isError";
import { toOneLine } from "../text/toOneLine";
import { removeFinalPeriod, toSentence } from "../text/toSentence";
import { RequestMismatchError } from "./ResumeFile";
import { FileLockedError } from "./lockFile";
import { ResumeFileError } from "./readResumeFile";

/** Which run ended, and whether it had sent anything. */
export interface RunState {
  readonly operation: string;
  readonly execution: Execution;
}

/** Words of somebody else, for a message. */
function wordsOf(thrown: unknown): string {
  const words = isError(thrown) ? thrown.message : "";
  return removeFinalPeriod(toOneLine(words)) || "no reason given";
}

function invalid(
  { operation, execution }: RunState,
  issue: { path: string; rule: string; message: string },
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

/** What was given to be read threw. */
export function createRequestsError(
  ended: RunState,
  thrown: unknown,
): InvalidInputError {
  const message = `the requests could not be read: ${wordsOf(thrown)}`;
  return invalid(
    ended,
    { path: "requests", rule: "readable", message },
    thrown,
  );
}

/** Who was to be told of the progress threw. */
export function createProgressError(
  ended: RunState,
  thrown: unknown,
): InvalidInputError {
  const message = `onProgress threw, and the run was stopped: ${wordsOf(thrown)}`;
  return invalid(ended, { path: "onProgress", rule: "threw", message }, thrown);
}

/** The input is not the one that the resume file is about. */
export function createMismatchError(
  ended: RunState,
  index: number,
): InvalidInputError {
  const path = `requests[${index}]`;
  const message = `${path} is not the request that resumeFile knows at this place; give the same requests in the same order, or another file`;
  return invalid(ended, { path, rule: "resume", message });
}

/** The input ends before the one that the resume file is about. */
export function createMissingRequestError(
  ended: RunState,
  { length, met }: { readonly length: number; readonly met: number },
): InvalidInputError {
  const path = `requests[${length}]`;
  const message = `${path} is missing: resumeFile knows ${met} requests, and ${length} were given; give the same requests in the same order, or another file`;
  return invalid(ended, { path, rule: "resume", message });
}

/** The resume file cannot be used, or no longer be written. */
export function createResumeFileError(
  ended: RunState,
  thrown: unknown,
): InvalidInputError {
  const path = "resumeFile";
  if (thrown instanceof ResumeFileError)
    return invalid(ended, { path, rule: "resume", message: thrown.message });
  if (thrown instanceof FileLockedError)
    return invalid(ended, { path, rule: "locked", message: thrown.message });
  const { code } = thrown as NodeJS.ErrnoException;
  const message = `resumeFile cannot be used: ${code ?? wordsOf(thrown)}; give the name of a file in a folder that can be written`;
  return invalid(ended, { path, rule: "file", message }, thrown);
}

/** Whatever ends a run from inside. */
export function toRunError(
  ended: RunState,
  thrown: unknown,
  index: number,
): InvalidInputError {
  return thrown instanceof RequestMismatchError
    ? createMismatchError(ended, index)
    : createResumeFileError(ended, thrown);
}

/** The caller's signal fired. */
export function createAbortedError({
  operation,
  execution,
}: RunState): DeadlineError {
  return new DeadlineError({
    operation,
    message: `${operation}: the caller's signal ended the run; what was in flight may have run, what came after it was not sent. To be able to go on, give a resumeFile from the beginning.`,
    retryable: false,
    execution,
    reason: "aborted",
    timeoutMs: undefined,
  });
}

/** A run before this one sent it, and did not live to see what became of it. */
export function createUnknownOutcomeError(operation: string): TransportError {
  return new TransportError({
    operation,
    message: `${operation}: the run before this one ended while the invocation was in flight; the function may have run. ${ADVICE_IF_MAY_HAVE_RUN}`,
    retryable: false,
    execution: "may-have-run",
  });
}
