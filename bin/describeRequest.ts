import type { ReceivedRequest } from "../local";

/**
 * Formats a request as one line for the terminal: time, operation, function, status and duration.
 */
export function describeRequest(request: ReceivedRequest): string {
  const { at, service, operation, functionName, status, durationMs } = request;
  return [
    new Date(at).toTimeString().slice(0, 8),
    service === undefined ? operation : `${service} ${operation}`,
    ...(functionName === undefined ? [] : [functionName]),
    status === undefined ? "no response" : String(status),
    `${Math.round(durationMs ?? 0)} ms`,
  ].join("  ");
}
