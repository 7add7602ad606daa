import type { AnyConnectorError } from "../../errors";
import type { InvocationInput } from "../invocation/prepareInvocation";
import { inDoubt, shortInput, sourceFailed, type RunError } from "./runErrors";
import type { Journal } from "./Journal";
import type { Outcome } from "./Outcome";
import { identityOf } from "./readEach";
import type { Source } from "./Source";

/** One request on its way. */
export interface Entry {
  readonly index: number;
  readonly invocation: InvocationInput;
  /** How often it was put back, as AWS throttled it. */
  returns: number;
  /** The turn of the pace in which it was sent last. */
  turn: number;
}

/** The next request: to be sent, or told without; or nothing is to be done about it. */
export type Met =
  | { readonly entry: Entry }
  | { readonly outcome: Outcome; readonly isKept: boolean }
  | { readonly skipped: number };

/** What the next request is taken from. */
export interface IntakeFacts {
  readonly source: Source;
  /** Makes an invocation of an item, or throws why not. */
  readonly read: (item: unknown) => InvocationInput;
  readonly journal: Journal | undefined;
  /** By whose name an invocation in doubt is told. */
  readonly operation: string;
}

/** Meets the requests one after the other: reads each, and asks the resume file what is known of it. */
export class Intake {
  readonly #facts: IntakeFacts;
  #met = 0;

  constructor(facts: IntakeFacts) {
    this.#facts = facts;
  }

  /** Requests that were met. */
  get met(): number {
    return this.#met;
  }

  /**
   * The next one. Absent: there is none, or not yet.
   *
   * @throws `OtherInputError`.
   */
  next(): Met | undefined {
    const { source, read } = this.#facts;
    const pulled = source.pull();
    if (!pulled) return undefined;
    const index = this.#met;
    let invocation: InvocationInput | undefined;
    let error: AnyConnectorError | undefined;
    try {
      invocation = read(pulled.value);
    } catch (thrown) {
      error = thrown as AnyConnectorError;
    }
    const met = this.#meet(index, invocation, error);
    this.#met++;
    return met;
  }

  /** What is wrong with an input that is over. Absent: everything was read that was to be read. */
  end(ended: RunError): AnyConnectorError | undefined {
    const { source, journal } = this.#facts;
    const length = this.#met;
    const met = journal?.met ?? 0;
    if (source.failure) return sourceFailed(ended, source.failure.thrown);
    return length < met ? shortInput(ended, { length, met }) : undefined;
  }

  #meet(
    index: number,
    invocation: InvocationInput | undefined,
    error: AnyConnectorError | undefined,
  ): Met {
    const { journal, operation } = this.#facts;
    const todo = journal?.meet(index, () => identityOf(invocation)) ?? "run";
    if (journal && todo === "tell")
      return { outcome: journal.outcomeOf(index), isKept: true };
    if (todo === "taken") return { skipped: index };
    if (!invocation || error)
      return { outcome: { index, ...(error && { error }) }, isKept: false };
    if (todo === "doubt") {
      if (!invocation.idempotent)
        return { outcome: { index, error: inDoubt(operation) }, isKept: false };
      journal?.again(index);
    }
    return { entry: { index, invocation, returns: 0, turn: 0 } };
  }
}
