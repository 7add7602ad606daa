import { Caption } from "../decorators";

/**
 * X-Ray tracing of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfigResponse.html |
 * TracingConfigResponse in the Lambda API reference}
 */
export class TracingConfig {
  /** Tracing mode. With `Active`, Lambda samples requests itself; with `PassThrough`, it follows the caller's decision. */
  @Caption("Mode")
  readonly mode?: string;
}
