import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import type { Clock } from "../connection/clock";
import type { InvocationInput } from "../invocation/prepareInvocation";
import { onAbort } from "../call/onAbort";
import {
  createAbortedError,
  toRunError,
  createResumeFileError,
  createProgressError,
  type RunState,
} from "./batchErrors";
import { RequestSource, type PendingInvocation } from "./RequestSource";
import type { ResumeFile } from "./ResumeFile";
import {
  CompletionOrderQueue,
  InputOrderQueue,
  type BatchOutcome,
  type OutcomeQueue,
} from "./OutcomeQueue";
import type { CurrentLoad, ProgressMeter } from "./BatchProgress";
import { Dispatcher } from "./Dispatcher";
import { PullIterator, type AnyIterable } from "./PullIterator";

/** What a run is made of. */
export interface BatchRunInit {
  readonly operation: string;
  /** By whose name single invocations are told. */
  readonly invocationName: string;
  readonly requests: AnyIterable;
  /** Makes an invocation of an item, or throws why not. */
  readonly read: (item: unknown) => InvocationInput;
  readonly send: (
    invocation: InvocationInput,
  ) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly clock: Clock;
  readonly resumeFile: ResumeFile | undefined;
  readonly meter: ProgressMeter | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How many may be under way or untold for each that may be in flight: in order, one that is slow holds up the others. */
const AHEAD = { asTheyComplete: 2, inOrder: 8 };

/** How many requests are met in one go where none of them is sent. */
const MET_A_TURN = 500;

/** Many invocations, a few at a time. Nothing is kept of what was told. */
export class BatchRun {
  readonly #facts: BatchRunInit;
  readonly #source: PullIterator;
  readonly #intake: RequestSource;
  readonly #sender: Dispatcher;
  readonly #outcomes: OutcomeQueue;
  readonly #ahead: number;
  readonly #stopListening: (() => void) | undefined;
  /** Requests under way, or untold. */
  #held = 0;
  #isPumping = false;
  #isStopped = false;
  #failure: AnyConnectorError | undefined;
  #inHand: BatchOutcome | undefined;
  #wake: (() => void) | undefined;

  constructor(facts: BatchRunInit) {
    const { concurrency, ordered, read, resumeFile: journal, signal } = facts;
    const source = new PullIterator(facts.requests, this.#pump);
    this.#facts = facts;
    this.#source = source;
    this.#intake = new RequestSource({
      iterator: source,
      read,
      resumeFile: journal,
      operation: facts.invocationName,
    });
    this.#sender = new Dispatcher({
      send: facts.send,
      concurrency,
      clock: facts.clock,
      onOutcome: this.#settle,
      onNotRun: this.#noteBack,
      onChange: this.#pump,
    });
    this.#outcomes = ordered
      ? new InputOrderQueue()
      : new CompletionOrderQueue();
    this.#ahead = concurrency * AHEAD[ordered ? "inOrder" : "asTheyComplete"];
    this.#stopListening = signal && onAbort(signal, this.#abort);
  }

  /** Why it ended before its time. Absent: it did not. */
  get failure(): AnyConnectorError | undefined {
    return this.#failure;
  }

  /** The next outcome; the one before counts as taken. Absent: there is none any more. */
  next(): BatchOutcome | undefined | Promise<BatchOutcome | undefined> {
    this.#letGo();
    this.#pump();
    const outcome = this.#outcomes.take();
    if (!outcome) return this.#wait();
    this.#inHand = outcome;
    return outcome;
  }

  /**
   * Waits for what is in flight, and lets go of everything.
   *
   * @throws `ERR_INVALID_INPUT` where the resume file cannot be written.
   */
  async close(): Promise<void> {
    const isAborted = this.#facts.signal?.aborted === true;
    this.#stopListening?.();
    this.#stop();
    this.#letGo();
    const closed = this.#source.close();
    while (this.#sender.inFlight > 0) await this.#change();
    // Whoever fires a signal does not want to wait for a source either.
    if (!isAborted) await closed;
    this.#report((meter, gauges) => {
      meter.end(gauges);
    });
    try {
      this.#facts.resumeFile?.close();
    } catch (error) {
      throw createResumeFileError(this.#ended, error);
    }
  }

  async #wait(): Promise<BatchOutcome | undefined> {
    while (!this.#isOver) {
      await this.#change();
      const outcome = this.#outcomes.take();
      if (outcome) return (this.#inHand = outcome);
    }
    // Gaps are filled no more.
    this.#outcomes.end();
    const outcome = this.#outcomes.take();
    if (!outcome && !this.#isStopped)
      this.#failure = this.#intake.checkEnd(this.#ended);
    return (this.#inHand = outcome);
  }

  /** Sends as many as may be in flight; what was noted is on file before. */
  readonly #pump = (): void => {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const batch = this.#gather();
    try {
      this.#facts.resumeFile?.flush();
      for (const entry of batch) this.#sender.send(entry);
    } catch (error) {
      this.#stop(createResumeFileError(this.#ended, error));
    }
    this.#isPumping = false;
    this.#wake?.();
  };

  #gather(): PendingInvocation[] {
    const batch: PendingInvocation[] = [];
    const room = this.#sender.limit - this.#sender.inFlight;
    while (!this.#isStopped && batch.length < room) {
      const due = this.#sender.takeRetry();
      if (due) this.#facts.resumeFile?.recordResend(due.index);
      const entry = due ?? this.#meet();
      if (!entry) break;
      batch.push(entry);
    }
    return batch;
  }

  /** The next request that is to be sent. Absent: there is none, or not yet. */
  #meet(): PendingInvocation | undefined {
    try {
      for (let met = 0; this.#held < this.#ahead; met++) {
        if (met === MET_A_TURN) {
          setImmediate(this.#pump);
          return undefined;
        }
        const next = this.#intake.next();
        if (!next) return undefined;
        if ("skipped" in next) this.#outcomes.skip(next.skipped);
        else {
          this.#held++;
          if ("entry" in next) return next.entry;
          if (next.isKept) this.#outcomes.add(next.outcome);
          else this.#settle(next.outcome);
        }
      }
    } catch (error) {
      this.#stop(toRunError(this.#ended, error, this.#intake.readCount));
    }
    return undefined;
  }

  readonly #settle = (outcome: BatchOutcome): void => {
    this.#facts.resumeFile?.recordOutcome(outcome);
    this.#outcomes.add(outcome);
    this.#report((meter, gauges) => {
      meter.count(outcome.error, gauges);
    });
  };

  readonly #noteBack = (index: number): void => {
    this.#facts.resumeFile?.recordNotRun(index);
  };

  /** Nothing new is sent; those that were put back stay where they are. */
  #stop(failure?: AnyConnectorError): void {
    this.#isStopped = true;
    this.#failure ??= failure;
    this.#sender.stop();
  }

  readonly #abort = (): void => {
    if (this.#isOver) return;
    this.#stop(createAbortedError(this.#ended));
    this.#wake?.();
  };

  /** The reader is done with the outcome that he was given. */
  #letGo(): void {
    if (!this.#inHand) return;
    this.#held--;
    this.#facts.resumeFile?.recordTaken(this.#inHand.index);
    this.#inHand = undefined;
  }

  #report(tell: (meter: ProgressMeter, gauges: CurrentLoad) => void): void {
    const { meter } = this.#facts;
    if (!meter) return;
    const { inFlight, limit } = this.#sender;
    try {
      tell(meter, { inFlight, concurrency: limit });
    } catch (error) {
      this.#stop(createProgressError(this.#ended, error));
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  get #isOver(): boolean {
    if (this.#isStopped) return this.#sender.inFlight === 0;
    return this.#source.done && this.#sender.isIdle;
  }

  get #ended(): RunState {
    const execution = this.#sender.hasSent ? "may-have-run" : "did-not-run";
    return { operation: this.#facts.operation, execution };
  }
}
