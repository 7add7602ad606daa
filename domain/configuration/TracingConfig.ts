import { Caption } from "../decorators";

/**
 * How a function takes part in X-Ray tracing.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfigResponse.html |
 * TracingConfigResponse in the Lambda API reference}
 */
export class TracingConfig {
  /** Mode of tracing: with `Active` Lambda samples by itself, with `PassThrough` it follows the caller's decision. */
  @Caption("Mode")
  readonly mode?: string;
}
