import type {
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import type { Answer } from "../messages/messages";
import { withinLimit, type PlatformAnswer } from "./platformErrors";
import { logLine, writeLog, type LogFacts } from "./writeLog";

/** What was observed of one invocation. */
export interface Observation extends Pick<
  LogFacts,
  "initOutput" | "output" | "initMs" | "memoryMb"
> {
  readonly invocation: Invocation;
  readonly settings: FunctionSettings;

  /** When the handler began, on the clock of `performance.now()`. */
  readonly begunAt: number;
}

/** How an invocation ended, as the caller sees it. */
export function toOutcome(
  answer: Answer | PlatformAnswer,
  observed: Observation,
): InvocationOutcome {
  const { invocation, settings } = observed;
  const { requestId } = invocation;
  const { payload, errorType } = withinLimit(answer);
  const timeoutMs = settings.timeoutSeconds * 1000;
  const elapsedMs = performance.now() - observed.begunAt;
  const last = lastLines(answer, requestId);
  if (last !== "") settings.print?.(last);
  const isTimeout = "status" in answer && answer.status === "timeout";
  const log = writeLog({
    ...observed,
    requestId,
    version: settings.version,
    memorySize: settings.memorySize,
    output: observed.output + last,
    // A timer fires a little early or late; the function was given its whole time.
    durationMs: isTimeout ? timeoutMs : Math.min(elapsedMs, timeoutMs),
    ...("status" in answer && { status: answer.status }),
  });
  return errorType === undefined
    ? { payload, log }
    : { payload, functionError: "Unhandled", log };
}

function lastLines(answer: Answer | PlatformAnswer, requestId: string): string {
  if ("logLines" in answer) return answer.logLines;
  return answer.errorLog === undefined
    ? ""
    : logLine("ERROR", { requestId, text: answer.errorLog });
}
