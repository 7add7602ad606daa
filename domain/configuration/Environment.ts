import { Caption, Type } from "../decorators";
import { ConfigurationError } from "./ConfigurationError";

/**
 * Environment variables of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html |
 * EnvironmentResponse in the Lambda API reference}
 */
export class Environment {
  /** Values by name, at most 4 KB in total; can contain secrets. Missing if there are none or AWS cannot decrypt them. */
  @Caption("Variables")
  readonly variables?: Record<string, string>;

  /** Error that AWS reports for the variables. Missing if there is none. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
