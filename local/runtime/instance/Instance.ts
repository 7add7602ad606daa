import type { WriteChunk } from "../function/chunks";
import {
  createExitError,
  createOutOfMemoryError,
  createTimeoutError,
  type PlatformError,
} from "../outcome/platformErrors";
import { toOutcome } from "../outcome/toOutcome";
import { WorkerThread } from "./WorkerThread";
import { formatInitReport, formatLogLine } from "../outcome/writeLog";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { HandlerResult } from "../function/HandlerResult";
import type { Invocation, InvocationOutcome } from "../function/Invocation";
import type { FromWorkerMessage } from "../messages/messages";
import type { ActiveInvocation } from "./ActiveInvocation";

/** Seconds that a module may take to load, unless the function's timeout is longer. */
const INIT_SECONDS = 10;

/** Maximum number of characters of output kept for one invocation; the end is kept. */
const MAX_OUTPUT = 1024 * 1024;

/** Error code of a worker that has used up its heap. */
const OUT_OF_MEMORY = "ERR_WORKER_OUT_OF_MEMORY";

/** Options of a new instance. */
export interface InstanceOptions {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Called once, when the worker thread has exited. */
  onExit?(): void;
}

/** One instance of a function: a worker thread that serves one invocation at a time. */
export class Instance {
  /** Resolves when the module has been loaded; to the error if it can't be loaded. */
  readonly loaded: Promise<HandlerResult | undefined>;

  private readonly worker: WorkerThread;
  private readonly startedAt = performance.now();
  private reportLoaded!: (failure: HandlerResult | undefined) => void;
  private isLoaded = false;
  private isExiting = false;
  private isClosed = false;
  private exitedBeforeRun = false;
  private active: ActiveInvocation | undefined;
  private output = "";
  private memoryMb = 0;
  private served = 0;

  constructor(private readonly options: InstanceOptions) {
    this.loaded = new Promise((resolve) => {
      this.reportLoaded = resolve;
    });
    this.worker = new WorkerThread({
      code: options.code,
      settings: options.settings,
      handleMessage: (message) => {
        this.handleMessage(message);
      },
      handleExit: (exitStatus, failure) => {
        this.handleExit(exitStatus, failure);
      },
    });
  }

  /** Whether it can serve another invocation when it is idle. */
  get isUsable(): boolean {
    return !this.isExiting;
  }

  /**
   * Serves one invocation. Resolves to `undefined` if the instance exited before the invocation
   * started.
   */
  serve(
    invocation: Invocation,
    writeChunk: WriteChunk,
  ): Promise<InvocationOutcome | undefined> {
    const { timeoutSeconds, initSeconds } = this.options.settings;
    const loadSeconds = initSeconds ?? Math.max(INIT_SECONDS, timeoutSeconds);
    return new Promise((settle) => {
      const timer = this.expireAfter(
        this.isLoaded ? timeoutSeconds : loadSeconds,
      );
      const startedAt = performance.now();
      this.active = {
        invocation,
        writeChunk,
        settle,
        startedAt,
        timer,
        initOutput: "",
      };
      if (this.isLoaded) this.start(this.active);
    });
  }

  /** Ends the instance. A running invocation fails as if the runtime had exited. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.isExiting = true;
    await this.worker.terminate();
  }

  private start({ invocation }: ActiveInvocation): void {
    const deadlineMs = Date.now() + this.options.settings.timeoutSeconds * 1000;
    this.worker.send({ ...invocation, deadlineMs }, invocation.payload);
  }

  private handleMessage(message: FromWorkerMessage): void {
    switch (message.kind) {
      case "output":
        this.appendOutput(message.text);
        this.options.settings.print?.(message.text);
        break;
      case "chunk":
        void this.forwardChunk(message.chunk);
        break;
      case "ready":
        this.memoryMb = message.memoryMb;
        this.handleReady();
        break;
      case "initFailed":
        this.memoryMb = message.memoryMb;
        this.handleInitError(message.result);
        break;
      case "result":
        this.served += 1;
        this.memoryMb = Math.max(this.memoryMb, message.memoryMb);
        this.finish(message.result);
        break;
      case "exiting":
        this.isExiting = true;
        // A late error of an earlier invocation must not fail this one.
        this.exitedBeforeRun = !message.serving && this.served > 0;
    }
  }

  private async forwardChunk(chunk: Uint8Array): Promise<void> {
    const { active } = this;
    await active?.writeChunk(chunk);
    // Chunks of an earlier invocation are not acknowledged.
    if (active !== undefined && this.active === active)
      this.worker.acknowledge(chunk.byteLength);
  }

  private appendOutput(text: string): void {
    this.output += text;
    if (this.output.length > 2 * MAX_OUTPUT) {
      this.output = this.output.slice(-MAX_OUTPUT);
    }
  }

  private handleReady(): void {
    this.isLoaded = true;
    this.reportLoaded(undefined);
    const { active } = this;
    if (active === undefined) return;
    clearTimeout(active.timer);
    active.timer = this.expireAfter(this.options.settings.timeoutSeconds);
    active.startedAt = performance.now();
    active.initMs = active.startedAt - this.startedAt;
    active.initOutput = this.output;
    this.output = "";
    this.start(active);
  }

  private handleInitError({ errorLog = "", ...result }: HandlerResult): void {
    this.isExiting = true;
    this.reportLoaded(result);
    const line = formatLogLine("ERROR", {
      requestId: undefined,
      text: errorLog,
    });
    this.appendOutput(line);
    this.options.settings.print?.(line);
    const initMs = performance.now() - this.startedAt;
    this.appendOutput(formatInitReport(initMs, result.errorType ?? ""));
    this.finish(result);
  }

  private expireAfter(seconds: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      // A result may have arrived while this thread was busy.
      this.worker.drain();
      if (this.active?.timer !== timer) return;
      const { timeoutSeconds } = this.options.settings;
      this.isExiting = true;
      this.finish(
        createTimeoutError(this.active.invocation.requestId, timeoutSeconds),
      );
      void this.worker.terminate();
    }, seconds * 1000);
    return timer;
  }

  private handleExit(exitStatus: number, failure: unknown): void {
    this.isExiting = true;
    const result = this.createExitResult(exitStatus, failure);
    this.reportLoaded(result);
    if (this.exitedBeforeRun && !this.isClosed) this.abandonActive();
    else this.finish(result);
    this.options.onExit?.();
  }

  private createExitResult(
    exitStatus: number,
    failure: unknown,
  ): PlatformError {
    const requestId = this.active?.invocation.requestId ?? "";
    const { code } = (failure ?? {}) as { code?: unknown };
    if (code === OUT_OF_MEMORY) {
      this.memoryMb = this.options.settings.memorySize;
      return createOutOfMemoryError(requestId);
    }
    return createExitError(requestId, this.isClosed ? undefined : exitStatus);
  }

  private abandonActive(): void {
    clearTimeout(this.active?.timer);
    this.active?.settle(undefined);
    this.active = undefined;
  }

  private finish(result: HandlerResult | PlatformError): void {
    const { active, output, isLoaded } = this;
    if (active === undefined) return;
    clearTimeout(active.timer);
    this.active = undefined;
    this.output = "";
    const outcome = toOutcome(result, {
      ...active,
      settings: this.options.settings,
      memoryMb: this.memoryMb,
      initOutput: isLoaded ? active.initOutput : output,
      output: isLoaded ? output : "",
    });
    active.settle(outcome);
  }
}
