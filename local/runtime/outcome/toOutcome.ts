import type {
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import type { HandlerResult } from "../messages/messages";
import { limitSize, type PlatformError } from "./platformErrors";
import { formatLogLine, formatLog, type LogFields } from "./writeLog";

/** What was observed of one invocation. */
export interface InvocationMeasurements extends Pick<
  LogFields,
  "initOutput" | "output" | "initMs" | "memoryMb"
> {
  readonly invocation: Invocation;
  readonly settings: FunctionSettings;

  /** When the handler began, on the clock of `performance.now()`. */
  readonly begunAt: number;
}

/** How an invocation ended, as the caller sees it. */
export function toOutcome(
  result: HandlerResult | PlatformError,
  observed: InvocationMeasurements,
): InvocationOutcome {
  const { invocation, settings } = observed;
  const { requestId } = invocation;
  const { payload, errorType } = limitSize(result);
  const timeoutMs = settings.timeoutSeconds * 1000;
  const elapsedMs = performance.now() - observed.begunAt;
  const last = lastLines(result, requestId);
  if (last !== "") settings.print?.(last);
  const isTimeout = "status" in result && result.status === "timeout";
  const log = formatLog({
    ...observed,
    requestId,
    version: settings.version,
    memorySize: settings.memorySize,
    output: observed.output + last,
    // A timer fires a little early or late; the function was given its whole time.
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
