import type { ReceivedRequest } from "../local";

/** One line for the terminal: when, what, of which function, what was answered, how long it took. */
export function describeRequest(request: ReceivedRequest): string {
  const { at, service, operation, functionName, status, durationMs } = request;
  return [
    new Date(at).toTimeString().slice(0, 8),
    service === undefined ? operation : `${service} ${operation}`,
    ...(functionName === undefined ? [] : [functionName]),
    status === undefined ? "no answer" : String(status),
    `${Math.round(durationMs ?? 0)} ms`,
  ].join("  ");
}
