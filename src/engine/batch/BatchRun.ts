import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import { onAbort } from "../call/onAbort";
import type { Clock } from "../settings/clock";
import type { InvocationInput } from "../invocation/prepareInvocation";
import {
  createAbortedError,
  createProgressError,
  createResumeFileError,
  toRunError,
  type RunState,
} from "./batchErrors";
import type { BatchOutcome } from "./BatchOutcome";
import { Dispatcher } from "./Dispatcher";
import {
  CompletionOrderQueue,
  InputOrderQueue,
  type OutcomeQueue,
} from "./OutcomeQueue";
import type { CurrentLoad, ProgressMeter } from "./ProgressMeter";
import { PullIterator, type AnyIterable } from "./PullIterator";
import { RequestSource, type PendingInvocation } from "./RequestSource";
import type { ResumeFile } from "./ResumeFile";

/** What a run is created from. */
export interface BatchRunInit {
  readonly operation: string;
  /** Name of the operation in the errors of single invocations. */
  readonly invocationName: string;
  readonly requests: AnyIterable;
  /** Translates an item into an invocation, or throws an error of this package. */
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

/** Maximum number of requests that are read in one turn of the event loop if none of them is sent. */
const MAX_READS_PER_TURN = 500;

/** Invokes functions for many requests with limited concurrency. Received outcomes are not kept in memory. */
export class BatchRun {
  readonly #init: BatchRunInit;
  readonly #iterator: PullIterator;
  readonly #source: RequestSource;
  readonly #dispatcher: Dispatcher;
  readonly #outcomes: OutcomeQueue;
  readonly #maxOpen: number;
  readonly #stopListening: (() => void) | undefined;
  /** Number of requests that were read and whose outcome the caller has not received. */
  #open = 0;
  #isPumping = false;
  #isStopped = false;
  #failure: AnyConnectorError | undefined;
  /** The outcome that the caller is handling. */
  #current: BatchOutcome | undefined;
  #wake: (() => void) | undefined;

  constructor(init: BatchRunInit) {
    const { read, resumeFile, signal, invocationName: operation } = init;
    const iterator = new PullIterator(init.requests, this.#pump);
    this.#init = init;
    this.#iterator = iterator;
    this.#source = new RequestSource({ iterator, read, resumeFile, operation });
    this.#dispatcher = new Dispatcher({
      send: init.send,
      concurrency: init.concurrency,
      clock: init.clock,
      onOutcome: this.#settle,
      onNotRun: this.#recordNotRun,
      isResumable: resumeFile !== undefined,
      onChange: this.#pump,
    });
    this.#outcomes = init.ordered
      ? new InputOrderQueue()
      : new CompletionOrderQueue();
    this.#maxOpen = init.concurrency * this.#outcomes.maxOpenFactor;
    this.#stopListening = signal && onAbort(signal, this.#abort);
  }

  /** Why the run ended early. `undefined`: it did not. */
  get failure(): AnyConnectorError | undefined {
    return this.#failure;
  }

  /** Returns the next outcome, and counts the previous one as received. `undefined`: there are no more. */
  next(): BatchOutcome | undefined | Promise<BatchOutcome | undefined> {
    this.#releaseCurrent();
    this.#pump();
    const outcome = this.#outcomes.take();
    if (!outcome) return this.#wait();
    this.#current = outcome;
    return outcome;
  }

  /**
   * Stops the run, waits for invocations in flight, and closes the input and the resume file.
   *
   * @throws `ERR_INVALID_INPUT` if the resume file cannot be written.
   */
  async close(): Promise<void> {
    const isAborted = this.#init.signal?.aborted === true;
    this.#stopListening?.();
    this.#stop();
    this.#releaseCurrent();
    const closed = this.#iterator.close();
    while (this.#dispatcher.inFlight > 0) await this.#change();
    // After an abort, the caller does not want to wait for the input either.
    if (!isAborted) await closed;
    this.#report((meter, load) => {
      meter.end(load);
    });
    try {
      this.#init.resumeFile?.close();
    } catch (error) {
      throw createResumeFileError(this.#state, error);
    }
  }

  async #wait(): Promise<BatchOutcome | undefined> {
    while (!this.#isOver) {
      await this.#change();
      const outcome = this.#outcomes.take();
      if (outcome) return (this.#current = outcome);
    }
    this.#outcomes.end();
    const outcome = this.#outcomes.take();
    if (!outcome && !this.#isStopped)
      this.#failure = this.#source.checkEnd(this.#state);
    return (this.#current = outcome);
  }

  /** Sends as many invocations as allowed, after their records are in the resume file. */
  readonly #pump = (): void => {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const invocations = this.#collect();
    try {
      this.#init.resumeFile?.flush();
      for (const pending of invocations) this.#dispatcher.send(pending);
    } catch (error) {
      this.#stop(createResumeFileError(this.#state, error));
    }
    this.#isPumping = false;
    this.#wake?.();
  };

  #collect(): PendingInvocation[] {
    const invocations: PendingInvocation[] = [];
    const max = this.#dispatcher.limit - this.#dispatcher.inFlight;
    while (!this.#isStopped && invocations.length < max) {
      const retry = this.#dispatcher.takeRetry();
      if (retry) this.#init.resumeFile?.recordResend(retry.index);
      const pending = retry ?? this.#readNext();
      if (!pending) break;
      invocations.push(pending);
    }
    return invocations;
  }

  /** Reads requests until one must be sent. `undefined`: there is none, or it is not available yet. */
  #readNext(): PendingInvocation | undefined {
    try {
      for (let reads = 0; this.#open < this.#maxOpen; reads++) {
        if (reads === MAX_READS_PER_TURN) {
          setImmediate(this.#pump);
          return undefined;
        }
        const next = this.#source.next();
        if (!next) return undefined;
        if ("skipped" in next) this.#outcomes.skip(next.skipped);
        else {
          this.#open++;
          if ("pending" in next) return next.pending;
          if (next.isRecorded) this.#outcomes.add(next.outcome);
          else this.#settle(next.outcome);
        }
      }
    } catch (error) {
      this.#stop(toRunError(this.#state, error, this.#source.readCount));
    }
    return undefined;
  }

  readonly #settle = (outcome: BatchOutcome): void => {
    this.#init.resumeFile?.recordOutcome(outcome);
    this.#outcomes.add(outcome);
    this.#report((meter, load) => {
      meter.count(outcome.error, load);
    });
  };

  readonly #recordNotRun = (index: number): void => {
    this.#init.resumeFile?.recordNotRun(index);
  };

  /** Stops sending. Throttled invocations are not sent again. */
  #stop(failure?: AnyConnectorError): void {
    this.#isStopped = true;
    this.#failure ??= failure;
    this.#dispatcher.stop();
  }

  readonly #abort = (): void => {
    if (this.#isOver) return;
    this.#stop(createAbortedError(this.#state, this.#init));
    this.#wake?.();
  };

  /** Counts the outcome that the caller was handling as received. */
  #releaseCurrent(): void {
    if (!this.#current) return;
    this.#open--;
    this.#init.resumeFile?.recordTaken(this.#current.index);
    this.#current = undefined;
  }

  #report(update: (meter: ProgressMeter, load: CurrentLoad) => void): void {
    const { meter } = this.#init;
    if (!meter) return;
    const { inFlight, limit } = this.#dispatcher;
    try {
      update(meter, { inFlight, concurrency: limit });
    } catch (error) {
      this.#stop(createProgressError(this.#state, error));
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  get #isOver(): boolean {
    if (this.#isStopped) return this.#dispatcher.inFlight === 0;
    return this.#iterator.done && this.#dispatcher.isIdle;
  }

  get #state(): RunState {
    const execution = this.#dispatcher.hasSent ? "may-have-run" : "did-not-run";
    return { operation: this.#init.operation, execution };
  }
}
