import { Caption } from "../decorators";

/**
 * Dead-letter queue for asynchronous events that the function failed to process.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeadLetterConfig.html |
 * DeadLetterConfig in the Lambda API reference}
 */
export class DeadLetterConfig {
  /** ARN of the SQS queue or SNS topic. Missing if failed events are discarded. */
  @Caption("Target ARN")
  readonly targetArn?: string;
}
