import { Caption } from "../decorators";

/**
 * Error that AWS reports for a part of a function's configuration.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentError.html |
 * EnvironmentError in the Lambda API reference}
 */
export class ConfigurationError {
  /** AWS's error code. AWS can add values. */
  @Caption("Error code")
  readonly errorCode?: string;

  /** AWS's error message. */
  @Caption("Message")
  readonly message?: string;
}
