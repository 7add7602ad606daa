import type {
  FileCode,
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import type { HandlerResult, FromWorkerMessage } from "../messages/messages";
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

/** Seconds a module may writeChunk to load, unless the function may run longer. */
const INIT_SECONDS = 10;

/** Characters of one invocation's output that are kept; of more, the end. */
const MAX_OUTPUT = 1024 * 1024;

/** Code of the error of a worker that used up its heap. */
const OUT_OF_MEMORY = "ERR_WORKER_OUT_OF_MEMORY";

/** What a new instance is for. */
export interface InstanceOptions {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Called once, when the worker thread is gone. */
  onGone?(): void;
}

interface ActiveInvocation {
  readonly invocation: Invocation;
  readonly writeChunk: WriteChunk;
  readonly settle: (outcome: InvocationOutcome | undefined) => void;
  begunAt: number;

  /** Ends the run in time; while it waits, the process stays alive. */
  timer: NodeJS.Timeout;
  initOutput: string;
  initMs?: number;
}

/** One instance of a function: a worker thread that serves one invocation at a time. */
export class Instance {
  /** Resolves once the module is loaded; to the failure where it can't be. */
  readonly loaded: Promise<HandlerResult | undefined>;

  private readonly worker: WorkerThread;
  private readonly startedAt = performance.now();
  private reportLoaded!: (failure: HandlerResult | undefined) => void;
  private isLoaded = false;
  private isEnding = false;
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
      receive: (message) => {
        this.receive(message);
      },
      handleExit: (exitStatus, failure) => {
        this.gone(exitStatus, failure);
      },
    });
  }

  /** Whether it can serve another invocation once it is idle. */
  get isUsable(): boolean {
    return !this.isEnding;
  }

  /** Serves one invocation. Resolves to `undefined` when the instance ended before it began. */
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
      const begunAt = performance.now();
      this.active = {
        invocation,
        writeChunk,
        settle,
        begunAt,
        timer,
        initOutput: "",
      };
      if (this.isLoaded) this.begin(this.active);
    });
  }

  /** Ends the instance; what it serves is answered as an exited runtime. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.isEnding = true;
    await this.worker.terminate();
  }

  private begin({ invocation }: ActiveInvocation): void {
    const deadlineMs = Date.now() + this.options.settings.timeoutSeconds * 1000;
    this.worker.send({ ...invocation, deadlineMs }, invocation.payload);
  }

  private receive(message: FromWorkerMessage): void {
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
        this.becomeReady();
        break;
      case "initFailed":
        this.memoryMb = message.memoryMb;
        this.failToLoad(message.result);
        break;
      case "result":
        this.served += 1;
        this.memoryMb = Math.max(this.memoryMb, message.memoryMb);
        this.finish(message.result);
        break;
      case "ending":
        this.isEnding = true;
        // A late error of an earlier invocation is not this one's failure.
        this.exitedBeforeRun = !message.serving && this.served > 0;
    }
  }

  private async forwardChunk(chunk: Uint8Array): Promise<void> {
    const { active: run } = this;
    await run?.writeChunk(chunk);
    // Of what belongs to an earlier invocation, the worker knows nothing any more.
    if (run !== undefined && this.active === run)
      this.worker.acknowledge(chunk.byteLength);
  }

  private appendOutput(text: string): void {
    this.output += text;
    if (this.output.length > 2 * MAX_OUTPUT) {
      this.output = this.output.slice(-MAX_OUTPUT);
    }
  }

  private becomeReady(): void {
    this.isLoaded = true;
    this.reportLoaded(undefined);
    const { active: run } = this;
    if (run === undefined) return;
    clearTimeout(run.timer);
    run.timer = this.expireAfter(this.options.settings.timeoutSeconds);
    run.begunAt = performance.now();
    run.initMs = run.begunAt - this.startedAt;
    run.initOutput = this.output;
    this.output = "";
    this.begin(run);
  }

  private failToLoad({ errorLog = "", ...result }: HandlerResult): void {
    this.isEnding = true;
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
      // An result may have arrived while this thread was busy.
      this.worker.drain();
      if (this.active?.timer !== timer) return;
      const { timeoutSeconds } = this.options.settings;
      this.isEnding = true;
      this.finish(
        createTimeoutError(this.active.invocation.requestId, timeoutSeconds),
      );
      void this.worker.terminate();
    }, seconds * 1000);
    return timer;
  }

  private gone(exitStatus: number, failure: unknown): void {
    this.isEnding = true;
    const result = this.createExitResult(exitStatus, failure);
    this.reportLoaded(result);
    if (this.exitedBeforeRun && !this.isClosed) this.abandonActive();
    else this.finish(result);
    this.options.onGone?.();
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
    const { active: run, output, isLoaded } = this;
    if (run === undefined) return;
    clearTimeout(run.timer);
    this.active = undefined;
    this.output = "";
    const outcome = toOutcome(result, {
      ...run,
      settings: this.options.settings,
      memoryMb: this.memoryMb,
      initOutput: isLoaded ? run.initOutput : output,
      output: isLoaded ? output : "",
    });
    run.settle(outcome);
  }
}
