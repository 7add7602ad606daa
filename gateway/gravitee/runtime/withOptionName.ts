/** Evaluates an option; what fails says which one. */
export function withOptionName<Result>(
  option: string,
  evaluate: () => Result,
): Result {
  try {
    return evaluate();
  } catch (cause) {
    throw new Error(`${option}: ${(cause as Error).message}`, { cause });
  }
}
