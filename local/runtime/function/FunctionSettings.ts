/** Settings of a function. */
export interface FunctionSettings {
  /** Name of the function, without account or region. */
  readonly functionName: string;

  /** Unqualified ARN of the function. */
  readonly functionArn: string;

  /** Version that runs: `$LATEST` or a number. */
  readonly version: string;

  /**
   * Memory in MB. Limits the JavaScript heap of each instance of a file function; buffers are
   * outside the heap and are not counted. V8 enforces the limit. Normally
   * the instance ends alone, but allocations far beyond the limit that never yield to the event loop
   * can end the whole process.
   */
  readonly memorySize: number;

  /** Timeout of one invocation in seconds; fractions are allowed. */
  readonly timeoutSeconds: number;

  /** Environment variables of the function. */
  readonly environment: Readonly<Record<string, string>>;

  /**
   * Environment variables with the endpoint and the credentials of its execution role, which its
   * `environment` can replace. Defaults to none.
   */
  readonly awsVariables?: Readonly<Record<string, string>>;

  /** Maximum number of instances of a file function; further invocations wait. Defaults to 10. */
  readonly maxInstances?: number;

  /** Seconds after which an idle instance of a file function ends. Defaults to 60. */
  readonly idleSeconds?: number;

  /**
   * Seconds that the module of a file function may take to load. Defaults to 10, as in Lambda, or
   * to the function's timeout if that is longer.
   */
  readonly initSeconds?: number;

  /**
   * Called with each log entry as it is written, except Lambda's own START, END and REPORT lines.
   */
  readonly print?: ((text: string) => void) | undefined;
}
