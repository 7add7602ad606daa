import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import type { Clock } from "../clock";
import type { Invocation } from "../invoke";
import { onAbort } from "../onAbort";
import {
  aborted,
  ending,
  listenerFailed,
  shortInput,
  sourceFailed,
  type Ended,
} from "./endings";
import { Intake, type Entry } from "./Intake";
import type { Journal } from "./Journal";
import { AsTheyComplete, InOrder, type Outcome, type Outcomes } from "./Outcome";
import { Pace, pauseOf } from "./Pace";
import type { ProgressMeter } from "./Progress";
import { Source, type Items } from "./Source";
import { isThrottled, isUnsent } from "./verdict";

/** What a run is made of. */
export interface RunFacts {
  readonly operation: string;
  /** By whose name single invocations are told. */
  readonly each: string;
  readonly items: Items;
  /** Makes an invocation of an item, or throws why not. */
  readonly read: (item: unknown) => Invocation;
  readonly send: (invocation: Invocation) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly clock: Clock;
  readonly journal: Journal | undefined;
  readonly meter: ProgressMeter | undefined;
  readonly signal: AbortSignal | undefined;
}

/** How many may be under way or untold for each that may be in flight: in order, one that is slow holds up the others. */
const AHEAD = { asTheyComplete: 2, inOrder: 8 };

/** How many requests are met without a pause where none of them is sent. */
const MET_A_TURN = 500;

/** How often one that is throttled is put back before it is given up; the engine's own attempts are within each. */
const MOST_RETURNS = 8;

/** Many invocations, a few at a time. Nothing is kept of what was told. */
export class Run {
  readonly #facts: RunFacts;
  readonly #source: Source;
  readonly #intake: Intake;
  readonly #pace: Pace;
  readonly #outcomes: Outcomes;
  readonly #ahead: number;
  /** Put back, and due again. */
  readonly #due: Entry[] = [];
  /** What ends the pause of each that was put back and is not due yet. */
  readonly #pauses = new Set<() => void>();
  #inFlight = 0;
  /** Under way, or untold. */
  #held = 0;
  #hasSent = false;
  #isPumping = false;
  #isStopped = false;
  #failure: AnyConnectorError | undefined;
  #inHand: Outcome | undefined;
  #wake: (() => void) | undefined;

  constructor(facts: RunFacts) {
    const { concurrency, ordered, read, journal, each } = facts;
    this.#facts = facts;
    this.#source = new Source(facts.items, () => {
      this.#pump();
    });
    const source = this.#source;
    this.#intake = new Intake({ source, read, journal, operation: each });
    this.#pace = new Pace(concurrency);
    this.#outcomes = ordered ? new InOrder() : new AsTheyComplete();
    this.#ahead = concurrency * AHEAD[ordered ? "inOrder" : "asTheyComplete"];
  }

  /** The outcomes. An outcome counts as taken when the next one is asked for, or when the reader leaves. */
  async *outcomes(): AsyncGenerator<Outcome, void, undefined> {
    const { signal } = this.#facts;
    const stopListening = signal && onAbort(signal, this.#abort);
    try {
      for (;;) {
        this.#pump();
        const outcome = this.#outcomes.take();
        if (outcome) {
          this.#inHand = outcome;
          yield outcome;
          this.#letGo();
        } else if (!this.#isOver) await this.#change();
        else if (!this.#end()) break;
      }
    } finally {
      stopListening?.();
      await this.#close();
    }
    if (this.#failure) throw this.#failure;
  }

  get #ended(): Ended {
    const { operation } = this.#facts;
    const execution = this.#hasSent ? "may-have-run" : "did-not-run";
    return { operation, execution };
  }

  get #isOver(): boolean {
    if (this.#inFlight > 0) return false;
    const waiting = this.#due.length + this.#pauses.size;
    return this.#isStopped || (this.#source.over && waiting === 0);
  }

  /** Nothing more comes; whether there is still something to be told. */
  #end(): boolean {
    this.#outcomes.end();
    const next = this.#outcomes.take();
    this.#next = next;
    return next !== undefined;
  }
}
