/** What stops an evaluation; the place is added on its way out, and it leaves as an `EvaluationError`. */
export class Fault extends Error {
  /** Where in the text. Absent: not yet known. */
  at: number | undefined;
}

/** A text that is not what it is read as. */
export class UnreadableFault extends Fault {}

/** Stops the evaluation: the text is not what it is read as. */
export function failToRead(reason: string): never {
  throw new UnreadableFault(reason);
}

/** Stops the evaluation. */
export function fail(reason: string): never {
  throw new Fault(reason);
}

/** Stops the evaluation, at a place of the text. */
export function failAt(at: number, reason: string): never {
  const fault = new Fault(reason);
  fault.at = at;
  throw fault;
}
