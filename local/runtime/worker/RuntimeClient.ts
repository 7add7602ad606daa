import { constants } from "node:os";
import { callHandler, type HandlerCall } from "../handler/callHandler";
import { callStreamingHandler } from "../handler/callStreamingHandler";
import { captureOutput } from "./captureOutput";
import { createContext } from "../handler/createContext";
import { runtimeError } from "../handler/describeError";
import { heapMegabytes } from "../handler/measureMemory";
import type {
  Answer,
  Assignment,
  Message,
  Order,
  Task,
} from "../messages/messages";
import type { LambdaHandler } from "../function/LambdaHandler";
import { loadHandler } from "./loadHandler";
import { addToBacklog } from "../messages/outputBacklog";
import { parsePayload } from "../function/parsePayload";
import { ResponseStream } from "../handler/ResponseStream";
import { asStreaming, provideAwslambda } from "../handler/streamifyResponse";
import { toAnswer, toFailure } from "../handler/toHandlerResult";

/** Exit statuses of the Node.js runtime after a rejection or an exception nobody caught. */
const UNHANDLED_REJECTION_STATUS = 128;
const UNCAUGHT_EXCEPTION_STATUS = 129;

/** Exit status of a process ended by a signal, as shells count it: this and the signal's number. */
const SIGNAL_STATUS = 128;

const NEVER_SETTLED =
  "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";

/** One instance of a function, seen from inside its worker thread. */
export class WorkerInstance {
  private task: Task | undefined;
  private stream: ResponseStream | undefined;
  private waitsFor: "promise" | "callback" = "callback";
  private isServing = false;
  private served = 0;

  constructor(private readonly assignment: Assignment) {}

  /** Loads the handler, then waits for invocations. */
  async start(): Promise<void> {
    captureOutput({
      write: (text) => {
        this.write(text);
      },
      requestId: () => this.task?.requestId,
    });
    this.watchProcess();
    provideAwslambda();
    try {
      const handler = await loadHandler(this.assignment.code);
      this.assignment.port.on("message", (order: Order) => {
        if (order.kind === "task") this.serve(handler, order.task);
        else this.taken(order.bytes);
      });
      this.post({ kind: "ready", memoryMb: heapMegabytes() });
    } catch (error) {
      this.end(toFailure(error, "Uncaught Exception"), 1);
    }
  }

  private serve(handler: LambdaHandler, task: Task): void {
    this.task = task;
    this.isServing = true;
    // Unreferenced while a handler runs, so that an empty event loop is noticed.
    this.assignment.port.unref();
    let event: unknown;
    try {
      event = parsePayload(task.payload);
    } catch (error) {
      this.answer(toFailure(error));
      return;
    }
    this.call(handler, {
      event,
      context: createContext(task, this.assignment),
      settle: (settlement) => {
        // What settles after the event loop was empty is answered already.
        if (this.task === task && this.isServing) {
          this.answer(toAnswer(settlement));
        }
      },
    });
  }

  private call(handler: LambdaHandler, call: HandlerCall): void {
    const streaming = asStreaming(handler);
    if (streaming === undefined) {
      this.waitsFor = callHandler(handler, call);
      return;
    }
    this.waitsFor = "promise";
    this.stream = new ResponseStream((piece) => {
      // Somebody will answer: the event loop is not empty.
      this.assignment.port.ref();
      this.post({ kind: "piece", piece });
    }, streaming);
    void callStreamingHandler(streaming.handler, {
      ...call,
      stream: this.stream,
    }).then((settlement) => {
      call.settle(settlement);
    });
  }

  private taken(bytes: number): void {
    this.stream?.taken(bytes);
    if (this.isServing && !this.stream?.isUnderWay)
      this.assignment.port.unref();
  }

  private answer(answer: Answer): void {
    this.isServing = false;
    this.served += 1;
    this.assignment.port.ref();
    this.post({ kind: "answer", answer, memoryMb: heapMegabytes() });
  }

  private watchProcess(): void {
    process.on("uncaughtException", (error) => {
      this.end(
        toFailure(error, "Uncaught Exception"),
        UNCAUGHT_EXCEPTION_STATUS,
      );
    });
    process.on("unhandledRejection", (reason) => {
      const error = runtimeError("UnhandledPromiseRejection", reason);
      this.end(
        toFailure(error, "Unhandled Promise Rejection"),
        UNHANDLED_REJECTION_STATUS,
      );
    });
    // A signal goes to the whole process, which is the server's.
    const kill = process.kill.bind(process);
    process.kill = (pid, signal) =>
      pid === process.pid
        ? process.exit(SIGNAL_STATUS + signalNumber(signal))
        : kill(pid, signal);
    process.on("exit", () => {
      this.post({ kind: "ending", serving: this.isServing });
    });
    process.on("beforeExit", () => {
      if (this.isServing) this.answerUnsettled();
    });
  }

  // Nothing is left that could settle the call: Lambda answers `null` for a
  // callback that was forgotten, and an error for a promise.
  private answerUnsettled(): void {
    this.answer(
      this.waitsFor === "callback"
        ? toAnswer({ value: null })
        : toFailure(runtimeError("NodeJsExit", NEVER_SETTLED)),
    );
  }

  private end(answer: Answer, exitStatus: number): never {
    this.post({ kind: "ending", serving: this.isServing });
    if (this.isServing) this.answer(answer);
    else if (this.served === 0)
      this.post({ kind: "initFailed", answer, memoryMb: heapMegabytes() });
    process.exit(exitStatus);
  }

  private write(text: string): void {
    addToBacklog(this.assignment.backlog, text);
    this.post({ kind: "output", text });
  }

  private post(message: Message): void {
    const bytes =
      message.kind === "piece"
        ? message.piece
        : "answer" in message && message.answer.payload;
    const transfer = bytes ? [bytes.buffer as ArrayBuffer] : [];
    this.assignment.port.postMessage(message, transfer);
  }
}

function signalNumber(signal: string | number = "SIGTERM"): number {
  return typeof signal === "number"
    ? signal
    : constants.signals[signal as NodeJS.Signals];
}
