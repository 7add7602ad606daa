import { constants } from "node:os";
import { callHandler, type HandlerCall } from "../handler/callHandler";
import { callStreamingHandler } from "../handler/callStreamingHandler";
import { captureOutput } from "./captureOutput";
import { createContext } from "../handler/createContext";
import { createRuntimeError } from "../handler/describeError";
import { measureMemoryMb } from "../handler/measureMemory";
import type { LambdaHandler } from "../function/LambdaHandler";
import { loadHandler } from "./loadHandler";
import { addToBacklog } from "../messages/outputBacklog";
import { parsePayload } from "../function/parsePayload";
import { ResponseStream } from "../handler/ResponseStream";
import {
  toStreamingHandler,
  defineAwslambdaGlobal,
} from "../handler/streamifyResponse";
import { toHandlerResult, toErrorResult } from "../handler/toHandlerResult";
import type { HandlerResult } from "../function/HandlerResult";
import type { TimedInvocation } from "../function/Invocation";
import type {
  FromWorkerMessage,
  ToWorkerMessage,
  WorkerData,
} from "../messages/messages";

/**
 * Exit statuses of Lambda's Node.js runtime after an unhandled rejection or an uncaught exception.
 */
const UNHANDLED_REJECTION_STATUS = 128;
const UNCAUGHT_EXCEPTION_STATUS = 129;

/**
 * Base of the exit status of a process that was ended by a signal; the signal's number is added.
 */
const SIGNAL_STATUS = 128;

const NEVER_SETTLED =
  "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";

/**
 * The part of an instance that runs inside the worker thread, like Lambda's runtime interface
 * client.
 */
export class RuntimeClient {
  private invocation: TimedInvocation | undefined;
  private stream: ResponseStream | undefined;
  private waitsFor: "promise" | "callback" = "callback";
  private isServing = false;
  private served = 0;

  constructor(private readonly workerData: WorkerData) {}

  /** Loads the handler and then waits for invocations. */
  async start(): Promise<void> {
    captureOutput({
      write: (text) => {
        this.write(text);
      },
      requestId: () => this.invocation?.requestId,
    });
    this.watchProcess();
    defineAwslambdaGlobal();
    try {
      const handler = await loadHandler(this.workerData.code);
      this.workerData.port.on("message", (message: ToWorkerMessage) => {
        if (message.kind === "invoke") this.serve(handler, message.invocation);
        else this.acknowledge(message.bytes);
      });
      this.post({ kind: "ready", memoryMb: measureMemoryMb() });
    } catch (error) {
      this.exitWithError(toErrorResult(error, "Uncaught Exception"), 1);
    }
  }

  private serve(handler: LambdaHandler, invocation: TimedInvocation): void {
    this.invocation = invocation;
    this.isServing = true;
    // Unreferenced while a handler runs, so that an empty event loop is detected.
    this.workerData.port.unref();
    let event: unknown;
    try {
      event = parsePayload(invocation.payload);
    } catch (error) {
      this.respond(toErrorResult(error));
      return;
    }
    this.call(handler, {
      event,
      context: createContext(invocation, this.workerData),
      settle: (settlement) => {
        // An invocation whose event loop became empty has already been completed.
        if (this.invocation === invocation && this.isServing) {
          this.respond(toHandlerResult(settlement));
        }
      },
    });
  }

  private call(handler: LambdaHandler, call: HandlerCall): void {
    const streaming = toStreamingHandler(handler);
    if (streaming === undefined) {
      this.waitsFor = callHandler(handler, call);
      return;
    }
    this.waitsFor = "promise";
    this.stream = new ResponseStream((chunk) => {
      // An acknowledgement will follow, so the event loop is not empty.
      this.workerData.port.ref();
      this.post({ kind: "chunk", chunk });
    }, streaming);
    void callStreamingHandler(streaming.handler, {
      ...call,
      stream: this.stream,
    }).then((settlement) => {
      call.settle(settlement);
    });
  }

  private acknowledge(bytes: number): void {
    this.stream?.acknowledge(bytes);
    if (this.isServing && !this.stream?.hasUnacknowledgedBytes)
      this.workerData.port.unref();
  }

  private respond(result: HandlerResult): void {
    this.isServing = false;
    this.served += 1;
    this.workerData.port.ref();
    this.post({ kind: "result", result, memoryMb: measureMemoryMb() });
  }

  private watchProcess(): void {
    process.on("uncaughtException", (error) => {
      this.exitWithError(
        toErrorResult(error, "Uncaught Exception"),
        UNCAUGHT_EXCEPTION_STATUS,
      );
    });
    process.on("unhandledRejection", (reason) => {
      const error = createRuntimeError("UnhandledPromiseRejection", reason);
      this.exitWithError(
        toErrorResult(error, "Unhandled Promise Rejection"),
        UNHANDLED_REJECTION_STATUS,
      );
    });
    // A signal would end the whole process, including the server.
    const kill = process.kill.bind(process);
    process.kill = (pid, signal) =>
      pid === process.pid
        ? process.exit(SIGNAL_STATUS + signalNumber(signal))
        : kill(pid, signal);
    process.on("exit", () => {
      this.post({ kind: "exiting", serving: this.isServing });
    });
    process.on("beforeExit", () => {
      if (this.isServing) this.respondUnsettled();
    });
  }

  // Nothing remains that could settle the call. Lambda responds with `null` if a callback was not
  // called, and with an error if a promise was not settled.
  private respondUnsettled(): void {
    this.respond(
      this.waitsFor === "callback"
        ? toHandlerResult({ value: null })
        : toErrorResult(createRuntimeError("NodeJsExit", NEVER_SETTLED)),
    );
  }

  private exitWithError(result: HandlerResult, exitStatus: number): never {
    this.post({ kind: "exiting", serving: this.isServing });
    if (this.isServing) this.respond(result);
    else if (this.served === 0)
      this.post({ kind: "initFailed", result, memoryMb: measureMemoryMb() });
    process.exit(exitStatus);
  }

  private write(text: string): void {
    addToBacklog(this.workerData.backlog, text);
    this.post({ kind: "output", text });
  }

  private post(message: FromWorkerMessage): void {
    const bytes =
      message.kind === "chunk"
        ? message.chunk
        : "result" in message && message.result.payload;
    const transfer = bytes ? [bytes.buffer as ArrayBuffer] : [];
    this.workerData.port.postMessage(message, transfer);
  }
}

function signalNumber(signal: string | number = "SIGTERM"): number {
  return typeof signal === "number"
    ? signal
    : constants.signals[signal as NodeJS.Signals];
}
