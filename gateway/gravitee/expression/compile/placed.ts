import { Fault } from "../errors/Fault";

/** Runs what may find out at once that a part cannot work. */
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

/** Runs, and says of what fails where it stands. */
export function placed<Result>(at: number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof Fault) error.at ??= at;
    throw error;
  }
}
