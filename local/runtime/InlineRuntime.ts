import { callHandler } from "./callHandler";
import { closedError } from "./closedError";
import { createContext, newLogStreamName } from "./createContext";
import type {
  FunctionRuntime,
  FunctionSettings,
  InlineCode,
  Invocation,
  InvocationOutcome,
} from "./FunctionRuntime";
import { heapMegabytes } from "./heapMegabytes";
import type { Answer } from "./instanceProtocol";
import { parsePayload } from "./parsePayload";
import { exited, timedOut } from "./platformAnswers";
import { toAnswer, toFailure } from "./toAnswer";
import { toOutcome } from "./toOutcome";

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

  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    const { settings } = this;
    if (this.isClosed) throw closedError(settings);
    const begunAt = performance.now();
    const answer = await this.answerTo(invocation);
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

  private async answerTo(invocation: Invocation): Promise<Answer> {
    const { requestId } = invocation;
    const { timeoutSeconds } = this.settings;
    const timeoutMs = timeoutSeconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    let giveUp: (() => void) | undefined;
    try {
      return await new Promise<Answer>((resolve) => {
        giveUp = () => {
          resolve(exited(requestId, undefined));
        };
        this.running.add(giveUp);
        timer = setTimeout(() => {
          resolve(timedOut(requestId, timeoutSeconds));
        }, timeoutMs);
        this.call(invocation, resolve);
      });
    } finally {
      clearTimeout(timer);
      if (giveUp !== undefined) this.running.delete(giveUp);
    }
  }

  private call(
    invocation: Invocation,
    resolve: (answer: Answer) => void,
  ): void {
    const { handler } = this.code;
    const { settings, logStreamName } = this;
    const deadlineMs = Date.now() + settings.timeoutSeconds * 1000;
    let event: unknown;
    try {
      event = parsePayload(invocation.payload);
    } catch (error) {
      resolve(toFailure(error));
      return;
    }
    const waitsFor = callHandler(handler, {
      event,
      context: createContext(
        { ...invocation, deadlineMs },
        { settings, logStreamName },
      ),
      settle: (settlement) => {
        resolve(toAnswer(settlement));
      },
    });
    // A call that is settled already is not settled again.
    if (waitsFor === "callback" && handler.length < PARAMETERS_WITH_CALLBACK) {
      resolve(toAnswer({ value: null }));
    }
  }
}
