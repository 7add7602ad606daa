import { callHandler, type Settlement } from "../handler/callHandler";
import { createClosedError } from "../function/createClosedError";
import { createContext, createLogStreamName } from "../handler/createContext";
import type {
  FunctionRuntime,
  FunctionSettings,
  InlineCode,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import { measureMemoryMb } from "../handler/measureMemory";
import type { HandlerResult } from "../messages/messages";
import { parsePayload } from "../function/parsePayload";
import { discardChunk, type WriteChunk } from "../function/chunks";
import { createExitError, createTimeoutError } from "../outcome/platformErrors";
import { isChunkIterable, sendChunks } from "./sendChunks";
import { toHandlerResult } from "../handler/toHandlerResult";
import { toOutcome } from "../outcome/toOutcome";

/** Handlers with fewer parameters writeChunk no callback. */
const PARAMETERS_WITH_CALLBACK = 3;

/** Runs a handler in this process, where it was made. */
export class InlineRuntime implements FunctionRuntime {
  private readonly logStreamName: string;
  private readonly cancellations = new Set<() => void>();
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
    const begunAt = performance.now();
    const result = await this.runHandler(invocation, writeChunk);
    return toOutcome(result, {
      invocation,
      settings,
      begunAt,
      initOutput: "",
      output: "",
      memoryMb: measureMemoryMb(),
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    for (const giveUp of this.cancellations) giveUp();
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
    let giveUp: (() => void) | undefined;
    let over = false;
    const isOver = (): boolean => over;
    try {
      return await new Promise<HandlerResult>((resolve) => {
        giveUp = () => {
          resolve(createExitError(requestId, undefined));
        };
        this.cancellations.add(giveUp);
        timer = setTimeout(() => {
          resolve(createTimeoutError(requestId, timeoutSeconds));
        }, timeoutMs);
        this.call(invocation, (settlement) => {
          if ("value" in settlement && isChunkIterable(settlement.value))
            void sendChunks(settlement.value, { writeChunk, isOver }).then(
              resolve,
            );
          else resolve(toHandlerResult(settlement));
        });
      });
    } finally {
      over = true;
      clearTimeout(timer);
      if (giveUp !== undefined) this.cancellations.delete(giveUp);
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
