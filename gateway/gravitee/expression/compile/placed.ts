import { Fault } from "../errors/Fault";

/** Runs a check while the template is parsed, and reports its failure through `refuse`. */
export function atParse<Result>(
  run: () => Result,
  refuse: (reason: string) => never,
): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) return refuse(error.message);
    throw error;
  }
}

/** Runs a function, and adds the offset to a fault that has none. */
export function placed<Result>(at: number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) error.at ??= at;
    throw error;
  }
}
