import { Caption } from "../decorators";

/**
 * The bounds of a durable function's executions.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html |
 * DurableConfig in the Lambda API reference}
 */
export class DurableConfig {
  /** ARN of the KMS key that encrypts the stored state. Absent: AWS's own key. */
  @Caption("KMS key")
  readonly kmsKeyArn?: string;

  /** How long the history of an execution is kept after its end, in days; 1 to 90. */
  @Caption("Retention")
  readonly retentionPeriodInDays?: number;

  /** Longest time of one whole execution, in seconds; 1 to 31,622,400 (366 days). */
  @Caption("Execution time-out")
  readonly executionTimeout?: number;
}
