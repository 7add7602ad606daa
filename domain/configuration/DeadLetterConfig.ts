import { Caption } from "../decorators";

/**
 * Where events go that an asynchronous function could not handle.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeadLetterConfig.html |
 * DeadLetterConfig in the Lambda API reference}
 */
export class DeadLetterConfig {
  /** ARN of the SQS queue or SNS topic. Absent: they go nowhere. */
  @Caption("Target ARN")
  readonly targetArn?: string;
}
