import { Caption, Type } from "../decorators";
import { ConfigurationError } from "./ConfigurationError";

/**
 * The environment variables of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html |
 * EnvironmentResponse in the Lambda API reference}
 */
export class Environment {
  /** Variables by name, 4 KB together; they may hold secrets. Absent: AWS could not decrypt them, or there are none. */
  @Caption("Variables")
  readonly variables?: Record<string, string>;

  /** Why the variables could not be read or applied. Absent: they were. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
