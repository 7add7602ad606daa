import { limitSize, type PlatformError } from "./platformErrors";
import { formatLogLine, formatLog, type LogFields } from "./writeLog";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { HandlerResult } from "../function/HandlerResult";
import type { Invocation, InvocationOutcome } from "../function/Invocation";

/** Measurements of one invocation. */
export interface InvocationMeasurements extends Pick<
  LogFields,
  "initOutput" | "output" | "initMs" | "memoryMb"
> {
  readonly invocation: Invocation;
  readonly settings: FunctionSettings;

  /** Start of the handler, in `performance.now()` time. */
  readonly startedAt: number;
}

/** Converts a result to the outcome of the invocation. */
export function toOutcome(
  result: HandlerResult | PlatformError,
  observed: InvocationMeasurements,
): InvocationOutcome {
  const { invocation, settings } = observed;
  const { requestId } = invocation;
  const { payload, errorType } = limitSize(result);
  const timeoutMs = settings.timeoutSeconds * 1000;
  const elapsedMs = performance.now() - observed.startedAt;
  const last = lastLines(result, requestId);
  if (last !== "") settings.print?.(last);
  const isTimeout = "status" in result && result.status === "timeout";
  const log = formatLog({
    ...observed,
    requestId,
    version: settings.version,
    memorySize: settings.memorySize,
    output: observed.output + last,
    // Timers are not exact; report the complete timeout.
    durationMs: isTimeout ? timeoutMs : Math.min(elapsedMs, timeoutMs),
    ...("status" in result && { status: result.status }),
  });
  return errorType === undefined
    ? { payload, log }
    : { payload, functionError: "Unhandled", log };
}

function lastLines(
  result: HandlerResult | PlatformError,
  requestId: string,
): string {
  if ("logLines" in result) return result.logLines;
  return result.errorLog === undefined
    ? ""
    : formatLogLine("ERROR", { requestId, text: result.errorLog });
}
