import { callHandler, type Settlement } from "../handler/callHandler";
import { closedError } from "../function/createClosedError";
import { createContext, newLogStreamName } from "../handler/createContext";
import type {
  FunctionRuntime,
  FunctionSettings,
  InlineCode,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import { heapMegabytes } from "../handler/measureMemory";
import type { Answer } from "../messages/messages";
import { parsePayload } from "../function/parsePayload";
import { dropPiece, type TakePiece } from "../function/chunks";
import { exited, timedOut } from "../outcome/platformErrors";
import { isPieces, sendPieces } from "./sendChunks";
import { toAnswer } from "../handler/toHandlerResult";
import { toOutcome } from "../outcome/toOutcome";

/** Handlers with fewer parameters take no callback. */
const PARAMETERS_WITH_CALLBACK = 3;

/** Runs a handler in this process, where it was made. */
export class InlineRuntime implements FunctionRuntime {
  private readonly logStreamName: string;
  private readonly running = new Set<() => void>();
  private isClosed = false;

  constructor(
    private readonly code: InlineCode,
    private readonly settings: FunctionSettings,
  ) {
    this.logStreamName = newLogStreamName(settings);
  }

  async invoke(
    invocation: Invocation,
    take: TakePiece = dropPiece,
  ): Promise<InvocationOutcome> {
    const { settings } = this;
    if (this.isClosed) throw closedError(settings);
    const begunAt = performance.now();
    const answer = await this.answerTo(invocation, take);
    return toOutcome(answer, {
      invocation,
      settings,
      begunAt,
      initOutput: "",
      output: "",
      memoryMb: heapMegabytes(),
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    for (const giveUp of this.running) giveUp();
    return Promise.resolve();
  }

  private async answerTo(
    invocation: Invocation,
    take: TakePiece,
  ): Promise<Answer> {
    const { requestId } = invocation;
    const { timeoutSeconds } = this.settings;
    const timeoutMs = timeoutSeconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    let giveUp: (() => void) | undefined;
    let over = false;
    const isOver = (): boolean => over;
    try {
      return await new Promise<Answer>((resolve) => {
        giveUp = () => {
          resolve(exited(requestId, undefined));
        };
        this.running.add(giveUp);
        timer = setTimeout(() => {
          resolve(timedOut(requestId, timeoutSeconds));
        }, timeoutMs);
        this.call(invocation, (settlement) => {
          if ("value" in settlement && isPieces(settlement.value))
            void sendPieces(settlement.value, { take, isOver }).then(resolve);
          else resolve(toAnswer(settlement));
        });
      });
    } finally {
      over = true;
      clearTimeout(timer);
      if (giveUp !== undefined) this.running.delete(giveUp);
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
