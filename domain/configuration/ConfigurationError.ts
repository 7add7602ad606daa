import { Caption } from "../decorators";

/**
 * Why a part of a function's configuration could not be applied.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentError.html |
 * EnvironmentError in the Lambda API reference}
 */
export class ConfigurationError {
  /** AWS's code for what went wrong; the list is open. */
  @Caption("Error code")
  readonly errorCode?: string;

  /** What went wrong, in AWS's words. */
  @Caption("Message")
  readonly message?: string;
}
