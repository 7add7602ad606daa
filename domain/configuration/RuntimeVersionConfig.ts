import { Caption, Type } from "../decorators";
import { ConfigurationError } from "./ConfigurationError";

/**
 * Exact version of a function's runtime.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_RuntimeVersionConfig.html |
 * RuntimeVersionConfig in the Lambda API reference}
 */
export class RuntimeVersionConfig {
  /** ARN of the runtime version. */
  @Caption("Runtime version ARN")
  readonly runtimeVersionArn?: string;

  /** Error that AWS reports for the version. Missing if there is none. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
