import { Caption } from "../decorators";

/** The bounds of a durable function's executions. */
export class DurableConfig {
  /** ARN of the key that encrypts the stored state. Absent: AWS's own key. */
  @Caption("KMS key")
  readonly kmsKeyArn?: string;

  /** How long the history of an execution is kept, in days; 1 to 90. */
  @Caption("Retention")
  readonly retentionPeriodInDays?: number;

  /** Longest time of one execution, in seconds; 1 to 31,622,400. */
  @Caption("Execution time-out")
  readonly executionTimeout?: number;
}
