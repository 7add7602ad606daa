import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";

/** What became of one request: one of the two is there. */
export interface BatchOutcome {
  /** Its place in the input, from 0. */
  readonly index: number;
  readonly response?: InvokeFunctionResponse;
  readonly error?: AnyConnectorError;
}

/** Outcomes that nobody has taken yet. */
export interface OutcomeQueue {
  add(outcome: BatchOutcome): void;
  /** Nothing is to be told of this one. */
  skip(index: number): void;
  /** The next one to be told. Absent: not there yet. */
  take(): BatchOutcome | undefined;
  /** Nothing more is added: gaps are filled no more. */
  end(): void;
}

/** Told as they come. */
export class CompletionOrderQueue implements OutcomeQueue {
  readonly #outcomes: BatchOutcome[] = [];

  add(outcome: BatchOutcome): void {
    this.#outcomes.push(outcome);
  }

  skip(): void {
    // Nobody waits for it.
  }

  take(): BatchOutcome | undefined {
    return this.#outcomes.shift();
  }

  end(): void {
    // There are no gaps.
  }
}

/** Told in the order of the input. */
export class InputOrderQueue implements OutcomeQueue {
  readonly #outcomes = new Map<number, BatchOutcome | undefined>();
  #next = 0;
  #hasEnded = false;

  add(outcome: BatchOutcome): void {
    this.#outcomes.set(outcome.index, outcome);
  }

  skip(index: number): void {
    this.#outcomes.set(index, undefined);
  }

  take(): BatchOutcome | undefined {
    while (this.#outcomes.size > 0) {
      if (!this.#outcomes.has(this.#next)) {
        if (!this.#hasEnded) return undefined;
        this.#next = Math.min(...this.#outcomes.keys());
      }
      const outcome = this.#outcomes.get(this.#next);
      this.#outcomes.delete(this.#next++);
      if (outcome) return outcome;
    }
    return undefined;
  }

  end(): void {
    this.#hasEnded = true;
  }
}
