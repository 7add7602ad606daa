import { Caption } from "../decorators";

/**
 * Limits of a durable function's executions.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html |
 * DurableConfig in the Lambda API reference}
 */
export class DurableConfig {
  /** ARN of the KMS key that encrypts the stored state. Missing if AWS's own key is used. */
  @Caption("KMS key")
  readonly kmsKeyArn?: string;

  /** Retention of an execution's history after it ends, in days; 1 to 90. */
  @Caption("Retention")
  readonly retentionPeriodInDays?: number;

  /** Timeout of one whole execution, in seconds; 1 to 31,622,400 (366 days). */
  @Caption("Execution timeout")
  readonly executionTimeout?: number;
}
