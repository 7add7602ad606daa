import type { AnyConnectorError } from "../../errors";
import type { InvocationInput } from "../invocation/prepareInvocation";
import {
  createUnknownOutcomeError,
  createMissingRequestError,
  createRequestsError,
  type RunState,
} from "./batchErrors";
import type { ResumeFile } from "./ResumeFile";
import type { BatchOutcome } from "./OutcomeQueue";
import { identifyInvocation } from "./readInvocation";
import type { PullIterator } from "./PullIterator";

/** One request on its way. */
export interface PendingInvocation {
  readonly index: number;
  readonly invocation: InvocationInput;
  /** How often it was put back, as AWS throttled it. */
  requeues: number;
  /** The turn of the pace in which it was sent last. */
  epoch: number;
}

/** The next request: to be sent, or told without; or nothing is to be done about it. */
export type NextRequest =
  | { readonly entry: PendingInvocation }
  | { readonly outcome: BatchOutcome; readonly isKept: boolean }
  | { readonly skipped: number };

/** What the next request is taken from. */
export interface RequestSourceInit {
  readonly iterator: PullIterator;
  /** Makes an invocation of an item, or throws why not. */
  readonly read: (item: unknown) => InvocationInput;
  readonly resumeFile: ResumeFile | undefined;
  /** By whose name an invocation in doubt is told. */
  readonly operation: string;
}

/** Meets the requests one after the other: reads each, and asks the resume file what is known of it. */
export class RequestSource {
  readonly #facts: RequestSourceInit;
  #met = 0;

  constructor(facts: RequestSourceInit) {
    this.#facts = facts;
  }

  /** Requests that were met. */
  get readCount(): number {
    return this.#met;
  }

  /**
   * The next one. Absent: there is none, or not yet.
   *
   * @throws `OtherInputError`.
   */
  next(): NextRequest | undefined {
    const { iterator: source, read } = this.#facts;
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
  checkEnd(ended: RunState): AnyConnectorError | undefined {
    const { iterator: source, resumeFile: journal } = this.#facts;
    const length = this.#met;
    const met = journal?.registeredCount ?? 0;
    if (source.failure)
      return createRequestsError(ended, source.failure.thrown);
    return length < met
      ? createMissingRequestError(ended, { length, met })
      : undefined;
  }

  #meet(
    index: number,
    invocation: InvocationInput | undefined,
    error: AnyConnectorError | undefined,
  ): NextRequest {
    const { resumeFile: journal, operation } = this.#facts;
    const todo =
      journal?.register(index, () => identifyInvocation(invocation)) ?? "run";
    if (journal && todo === "tell")
      return { outcome: journal.readOutcome(index), isKept: true };
    if (todo === "taken") return { skipped: index };
    if (!invocation || error)
      return { outcome: { index, ...(error && { error }) }, isKept: false };
    if (todo === "doubt") {
      if (!invocation.idempotent)
        return {
          outcome: { index, error: createUnknownOutcomeError(operation) },
          isKept: false,
        };
      journal?.recordResend(index);
    }
    return { entry: { index, invocation, requeues: 0, epoch: 0 } };
  }
}
