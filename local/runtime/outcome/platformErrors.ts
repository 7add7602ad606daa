import type { Answer } from "../messages/messages";

/** Bytes of the largest answer Lambda passes on. */
export const MAX_ANSWER_BYTES = 6_291_556;

/** An answer that Lambda itself gives in the function's place. */
export interface PlatformAnswer extends Answer {
  readonly errorType: string;

  /** Lines the log gets, below the function's own output. */
  readonly logLines: string;

  /** `Status` of the REPORT line. */
  readonly status: string;
}

/** Answer to an invocation that took longer than it may. */
export function timedOut(
  requestId: string,
  timeoutSeconds: number,
): PlatformAnswer {
  const text = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    ...toReport("Sandbox.Timedout", `RequestId: ${requestId} Error: ${text}`),
    logLines: `${new Date().toISOString()} ${requestId} ${text}\n\n`,
    status: "timeout",
  };
}

/** Answer to an invocation whose instance ended: with an exit status, or without (`undefined`). */
export function exited(
  requestId: string,
  exitStatus: number | undefined,
): PlatformAnswer {
  const reason =
    exitStatus === undefined || exitStatus === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${exitStatus}`;
  return ended("Runtime.ExitError", `RequestId: ${requestId} Error: ${reason}`);
}

/** Answer to an invocation that used up its memory. */
export function outOfMemory(requestId: string): PlatformAnswer {
  return ended(
    "Runtime.OutOfMemory",
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

/** The answer as Lambda lets it pass: one that is too large is replaced. */
export function withinLimit(answer: Answer): Answer {
  if (answer.payload.byteLength <= MAX_ANSWER_BYTES) return answer;
  return toReport(
    "Function.ResponseSizeTooLarge",
    `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
  );
}

function ended(errorType: string, errorMessage: string): PlatformAnswer {
  return {
    ...toReport(errorType, errorMessage),
    logLines: `${errorMessage}\n${errorType}\n`,
    status: `error\tError Type: ${errorType}`,
  };
}

function toReport(
  errorType: string,
  errorMessage: string,
): { payload: Uint8Array; errorType: string } {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { payload, errorType };
}
