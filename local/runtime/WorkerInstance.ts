import { constants } from "node:os";
import { callHandler } from "./callHandler";
import { captureOutput } from "./captureOutput";
import { createContext } from "./createContext";
import { runtimeError } from "./describeError";
import { heapMegabytes } from "./heapMegabytes";
import type { Answer, Assignment, Message, Task } from "./instanceProtocol";
import type { LambdaHandler } from "./LambdaHandler";
import { loadHandler } from "./loadHandler";
import { addToBacklog } from "./outputBacklog";
import { parsePayload } from "./parsePayload";
import { toAnswer, toFailure } from "./toAnswer";

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
    try {
      const handler = await loadHandler(this.assignment.code);
      this.assignment.port.on("message", (task: Task) => {
        this.serve(handler, task);
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
    this.waitsFor = callHandler(handler, {
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
    const transfer =
      "answer" in message ? [message.answer.payload.buffer as ArrayBuffer] : [];
    this.assignment.port.postMessage(message, transfer);
  }
}

function signalNumber(signal: string | number = "SIGTERM"): number {
  return typeof signal === "number"
    ? signal
    : constants.signals[signal as NodeJS.Signals];
}
