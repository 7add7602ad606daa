/** Something that a function printed. */
export interface FunctionOutput {
  /** Bare name of the function. */
  readonly functionName: string;

  /**
   * As it stands in the function's log: lines with time, request id and level where it came from `console`, pieces of
   * any form where it was written to `process.stdout` or `process.stderr`. Lambda's own START, END and REPORT lines are not in it.
   */
  readonly text: string;
}
