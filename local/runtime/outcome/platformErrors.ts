import type { HandlerResult } from "../function/HandlerResult";

/** Maximum size of a response in Lambda, in bytes. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** A result that Lambda creates instead of the function. */
export interface PlatformError extends HandlerResult {
  readonly errorType: string;

  /** Log lines below the function's own output. */
  readonly logLines: string;

  /** `Status` of the REPORT line. */
  readonly status: string;
}

/** Creates the result of an invocation that timed out. */
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

/**
 * Creates the result of an invocation whose instance exited. `exitStatus` is undefined if there was
 * none.
 */
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

/** Creates the result of an invocation that used up its memory. */
export function createOutOfMemoryError(requestId: string): PlatformError {
  return createEndError(
    "Runtime.OutOfMemory",
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );
}

/** Replaces a result that is larger than Lambda allows with an error. */
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
