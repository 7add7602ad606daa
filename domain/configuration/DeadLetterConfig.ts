import { Caption } from "../decorators";

/** Where events go that an asynchronous function could not handle. */
export class DeadLetterConfig {
  /** ARN of the queue or topic. */
  @Caption("Target ARN")
  readonly targetArn?: string;
}
