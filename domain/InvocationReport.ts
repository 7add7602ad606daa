import { Caption } from "./decorators";

/**
 * Values of Lambda's REPORT log line for one invocation. Values that the line does not contain are missing.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html |
 * REPORT line in the Lambda developer guide}
 */
export class InvocationReport {
  /** Run time of the handler, in ms, with fractions. */
  @Caption("Duration")
  readonly durationMs?: number;

  /** Billed run time, in ms. */
  @Caption("Billed duration")
  readonly billedDurationMs?: number;

  /** Memory of the function, in MB. */
  @Caption("Memory size")
  readonly memorySizeMb?: number;

  /** Maximum memory that the execution environment used, in MB. */
  @Caption("Memory used")
  readonly maxMemoryUsedMb?: number;

  /** Duration of the cold start, in ms. Missing if a warm execution environment was used. */
  @Caption("Init duration")
  readonly initDurationMs?: number;
}
