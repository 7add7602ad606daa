import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import type { Clock } from "../connection/clock";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { PendingInvocation } from "./RequestSource";
import type { BatchOutcome } from "./OutcomeQueue";
import { ConcurrencyController, requeueDelayMs } from "./ConcurrencyController";
import { isThrottled, isUnsent } from "./classifyOutcome";

/** What a sender works with, and to whom it tells what became of each. */
export interface DispatcherInit {
  readonly send: (
    invocation: InvocationInput,
  ) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly onOutcome: (outcome: BatchOutcome) => void;
  /** It certainly did not run; it comes again, unless the sender is stopped. */
  readonly onNotRun: (index: number) => void;
  /** There is room again, or something is due again. */
  readonly onChange: () => void;
}

/** How often one that is throttled is put back before it is given up; the engine's own attempts are within each. */
const MOST_RETURNS = 8;

const LONGEST_TIMER_MS = 2_147_483_647;

/** Has a few invocations in flight, fewer while AWS throttles; what is throttled is put back, and comes again. */
export class Dispatcher {
  readonly #facts: DispatcherInit;
  readonly #pace: ConcurrencyController;
  readonly #due: PendingInvocation[] = [];
  /** What ends the pause of each that is not due yet. */
  readonly #pauses = new Set<() => void>();
  #inFlight = 0;
  #hasSent = false;
  #isStopped = false;

  constructor(facts: DispatcherInit) {
    this.#facts = facts;
    this.#pace = new ConcurrencyController(facts.concurrency);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** How many may be in flight at this moment. */
  get limit(): number {
    return this.#pace.limit;
  }

  /** Whether anything was ever sent. */
  get hasSent(): boolean {
    return this.#hasSent;
  }

  /** Whether nothing is in flight, and nothing comes again. */
  get isIdle(): boolean {
    return this.#inFlight + this.#due.length + this.#pauses.size === 0;
  }

  /** One that was put back and is due again. */
  takeRetry(): PendingInvocation | undefined {
    return this.#due.shift();
  }

  /** Sends one. */
  send(entry: PendingInvocation): void {
    this.#inFlight++;
    this.#hasSent = true;
    entry.epoch = this.#pace.epoch;
    this.#facts.send(entry.invocation).then(
      (response) => {
        this.#inFlight--;
        this.#pace.increase();
        this.#facts.onOutcome({ index: entry.index, response });
        this.#facts.onChange();
      },
      (error: unknown) => {
        this.#inFlight--;
        this.#fail(entry, error as AnyConnectorError);
        this.#facts.onChange();
      },
    );
  }

  /** Nothing comes again. */
  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#pauses) cancel();
    this.#pauses.clear();
    this.#due.length = 0;
  }

  #fail(entry: PendingInvocation, error: AnyConnectorError): void {
    const { index } = entry;
    if (error.execution === "ran") this.#pace.increase();
    const throttled = isThrottled(error);
    if (throttled) this.#pace.decrease(entry.epoch);
    if (throttled && entry.requeues < MOST_RETURNS) {
      this.#facts.onNotRun(index);
      if (!this.#isStopped) this.#putBack(entry, error.retryAfterMs);
    } else if (isUnsent(error)) this.#facts.onNotRun(index);
    else this.#facts.onOutcome({ index, error });
  }

  #putBack(entry: PendingInvocation, retryAfterMs: number | undefined): void {
    const ms = requeueDelayMs(++entry.requeues, retryAfterMs);
    const cancel = this.#facts.clock.after(
      Math.min(ms, LONGEST_TIMER_MS),
      () => {
        this.#pauses.delete(cancel);
        this.#due.push(entry);
        this.#facts.onChange();
      },
    );
    this.#pauses.add(cancel);
  }
}
