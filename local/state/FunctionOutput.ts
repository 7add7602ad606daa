/** Output of a function. */
export interface FunctionOutput {
  /** Name of the function, without account or region. */
  readonly functionName: string;

  /**
   * Text as it appears in the function's log. Output of `console` consists of complete lines with
   * time, request ID and level. Output of `process.stdout` and `process.stderr` is unchanged.
   * Lambda's START, END and REPORT lines are not included.
   */
  readonly text: string;
}
