/** Summary of a function. */
export interface FunctionSummary {
  /** Name of the function, without account or region. */
  readonly functionName: string;

  /** Unqualified ARN of the function. */
  readonly functionArn: string;

  /** Identifier of the runtime, such as `nodejs22.x`. */
  readonly runtime: string;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Memory in MB; 128 to 10,240. */
  readonly memorySize: number;

  /** Timeout of one invocation in seconds; above 0, at most 900. */
  readonly timeout: number;
}
