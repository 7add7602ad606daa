import { Caption } from "./decorators";

/**
 * What Lambda's REPORT line tells of one invocation. What the line does not tell is absent.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html |
 * the REPORT line in the Lambda developer guide}
 */
export class InvocationReport {
  /** How long the handler ran, in ms, with fractions. */
  @Caption("Duration")
  readonly durationMs?: number;

  /** What is paid for, in ms. */
  @Caption("Billed duration")
  readonly billedDurationMs?: number;

  /** Memory that the function has, in MB. */
  @Caption("Memory size")
  readonly memorySizeMb?: number;

  /** Most memory that the environment used, in MB. */
  @Caption("Memory used")
  readonly maxMemoryUsedMb?: number;

  /** How long the start of a new environment took, in ms. Absent: a warm one was there. */
  @Caption("Init duration")
  readonly initDurationMs?: number;
}
