import type {
  FileCode,
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import type { Answer, Message } from "../messages/messages";
import type { TakePiece } from "../function/chunks";
import {
  exited,
  outOfMemory,
  timedOut,
  type PlatformAnswer,
} from "../outcome/platformErrors";
import { toOutcome } from "../outcome/toOutcome";
import { WorkerLink } from "./WorkerThread";
import { initReport, logLine } from "../outcome/writeLog";

/** Seconds a module may take to load, unless the function may run longer. */
const INIT_SECONDS = 10;

/** Characters of one invocation's output that are kept; of more, the end. */
const MAX_OUTPUT = 1024 * 1024;

/** Code of the error of a worker that used up its heap. */
const OUT_OF_MEMORY = "ERR_WORKER_OUT_OF_MEMORY";

/** What a new instance is for. */
export interface InstanceOrder {
  readonly code: FileCode;
  readonly settings: FunctionSettings;

  /** Called once, when the worker thread is gone. */
  onGone?(): void;
}

interface Run {
  readonly invocation: Invocation;
  readonly take: TakePiece;
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
  readonly loaded: Promise<Answer | undefined>;

  private readonly link: WorkerLink;
  private readonly startedAt = performance.now();
  private reportLoaded!: (failure: Answer | undefined) => void;
  private isLoaded = false;
  private isEnding = false;
  private isClosed = false;
  private hasLeftRun = false;
  private run: Run | undefined;
  private output = "";
  private memoryMb = 0;
  private served = 0;

  constructor(private readonly order: InstanceOrder) {
    this.loaded = new Promise((resolve) => {
      this.reportLoaded = resolve;
    });
    this.link = new WorkerLink({
      code: order.code,
      settings: order.settings,
      receive: (message) => {
        this.receive(message);
      },
      gone: (exitStatus, failure) => {
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
    take: TakePiece,
  ): Promise<InvocationOutcome | undefined> {
    const { timeoutSeconds, initSeconds } = this.order.settings;
    const loadSeconds = initSeconds ?? Math.max(INIT_SECONDS, timeoutSeconds);
    return new Promise((settle) => {
      const timer = this.expireAfter(
        this.isLoaded ? timeoutSeconds : loadSeconds,
      );
      const begunAt = performance.now();
      this.run = { invocation, take, settle, begunAt, timer, initOutput: "" };
      if (this.isLoaded) this.begin(this.run);
    });
  }

  /** Ends the instance; what it serves is answered as an exited runtime. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.isEnding = true;
    await this.link.terminate();
  }

  private begin({ invocation }: Run): void {
    const deadlineMs = Date.now() + this.order.settings.timeoutSeconds * 1000;
    this.link.send({ ...invocation, deadlineMs }, invocation.payload);
  }

  private receive(message: Message): void {
    switch (message.kind) {
      case "output":
        this.keep(message.text);
        this.order.settings.print?.(message.text);
        break;
      case "piece":
        void this.pass(message.piece);
        break;
      case "ready":
        this.memoryMb = message.memoryMb;
        this.becomeReady();
        break;
      case "initFailed":
        this.memoryMb = message.memoryMb;
        this.failToLoad(message.answer);
        break;
      case "answer":
        this.served += 1;
        this.memoryMb = Math.max(this.memoryMb, message.memoryMb);
        this.conclude(message.answer);
        break;
      case "ending":
        this.isEnding = true;
        // A late error of an earlier invocation is not this one's failure.
        this.hasLeftRun = !message.serving && this.served > 0;
    }
  }

  private async pass(piece: Uint8Array): Promise<void> {
    const { run } = this;
    await run?.take(piece);
    // Of what belongs to an earlier invocation, the worker knows nothing any more.
    if (run !== undefined && this.run === run)
      this.link.acknowledge(piece.byteLength);
  }

  private keep(text: string): void {
    this.output += text;
    if (this.output.length > 2 * MAX_OUTPUT) {
      this.output = this.output.slice(-MAX_OUTPUT);
    }
  }

  private becomeReady(): void {
    this.isLoaded = true;
    this.reportLoaded(undefined);
    const { run } = this;
    if (run === undefined) return;
    clearTimeout(run.timer);
    run.timer = this.expireAfter(this.order.settings.timeoutSeconds);
    run.begunAt = performance.now();
    run.initMs = run.begunAt - this.startedAt;
    run.initOutput = this.output;
    this.output = "";
    this.begin(run);
  }

  private failToLoad({ errorLog = "", ...answer }: Answer): void {
    this.isEnding = true;
    this.reportLoaded(answer);
    const line = logLine("ERROR", { requestId: undefined, text: errorLog });
    this.keep(line);
    this.order.settings.print?.(line);
    const initMs = performance.now() - this.startedAt;
    this.keep(initReport(initMs, answer.errorType ?? ""));
    this.conclude(answer);
  }

  private expireAfter(seconds: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      // An answer may have arrived while this thread was busy.
      this.link.drain();
      if (this.run?.timer !== timer) return;
      const { timeoutSeconds } = this.order.settings;
      this.isEnding = true;
      this.conclude(timedOut(this.run.invocation.requestId, timeoutSeconds));
      void this.link.terminate();
    }, seconds * 1000);
    return timer;
  }

  private gone(exitStatus: number, failure: unknown): void {
    this.isEnding = true;
    const answer = this.causeOfEnd(exitStatus, failure);
    this.reportLoaded(answer);
    if (this.hasLeftRun && !this.isClosed) this.leave();
    else this.conclude(answer);
    this.order.onGone?.();
  }

  private causeOfEnd(exitStatus: number, failure: unknown): PlatformAnswer {
    const requestId = this.run?.invocation.requestId ?? "";
    const { code } = (failure ?? {}) as { code?: unknown };
    if (code === OUT_OF_MEMORY) {
      this.memoryMb = this.order.settings.memorySize;
      return outOfMemory(requestId);
    }
    return exited(requestId, this.isClosed ? undefined : exitStatus);
  }

  private leave(): void {
    clearTimeout(this.run?.timer);
    this.run?.settle(undefined);
    this.run = undefined;
  }

  private conclude(answer: Answer | PlatformAnswer): void {
    const { run, output, isLoaded } = this;
    if (run === undefined) return;
    clearTimeout(run.timer);
    this.run = undefined;
    this.output = "";
    const outcome = toOutcome(answer, {
      ...run,
      settings: this.order.settings,
      memoryMb: this.memoryMb,
      initOutput: isLoaded ? run.initOutput : output,
      output: isLoaded ? output : "",
    });
    run.settle(outcome);
  }
}
