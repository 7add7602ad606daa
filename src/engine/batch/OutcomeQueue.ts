import type { BatchOutcome } from "./BatchOutcome";

/** Outcomes that the caller has not received yet. */
export interface OutcomeQueue {
  /** Maximum number of requests without a received outcome, per allowed invocation in flight. */
  readonly maxOpenFactor: number;
  add(outcome: BatchOutcome): void;
  /** Records that the request at this index gets no outcome. */
  skip(index: number): void;
  /** Removes and returns the next outcome. `undefined`: it is not available yet. */
  take(): BatchOutcome | undefined;
  /** Records that no outcome is added any more: missing ones are no longer waited for. */
  end(): void;
}

/** Returns outcomes as they complete. */
export class CompletionOrderQueue implements OutcomeQueue {
  readonly maxOpenFactor = 2;
  readonly #outcomes: BatchOutcome[] = [];

  add(outcome: BatchOutcome): void {
    this.#outcomes.push(outcome);
  }

  skip(): void {
    // No outcome waits for another one.
  }

  take(): BatchOutcome | undefined {
    return this.#outcomes.shift();
  }

  end(): void {
    // No outcome waits for another one.
  }
}

/** Returns outcomes in the order of the input. */
export class InputOrderQueue implements OutcomeQueue {
  /** Higher, since one slow invocation holds back the outcomes of the others. */
  readonly maxOpenFactor = 8;
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
