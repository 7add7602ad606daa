import {
  MessageChannel,
  Worker,
  receiveMessageOnPort,
  type MessagePort,
} from "node:worker_threads";
import { createLogStreamName } from "../handler/createContext";
import { createEnvironment } from "./createEnvironment";
import {
  createBacklog,
  removeFromBacklog,
  getWeight,
} from "../messages/outputBacklog";
import { findWorkerEntry } from "./findWorkerEntry";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { TimedInvocation } from "../function/Invocation";
import type {
  FromWorkerMessage,
  ToWorkerMessage,
  WorkerData,
} from "../messages/messages";

/** Options of a worker thread. */
export interface WorkerThreadOptions {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Called with each message of the worker, in order. */
  handleMessage(message: FromWorkerMessage): void;

  /** Called once, after the last message. `failure` is the error that ended the thread, if any. */
  handleExit(exitStatus: number, failure: unknown): void;
}

/** A worker thread and the message channel to it. It does not keep the process alive. */
export class WorkerThread {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly backlog = createBacklog();
  private readonly logStreamName: string;

  constructor(private readonly options: WorkerThreadOptions) {
    this.logStreamName = createLogStreamName(options.settings);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.port.on("message", (message: FromWorkerMessage) => {
      this.options.handleMessage(message);
      if (message.kind === "output") {
        removeFromBacklog(this.backlog, getWeight(message.text));
      }
    });
    this.port.unref();
    this.worker = this.startWorker(port2);
    this.worker.unref();
  }

  /** Name of the thread, as a debugger shows it. */
  private get threadName(): string {
    const { functionName } = this.options.settings;
    return `${functionName} ${this.logStreamName}`;
  }

  /** Sends an invocation to the worker. */
  send(
    invocation: Omit<TimedInvocation, "payload">,
    payload: Uint8Array,
  ): void {
    // Copied: transferring the bytes would detach the caller's buffer.
    const copy = new Uint8Array(payload);
    const message: ToWorkerMessage = {
      kind: "invoke",
      invocation: { ...invocation, payload: copy },
    };
    this.port.postMessage(message, [copy.buffer]);
  }

  /** Acknowledges received bytes of a streamed response. */
  acknowledge(bytes: number): void {
    const message: ToWorkerMessage = { kind: "acknowledge", bytes };
    this.port.postMessage(message);
  }

  /**
   * Processes messages that have arrived but could not be delivered because this thread was busy.
   */
  drain(): void {
    let weight = 0;
    for (;;) {
      const received = receiveMessageOnPort(this.port) as
        { message: FromWorkerMessage } | undefined;
      if (received === undefined) break;
      const { message } = received;
      if (message.kind === "output") weight += getWeight(message.text);
      this.options.handleMessage(message);
    }
    // Subtracted only at the end: a worker that prints endlessly must stop in the meantime.
    removeFromBacklog(this.backlog, weight);
  }

  /** Ends the thread, even if it is busy. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private startWorker(port: MessagePort): Worker {
    const { code, settings } = this.options;
    const { backlog, logStreamName } = this;
    const workerData: WorkerData = {
      code,
      // Functions can't be sent to another thread.
      settings: { ...settings, print: undefined },
      logStreamName,
      port,
      backlog,
    };
    const worker = new Worker(findWorkerEntry(), {
      name: this.threadName,
      workerData,
      transferList: [port],
      env: createEnvironment(code, { settings, logStreamName }),
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        // V8's limit for this thread.
        maxOldGenerationSizeMb: settings.memorySize,
      },
    });
    let failure: unknown;
    worker.on("error", (error: unknown) => {
      failure = error;
    });
    worker.on("exit", (exitStatus) => {
      this.drain();
      this.port.close();
      this.options.handleExit(exitStatus, failure);
    });
    return worker;
  }
}
