import { callHandler, type Settlement } from "../handler/callHandler";
import { createClosedError } from "../function/createClosedError";
import { createContext, createLogStreamName } from "../handler/createContext";
import { measureMemoryMb } from "../handler/measureMemory";
import { parsePayload } from "../function/parsePayload";
import { discardChunk, type WriteChunk } from "../function/chunks";
import { createExitError, createTimeoutError } from "../outcome/platformErrors";
import { runAttributed, watchLateErrors, type InlineRun } from "./lateErrors";
import { isChunkIterable, sendChunks } from "./sendChunks";
import { toErrorResult, toHandlerResult } from "../handler/toHandlerResult";
import { toOutcome } from "../outcome/toOutcome";
import type { InlineCode } from "../function/FunctionCode";
import type { FunctionRuntime } from "../function/FunctionRuntime";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { HandlerResult } from "../function/HandlerResult";
import type { Invocation, InvocationOutcome } from "../function/Invocation";

/** Number of parameters of a handler that takes a callback. */
const PARAMETERS_WITH_CALLBACK = 3;

/** Runs a handler in this process. */
export class InlineRuntime implements FunctionRuntime {
  private readonly logStreamName: string;
  private readonly cancellations = new Set<() => void>();
  private unwatch: (() => void) | undefined;
  private isClosed = false;

  constructor(
    private readonly code: InlineCode,
    private readonly settings: FunctionSettings,
  ) {
    this.logStreamName = createLogStreamName(settings);
  }

  async invoke(
    invocation: Invocation,
    writeChunk: WriteChunk = discardChunk,
  ): Promise<InvocationOutcome> {
    const { settings } = this;
    if (this.isClosed) throw createClosedError(settings);
    this.unwatch ??= watchLateErrors();
    const startedAt = performance.now();
    const result = await this.runHandler(invocation, writeChunk);
    return toOutcome(result, {
      invocation,
      settings,
      startedAt,
      initOutput: "",
      output: "",
      memoryMb: measureMemoryMb(),
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.unwatch?.();
    for (const cancel of this.cancellations) cancel();
    return Promise.resolve();
  }

  private async runHandler(
    invocation: Invocation,
    writeChunk: WriteChunk,
  ): Promise<HandlerResult> {
    const { requestId } = invocation;
    const { timeoutSeconds } = this.settings;
    const timeoutMs = timeoutSeconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    let cancel: (() => void) | undefined;
    let hasEnded = false;
    const isEnded = (): boolean => hasEnded;
    try {
      return await new Promise<HandlerResult>((resolve) => {
        cancel = () => {
          resolve(createExitError(requestId, undefined));
        };
        this.cancellations.add(cancel);
        timer = setTimeout(() => {
          resolve(createTimeoutError(requestId, timeoutSeconds));
        }, timeoutMs);
        const run: InlineRun = {
          settings: this.settings,
          requestId,
          fail: (thrown) => {
            resolve(toErrorResult(thrown, "Uncaught Exception"));
          },
        };
        const settle = createSettle(resolve, { writeChunk, isEnded });
        runAttributed(run, () => {
          this.call(invocation, settle);
        });
      });
    } finally {
      hasEnded = true;
      clearTimeout(timer);
      if (cancel !== undefined) this.cancellations.delete(cancel);
    }
  }

  private call(
    invocation: Invocation,
    settle: (settlement: Settlement) => void,
  ): void {
    const { handler } = this.code;
    const { settings, logStreamName } = this;
    const deadlineMs = Date.now() + settings.timeoutSeconds * 1000;
    let event: unknown;
    try {
      event = parsePayload(invocation.payload);
    } catch (error) {
      settle({ thrown: error });
      return;
    }
    const settled: Settlement[] = [];
    const waitsFor = callHandler(handler, {
      event,
      context: createContext(
        { ...invocation, deadlineMs },
        { settings, logStreamName },
      ),
      settle: (settlement) => {
        settled.push(settlement);
        settle(settlement);
      },
    });
    if (
      settled.length === 0 &&
      waitsFor === "callback" &&
      handler.length < PARAMETERS_WITH_CALLBACK
    ) {
      settle({ value: null });
    }
  }
}

/** Creates a function that resolves with the result of a handler, after its chunks have been sent. */
function createSettle(
  resolve: (result: HandlerResult) => void,
  to: Parameters<typeof sendChunks>[1],
): (settlement: Settlement) => void {
  return (settlement) => {
    // Not resolved with the promise itself, which would disable the timeout.
    if ("value" in settlement && isChunkIterable(settlement.value))
      void sendChunks(settlement.value, to).then(resolve);
    else resolve(toHandlerResult(settlement));
  };
}
