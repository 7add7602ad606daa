/** Evaluates an option; errors begin with the option's name. */
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
