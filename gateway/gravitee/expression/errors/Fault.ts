/**
 * Stops an evaluation. Its position is added while it propagates, and `Template` converts it to an `EvaluationError`.
 */
export class Fault extends Error {
  /** Offset in the template. Undefined until it is known. */
  at: number | undefined;
}

/** A string is not valid in the format that it is read as, such as JSON or XML. */
export class UnreadableFault extends Fault {}

/** Stops the evaluation because a string is not valid in the format that it is read as. */
export function failToRead(reason: string): never {
  throw new UnreadableFault(reason);
}

/** Stops the evaluation. */
export function fail(reason: string): never {
  throw new Fault(reason);
}

/** Stops the evaluation and records the offset in the template. */
export function failAt(at: number, reason: string): never {
  const fault = new Fault(reason);
  fault.at = at;
  throw fault;
}
