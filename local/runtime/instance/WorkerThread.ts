import {
  MessageChannel,
  Worker,
  receiveMessageOnPort,
  type MessagePort,
} from "node:worker_threads";
import { newLogStreamName } from "../handler/createContext";
import { environmentOf } from "./createEnvironment";
import type { FileCode, FunctionSettings } from "../function/FunctionRuntime";
import type { Assignment, Message, Order, Task } from "../messages/messages";
import {
  createBacklog,
  takeFromBacklog,
  weightOf,
} from "../messages/outputBacklog";
import { workerEntry } from "./findWorkerEntry";

/** Who listens to a worker thread, and what it runs. */
export interface LinkEnd {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Takes what the worker says, in its order. */
  receive(message: Message): void;

  /** Called once, after the last message. `failure` is what ended the thread from below. */
  gone(exitStatus: number, failure: unknown): void;
}

/** A worker thread and the line to it. It keeps no process alive. */
export class WorkerLink {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly backlog = createBacklog();
  private readonly logStreamName: string;

  constructor(private readonly end: LinkEnd) {
    this.logStreamName = newLogStreamName(end.settings);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.port.on("message", (message: Message) => {
      this.end.receive(message);
      if (message.kind === "output") {
        takeFromBacklog(this.backlog, weightOf(message.text));
      }
    });
    this.port.unref();
    this.worker = this.startWorker(port2);
    this.worker.unref();
  }

  /** Name of the thread, as a debugger shows it. */
  private get threadName(): string {
    const { functionName } = this.end.settings;
    return `${functionName} ${this.logStreamName}`;
  }

  /** Hands over an invocation. */
  send(task: Omit<Task, "payload">, payload: Uint8Array): void {
    // A copy travels: transferring the caller's bytes would take them from him.
    const copy = new Uint8Array(payload);
    const order: Order = { kind: "task", task: { ...task, payload: copy } };
    this.port.postMessage(order, [copy.buffer]);
  }

  /** Tells that so many bytes of what it wrote have been taken. */
  acknowledge(bytes: number): void {
    const order: Order = { kind: "taken", bytes };
    this.port.postMessage(order);
  }

  /** Takes what has arrived, though this thread was too busy to be told of it. */
  drain(): void {
    let weight = 0;
    for (;;) {
      const received = receiveMessageOnPort(this.port) as
        { message: Message } | undefined;
      if (received === undefined) break;
      const { message } = received;
      if (message.kind === "output") weight += weightOf(message.text);
      this.end.receive(message);
    }
    // Counted out only now: a worker that prints without end has to stop meanwhile.
    takeFromBacklog(this.backlog, weight);
  }

  /** Ends the thread, whatever it is doing. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private startWorker(port: MessagePort): Worker {
    const { code, settings } = this.end;
    const { backlog, logStreamName } = this;
    const workerData: Assignment = {
      code,
      // A function does not travel to another thread.
      settings: { ...settings, print: undefined },
      logStreamName,
      port,
      backlog,
    };
    const worker = new Worker(workerEntry(), {
      name: this.threadName,
      workerData,
      transferList: [port],
      env: environmentOf(code, { settings, logStreamName }),
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
      this.end.gone(exitStatus, failure);
    });
    return worker;
  }
}
