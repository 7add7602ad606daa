import type { HandlerResult } from "../messages/messages";

/** Bytes of the largest result Lambda passes on. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** An result that Lambda itself gives in the function's place. */
export interface PlatformError extends HandlerResult {
  readonly errorType: string;

  /** Lines the log gets, below the function's own output. */
  readonly logLines: string;

  /** `Status` of the REPORT line. */
  readonly status: string;
}

/** Answer to an invocation that took longer than it may. */
export function createTimeoutError(
  requestId: string,
  timeoutSeconds: number,
): PlatformError {
  const text = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    ...encodeReport(
      "Sandbox.Timedout",
      `RequestId: ${requestId} Error: ${text}`,
    ),
    logLines: `${new Date().toISOString()} ${requestId} ${text}\n\n`,
    status: "timeout",
  };
}

/** Answer to an invocation whose instance ended: with an exit status, or without (`undefined`). */
export function createExitError(
  requestId: string,
  exitStatus: number | undefined,
): PlatformError {
  const reason =
    exitStatus === undefined || exitStatus === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${exitStatus}`;
  return createEndError(
    "Runtime.ExitError",
    `RequestId: ${requestId} Error: ${reason}`,
  );
}

/** Answer to an invocation that used up its memory. */
export function createOutOfMemoryError(requestId: string): PlatformError {
  return createEndError(
    "Runtime.OutOfMemory",
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

/** The result as Lambda lets it pass: one that is too large is replaced. */
export function limitSize(result: HandlerResult): HandlerResult {
  if (result.payload.byteLength <= MAX_RESPONSE_BYTES) return result;
  return encodeReport(
    "Function.ResponseSizeTooLarge",
    `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
  );
}

function createEndError(
  errorType: string,
  errorMessage: string,
): PlatformError {
  return {
    ...encodeReport(errorType, errorMessage),
    logLines: `${errorMessage}\n${errorType}\n`,
    status: `error\tError Type: ${errorType}`,
  };
}

function encodeReport(
  errorType: string,
  errorMessage: string,
): { payload: Uint8Array; errorType: string } {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { payload, errorType };
}
