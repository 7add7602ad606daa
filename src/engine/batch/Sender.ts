import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import type { Clock } from "../connection/clock";
import type { InvocationInput } from "../invocation/prepareInvocation";
import type { Entry } from "./Intake";
import type { Outcome } from "./Outcome";
import { Pace, pauseOf } from "./Pace";
import { isThrottled, isUnsent } from "./classifyOutcome";

/** What a sender works with, and to whom it tells what became of each. */
export interface SenderFacts {
  readonly send: (
    invocation: InvocationInput,
  ) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly onOutcome: (outcome: Outcome) => void;
  /** It certainly did not run; it comes again, unless the sender is stopped. */
  readonly onBack: (index: number) => void;
  /** There is room again, or something is due again. */
  readonly onChange: () => void;
}

/** How often one that is throttled is put back before it is given up; the engine's own attempts are within each. */
const MOST_RETURNS = 8;

const LONGEST_TIMER_MS = 2_147_483_647;

/** Has a few invocations in flight, fewer while AWS throttles; what is throttled is put back, and comes again. */
export class Sender {
  readonly #facts: SenderFacts;
  readonly #pace: Pace;
  readonly #due: Entry[] = [];
  /** What ends the pause of each that is not due yet. */
  readonly #pauses = new Set<() => void>();
  #inFlight = 0;
  #hasSent = false;
  #isStopped = false;

  constructor(facts: SenderFacts) {
    this.#facts = facts;
    this.#pace = new Pace(facts.concurrency);
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
  takeDue(): Entry | undefined {
    return this.#due.shift();
  }

  /** Sends one. */
  send(entry: Entry): void {
    this.#inFlight++;
    this.#hasSent = true;
    entry.turn = this.#pace.turn;
    this.#facts.send(entry.invocation).then(
      (response) => {
        this.#inFlight--;
        this.#pace.speedUp();
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

  #fail(entry: Entry, error: AnyConnectorError): void {
    const { index } = entry;
    if (error.execution === "ran") this.#pace.speedUp();
    const throttled = isThrottled(error);
    if (throttled) this.#pace.slowDown(entry.turn);
    if (throttled && entry.returns < MOST_RETURNS) {
      this.#facts.onBack(index);
      if (!this.#isStopped) this.#putBack(entry, error.retryAfterMs);
    } else if (isUnsent(error)) this.#facts.onBack(index);
    else this.#facts.onOutcome({ index, error });
  }

  #putBack(entry: Entry, retryAfterMs: number | undefined): void {
    const ms = pauseOf(++entry.returns, retryAfterMs);
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
