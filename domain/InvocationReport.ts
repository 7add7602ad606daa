import { Caption } from "./decorators";

/** What Lambda's REPORT line tells of one invocation. */
export class InvocationReport {
  /** How long the handler ran, in ms. */
  @Caption("Duration")
  readonly durationMs?: number;

  /** What is paid for, in ms: the duration, rounded up. */
  @Caption("Billed duration")
  readonly billedDurationMs?: number;

  /** Memory that the function has, in MB. */
  @Caption("Memory size")
  readonly memorySizeMb?: number;

  /** Most memory that was used, in MB. */
  @Caption("Memory used")
  readonly maxMemoryUsedMb?: number;

  /** How long the start of a new environment took, in ms. Absent: a warm one was there. */
  @Caption("Init duration")
  readonly initDurationMs?: number;
}
