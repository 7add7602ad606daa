import {
  MessageChannel,
  Worker,
  receiveMessageOnPort,
  type MessagePort,
} from "node:worker_threads";
import { createLogStreamName } from "../handler/createContext";
import { createEnvironment } from "./createEnvironment";
import type { FileCode, FunctionSettings } from "../function/FunctionRuntime";
import type {
  WorkerData,
  FromWorkerMessage,
  ToWorkerMessage,
  TimedInvocation,
} from "../messages/messages";
import {
  createBacklog,
  removeFromBacklog,
  getWeight,
} from "../messages/outputBacklog";
import { findWorkerEntry } from "./findWorkerEntry";

/** Who listens to a worker thread, and what it runs. */
export interface WorkerThreadOptions {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Takes what the worker says, in its order. */
  receive(message: FromWorkerMessage): void;

  /** Called once, after the last message. `failure` is what ended the thread from below. */
  handleExit(exitStatus: number, failure: unknown): void;
}

/** A worker thread and the line to it. It keeps no process alive. */
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
      this.options.receive(message);
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

  /** Hands over an invocation. */
  send(task: Omit<TimedInvocation, "payload">, payload: Uint8Array): void {
    // A copy travels: transferring the caller's bytes would writeChunk them from him.
    const copy = new Uint8Array(payload);
    const order: ToWorkerMessage = {
      kind: "task",
      task: { ...task, payload: copy },
    };
    this.port.postMessage(order, [copy.buffer]);
  }

  /** Tells that so many bytes of what it wrote have been taken. */
  acknowledge(bytes: number): void {
    const order: ToWorkerMessage = { kind: "taken", bytes };
    this.port.postMessage(order);
  }

  /** Takes what has arrived, though this thread was too busy to be told of it. */
  drain(): void {
    let weight = 0;
    for (;;) {
      const received = receiveMessageOnPort(this.port) as
        { message: FromWorkerMessage } | undefined;
      if (received === undefined) break;
      const { message } = received;
      if (message.kind === "output") weight += getWeight(message.text);
      this.options.receive(message);
    }
    // Counted out only now: a worker that prints without end has to stop meanwhile.
    removeFromBacklog(this.backlog, weight);
  }

  /** Ends the thread, whatever it is doing. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private startWorker(port: MessagePort): Worker {
    const { code, settings } = this.options;
    const { backlog, logStreamName } = this;
    const workerData: WorkerData = {
      code,
      // A function does not travel to another thread.
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
        // V8's own limit. An allocation far beyond it at once can end the whole process, as V8 has it.
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
